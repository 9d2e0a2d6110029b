"""Every metric: what it means, what it is split by, which sheets it needs, which cell shows what was counted."""

from pipelines.contract.shape import Workbook
from pipelines.contract.workbooks import INFO_TITLE, WORKBOOKS
from pipelines.dictionary.page import both, code, heading, paragraphs, table, titled
from pipelines.records.parsed import INFO_TABLE
from pipelines.texts import say
from pipelines.warehouse.metrics import EvidenceCell, Metric, metrics

_STATES = ("reported", "not_submitted", "not_applicable", "not_computable")


def lines() -> list[str]:
    """States and roll-ups, which all metrics share, then one part a metric."""
    told = [*heading(3, "dictionary.states", "states")]
    told += table(("state", "means"), [(code(state), both(f"dictionary.state.{state}")) for state in _STATES])
    for key in ("rows", "home", "rollups"):
        told += [*heading(3, f"dictionary.{key}", key), *paragraphs(f"dictionary.{key}.text")]
    for metric in metrics().values():
        told += _metric(metric)
    return told


def _metric(metric: Metric) -> list[str]:
    name = f"dictionary.metric.{metric.name}"
    told = titled(3, f"`{metric.name}` · {say(name, 'vi')}", say(name, "en"), metric.name)
    told += paragraphs(f"{name}.means")
    told += [f"- {both('dictionary.metric.kind')}: {both(f'dictionary.metric.kind.{metric.kind}')}"]
    told += [f"- {both('dictionary.metric.breakdown')}: {_breakdown(metric)}"]
    told += [f"- {both('dictionary.metric.own')}: {_own(metric)}"]
    told += [f"- {both('dictionary.metric.cluster')}: {_cluster(metric)}"]
    told += [f"- {both('dictionary.metric.cells')}:"]
    return [*told, *(f"  - {_cell(cell)}" for cell in metric.cells), ""]


def _breakdown(metric: Metric) -> str:
    if not metric.breakdown:
        return both("dictionary.metric.whole")
    narrowed = " " + code(metric.recipient) if metric.recipient else ""
    return f"[{metric.breakdown}](#list-{metric.breakdown}){narrowed}"


def _own(metric: Metric) -> str:
    return both("dictionary.metric.by_cluster") if metric.own is None else _sheets(metric.own, "BaoCaoDonVi")


def _cluster(metric: Metric) -> str:
    return both("dictionary.state.not_computable") if metric.cluster is None else _sheets(metric.cluster, "BaoCaoCum")


def _sheets(tables: tuple[str, ...], form: str) -> str:
    titles = {sheet.table: sheet.title for sheet in WORKBOOKS[form].sheets} | {INFO_TABLE: INFO_TITLE}
    return ", ".join(titles[table] for table in tables)


def _cell(cell: EvidenceCell) -> str:
    """Sheet › column, in which forms, and for which part and code it is shown."""
    shown = [(book.code, place) for book in WORKBOOKS.values() for place in [_place(book, cell)] if place]
    forms = ", ".join(code(form) for form, _ in shown)
    where = f"{both(f'dictionary.metric.{cell.part}')}: {shown[0][1]} (`{cell.table}.{cell.column}`; {forms})"
    return f"{where} → {code(cell.breakdown)}" if cell.breakdown else where


def _place(book: Workbook, cell: EvidenceCell) -> str:
    """Where the cell stands in a kind of workbook; "" if nowhere."""
    places = {(INFO_TABLE, field.name): f"{INFO_TITLE} › {field.label}" for field in book.info}
    for sheet in book.sheets:
        places |= {(sheet.table, column.name): f"{sheet.title} › {column.header}" for column in sheet.columns}
    return places.get((cell.table, cell.column), "")
