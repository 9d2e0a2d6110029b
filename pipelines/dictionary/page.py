"""Bilingual Markdown: Vietnamese first, English in italics or as a quotation below."""

from collections.abc import Iterable, Sequence

from pipelines.texts import say


def both(key: str, **params: object) -> str:
    """A short text in both languages on one line."""
    return pair(say(key, "vi", **params), say(key, "en", **params))


def pair(vietnamese: str, english: str) -> str:
    """Two texts on one line; one of them where they are the same."""
    return vietnamese if vietnamese == english else f"{vietnamese} · *{english}*"


def heading(level: int, key: str, anchor: str = "") -> list[str]:
    """A heading that can be linked to by its anchor."""
    return titled(level, say(key, "vi"), say(key, "en"), anchor)


def titled(level: int, vietnamese: str, english: str, anchor: str = "") -> list[str]:
    """The same from two texts that lie elsewhere."""
    mark = f'<a id="{anchor}"></a>' if anchor else ""
    title = vietnamese if vietnamese == english else f"{vietnamese} · {english}"
    return [f"{'#' * level} {mark}{title}", ""]


def paragraphs(key: str, **params: object) -> list[str]:
    """A long text: Vietnamese, then English as a quotation."""
    vietnamese, english = (say(key, lang, **params).splitlines() for lang in ("vi", "en"))
    return [*vietnamese, "", *(f"> {line}".rstrip() for line in english), ""]


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A table; `titles` are keys of texts."""
    named = [both(f"dictionary.title.{title}") for title in titles]
    return [_row(named), "|" + "---|" * len(named), *(_row(row) for row in rows), ""]


def code(text: str) -> str:
    """A name of the program or the database; nothing for nothing."""
    return f"`{text}`" if text else ""


def plain(text: str) -> str:
    """A text of the screen, in which a star is a star."""
    return text.replace("*", "\\*")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in cells) + " |"
