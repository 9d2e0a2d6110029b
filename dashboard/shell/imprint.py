"""The imprint of every file, printed page and link: whose it is, what it shows, from which figures, how to read it."""

import re
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from pipelines import settings
from pipelines.submissions.file_names import on_disk
from pipelines.texts import day, number, say

_AND = " · "
_APART, _NEVER_IN_NAMES = re.compile(r"\s*[:/\\|]+\s*"), re.compile(r'[<>"?*“”]')
_TITLE = 80  # characters of the title in the name of a file


def agency(lang: str) -> str:
    """The name on the letterhead: from the settings, else the department that runs the system."""
    return settings.agency() or say("imprint.agency", lang)


@dataclass(frozen=True)
class Imprint:
    """Everything but the rows, in words. `filters` says what was chosen, `is_filtered` whether it leaves rows out."""

    lang: str
    agency: str
    on: date
    period: str
    filters: str = ""
    is_filtered: bool = False
    source: str = ""
    caveat: str = ""

    def scope(self, rows: int | None = None, every: int | None = None) -> str:
        """The filters, and how many of all rows they leave."""
        left_out = self._leaves_out(rows, every)
        told = [say(f"imprint.{'filtered' if left_out else 'whole'}", self.lang)]
        if self.filters:
            told.append(say("imprint.filters", self.lang, filters=self.filters))
        if rows is not None:
            known = every is not None and left_out
            counts = {"rows": number(rows, self.lang), "every": number(every, self.lang)}
            told.append(say(f"imprint.rows{'.of' if known else ''}", self.lang, **counts))
        return _AND.join(told)

    def lines(self, rows: int | None = None, every: int | None = None) -> list[str]:
        """The lines below a title: period and day, scope, source of the figures, how to read them."""
        when = say("imprint.made", self.lang, day=day(self.on, self.lang))
        period = say("imprint.period", self.lang, period=self.period) if self.period else ""
        lines = [_AND.join(filter(None, (period, when))), self.scope(rows, every), self.source, self.caveat]
        return [line for line in lines if line]

    def file_name(self, title: str, suffix: str, rows: int | None = None, every: int | None = None) -> str:
        """The name of a file: title, period and whether rows are left out, in characters that every system allows."""
        of = say("imprint.file.filtered", self.lang) if self._leaves_out(rows, every) else ""
        short = shorten(_APART.sub(", ", _NEVER_IN_NAMES.sub("", title)), _TITLE, placeholder="…")
        return on_disk(f"{' - '.join(filter(None, (short, self.period, of)))}.xlsx")[0] + suffix

    def _leaves_out(self, rows: int | None, every: int | None) -> bool:
        return self.is_filtered or (rows is not None and every is not None and rows < every)
