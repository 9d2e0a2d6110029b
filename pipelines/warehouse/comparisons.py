"""What pages need beyond plain figures: intervals, peers, funnels, changes over years, what may need a look.

Beside `queries`, with the same first two arguments `(version, viewer, …)`: a page asks `frames.ask(here, comparisons.peers, …)`.
"""

from pipelines.warehouse.attention import overdue, unusual_rates, without_exemplar
from pipelines.warehouse.organisation import NOW, THEN, Organisation, units
from pipelines.warehouse.organisation import metric as values
from pipelines.warehouse.peers import Funnel, Peers, banded, funnel, peers, rates, with_intervals
from pipelines.warehouse.ranking import Compared, compared, yearly
from pipelines.warehouse.trends import bases, changes, same_kind

__all__ = [
    "NOW",
    "THEN",
    "Compared",
    "Funnel",
    "Organisation",
    "Peers",
    "banded",
    "bases",
    "changes",
    "compared",
    "funnel",
    "overdue",
    "peers",
    "rates",
    "same_kind",
    "units",
    "unusual_rates",
    "values",
    "with_intervals",
    "without_exemplar",
    "yearly",
]
