"""What pages need beyond plain figures: intervals, peers, funnels, changes over years, what may need a look.

Beside `queries`, with the same first two arguments `(version, viewer, …)`: a page asks `frames.ask(here,
comparisons.peers, …)`.
"""

from pipelines.warehouse.door.attention import overdue, units_with_exemplar, unusual_rates, without_exemplar
from pipelines.warehouse.door.council import award_funnel, award_parts, award_years
from pipelines.warehouse.door.organisation import metric as values
from pipelines.warehouse.door.organisation import units
from pipelines.warehouse.door.peers import Funnel, Peers, banded, funnel, levels, peers, rates, with_intervals
from pipelines.warehouse.door.question import NOW, THEN, Organisation, Question
from pipelines.warehouse.door.ranking import Compared, compared, yearly
from pipelines.warehouse.door.signal_evidence import behind
from pipelines.warehouse.door.trends import bases, changes, same_kind
from pipelines.warehouse.door.what_if import ceiling_moved

__all__ = [
    "NOW",
    "THEN",
    "Compared",
    "Funnel",
    "Organisation",
    "Peers",
    "Question",
    "award_funnel",
    "award_parts",
    "award_years",
    "banded",
    "bases",
    "behind",
    "ceiling_moved",
    "changes",
    "compared",
    "funnel",
    "levels",
    "overdue",
    "peers",
    "rates",
    "same_kind",
    "units",
    "units_with_exemplar",
    "unusual_rates",
    "values",
    "with_intervals",
    "without_exemplar",
    "yearly",
]
