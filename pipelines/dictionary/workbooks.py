"""The workbooks a clerk fills in: every sheet and column, what may stand there, and how rows hang together."""

from pipelines.contract.shape import Column, InfoField, Kind, Sheet, Workbook
from pipelines.contract.vocabulary import AWARD
from pipelines.contract.workbooks import EMPTY_LABEL, INFO_TITLE, INFO_TITLE_ENGLISH, WORKBOOKS
from pipelines.dictionary.page import both, code, pair, plain, table, titled
from pipelines.texts import number


def lines() -> list[str]:
    """One part a kind of workbook."""
    return [line for book in WORKBOOKS.values() for line in _book(book)]


def _book(book: Workbook) -> list[str]:
    told = titled(3, f"{book.title} (`{book.code}`)", book.english, book.code)
    told += titled(4, INFO_TITLE, INFO_TITLE_ENGLISH)
    told += table(("label", "name", "kind", "required", "allowed"), [_info(field) for field in book.info])
    told += [both("dictionary.info.empty", label=EMPTY_LABEL.format(sheet="…")), ""]
    for sheet in book.sheets:
        told += titled(4, sheet.title, sheet.english, f"{book.code}-{sheet.key}")
        told += [both("dictionary.sheet.table", table=sheet.table), ""]
        told += table(("header", "name", "kind", "required", "allowed", "help"), [_column(c) for c in sheet.columns])
        told += [f"- {rule}" for rule in _rules(sheet)] + [""]
    return told


def _info(field: InfoField) -> tuple[str, ...]:
    allowed = [_vocabulary(field.vocabulary)] if field.vocabulary else []
    allowed += [both(f"dictionary.refers.{field.refers}")] if field.refers else []
    allowed += [both("dictionary.locked")] if field.locked else []
    allowed += [both("dictionary.private")] if field.private else []
    return (
        pair(field.label, field.english),
        code(field.name),
        _kind(field.kind),
        _yes(field.required),
        "; ".join(allowed),
    )


def _column(column: Column) -> tuple[str, ...]:
    return (
        pair(column.header, column.english),
        code(column.name),
        _kind(column.kind),
        _yes(column.required),
        "; ".join(_allowed(column)),
        f"{plain(column.help)} *{plain(column.help_english)}*",
    )


def _allowed(column: Column) -> list[str]:
    told = [_vocabulary(column.vocabulary)] if column.vocabulary else []
    told += [both(f"dictionary.refers.{column.refers}")] if column.refers else []
    told += [f"≥ {number(column.minimum, 'vi')}"] if column.minimum is not None and column.maximum is None else []
    told += [f"{column.minimum:.0f}–{column.maximum:.0f}"] if column.minimum is not None and column.maximum else []
    told += [both(f"dictionary.within.{column.within}")] if column.within else []
    told += [both("dictionary.prefilled")] if column.prefilled else []
    return [*told, both("dictionary.private")] if column.private else told


def _rules(sheet: Sheet) -> list[str]:
    """What must hold between the cells of a row, and between rows."""
    headers = {column.name: column.header for column in sheet.columns}

    def named(names: tuple[str, ...], between: str) -> str:
        return between.join(headers[name] for name in names)

    return [
        *(both("dictionary.rule.unique", columns=named(key, " + ")) for key in sheet.unique),
        *(both("dictionary.rule.dates", columns=named(dates, " ≤ ")) for dates in sheet.date_orders),
        *(both("dictionary.rule.at_most", columns=named(counts, " ≤ ")) for counts in sheet.at_most),
        *(
            both("dictionary.rule.sum", columns=f"{named(parts, ' + ')} = {headers[total]}")
            for parts, total in sheet.sums
        ),
    ]


def _vocabulary(name: str) -> str:
    return f"[{'award_catalogue' if name == AWARD else name}](#list-{name})"


def _kind(kind: Kind) -> str:
    return both(f"dictionary.kind.{kind}")


def _yes(required: bool) -> str:
    return both("dictionary.yes") if required else ""
