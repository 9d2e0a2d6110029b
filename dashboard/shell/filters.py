"""The filters: language, period, group, award, words to search. Every choice is in the URL.

A key is the name in the URL. All pages share the keys, so a choice follows the reader from page to page. A value in the
URL that is not an option falls back to the default. The URL leaves out defaults, except those of period and unit: these
change as reports come in. Files, printed pages and links also say in words what was chosen (imprint.py).
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Final, Literal

import pandas as pd
import streamlit as st

from dashboard.shell import asking
from dashboard.shell.asking import Looking
from dashboard.shell.markup import plain
from pipelines import settings
from pipelines.submissions.values.cleaning import fold
from pipelines.texts import period_name, say
from pipelines.warehouse.door import comparisons, queries
from pipelines.warehouse.door.comparisons import Organisation

EVERYONE = "ALL"  # code of the total of all units
_EARLIEST = 2004  # the first law on emulation came into force
_FIRST = "vi"  # the language a reader arrives in
Width = int | Literal["stretch"]
_BOUND: Final = "query-params"
_PERIODS = ("period", "template_period")
_ALWAYS = (*_PERIODS, "unit")  # in the URL even if the reader chose nothing
_TOLD: Final = "filters.told"
_EVERYTHING = ("", EVERYONE, "all")  # values that leave nothing out
Role = Literal[
    "narrows", "shows", "leads"
]  # leaves rows out; decides what rows show; opens a part of the page (not described in words)


def begin() -> None:
    """Forget the choices of the page before; a page begins."""
    st.session_state[_TOLD] = {}


def told(only: Collection[str] | None = None) -> tuple[str, bool]:
    """The choices made so far on this page in words, and whether they leave rows out. `only`: just these keys."""
    chosen: dict[str, tuple[str, str, bool]] = st.session_state.get(_TOLD, {})
    kept = [choice for key, choice in chosen.items() if only is None or key in only]
    return "; ".join(f"{label}: {words}" for label, words, _ in kept), any(out for *_, out in kept)


def _tell(role: Role, key: str, label: str, chosen: str, words: str) -> None:
    if role != "leads" and words and key not in _PERIODS:
        leaves_out = role == "narrows" and chosen not in _EVERYTHING
        st.session_state.setdefault(_TOLD, {})[key] = (label, words, leaves_out)


def language() -> str:
    """The chosen language, also before its switch is drawn."""
    return str(_offered(_wanted("lang", _FIRST), list(settings.LANGUAGES), _FIRST, 1))


def language_switch() -> None:
    """VI | EN, on every page. In the URL like every choice, so that a step back in the history undoes it."""
    lang = language()
    with _bound("lang", list(settings.LANGUAGES), _FIRST):
        st.segmented_control(
            say("dashboard.language", lang),
            settings.LANGUAGES,
            required=True,
            key="lang",
            label_visibility="collapsed",
            persist_state="session",
        )


def period(here: Looking, lang: str) -> str:
    """The chosen period."""
    offered = asking.ask(here, queries.periods)
    codes, first = offered["period"].tolist(), first_shown(offered)
    return one(say("dashboard.filter.period", lang), codes, lambda code: period_name(code, lang), "period", first)


def first_shown(periods: pd.DataFrame) -> int:
    """Row of the newest period with at least half of its reports (fewer say little); if none, the newest with any."""
    received = periods["received_count"].tolist()
    half = [row for row, due in enumerate(periods["obliged_count"]) if received[row] and received[row] * 2 >= due]
    return next(iter([*half, *(row for row, count in enumerate(received) if count)]), 0)


def group(here: Looking, lang: str, period: str, kinds: Iterable[str] = ("peer_group", "cluster", "province")) -> str:
    """Code of the chosen peer group, cluster or province, or `EVERYONE`. A page filters its frames by it."""
    offered = asking.ask(here, queries.groups, period)
    kept = offered[offered["kind"].isin(["all", *kinds])]
    names = dict(zip(kept["code"], kept["name" if lang == "vi" else "english"], strict=True))
    codes = sorted(names, key=lambda code: code != EVERYONE)  # a stable sort: the others keep their order
    return one(say("dashboard.filter.group", lang), codes, names.__getitem__, "group")


def award(here: Looking, lang: str, period: str, recipient: str = "") -> str:
    """An award that is in force. `recipient` (CA_NHAN or TAP_THE) leaves out awards that only the other can get."""
    offered = asking.ask(here, queries.award_catalogue, period)
    kept = offered[offered["recipient"].isin(["", recipient])] if recipient else offered
    names = dict(zip(kept["award"], kept["name" if lang == "vi" else "english"], strict=True))
    return one(say("dashboard.filter.award", lang), list(names), names.__getitem__, "award")


def units_in(here: Looking, period: str, group: str, seen: Organisation = comparisons.THEN) -> list[str]:
    """Codes of the units that belong to a group in a period, in the order of the lists; all units for `EVERYONE`.

    The units are those of that time or those of today, as `seen` says.
    """
    units = asking.ask(here, comparisons.units, period, seen)
    belongs = units[["peer_group", "cluster_code", "province_code"]].eq(group).any(axis=1)
    result: list[str] = units["unit_code"].tolist() if group == EVERYONE else units.loc[belongs, "unit_code"].tolist()
    return result


def organisation(lang: str) -> Organisation:
    """Units as they were in each year, or earlier years summed into the units of today."""
    codes = [comparisons.THEN, comparisons.NOW]
    label = say("dashboard.filter.organisation", lang)
    chosen = choice(label, codes, lambda code: say(f"dashboard.organisation.{code}", lang), "organisation", "shows")
    return comparisons.NOW if chosen == comparisons.NOW else comparisons.THEN


def search(lang: str, key: str = "q", label: str = "") -> str:
    """Words typed to find a unit (or what `label` names), as typed. `matches` compares them without accents."""
    label = label or say("dashboard.filter.search", lang)
    hint = say("dashboard.filter.search.hint", lang)
    typed = st.text_input(plain(label), key=key, type="search", live="300ms", placeholder=hint, bind=_BOUND, width=260)
    words = typed or ""
    _tell("narrows", key, label, words.strip(), f"“{words.strip()}”" if words.strip() else "")
    return words


def day(label: str, first: date, key: str) -> date:
    """A day; `first` until the reader chooses another."""
    chosen = st.date_input(
        plain(label), first, date(_EARLIEST, 1, 1), key=key, format="DD/MM/YYYY", bind=_BOUND, width=160
    )
    on = chosen if isinstance(chosen, date) else first
    _tell("shows", key, label, "", f"{on:%d/%m/%Y}")
    return on


def matches(name: str, words: str) -> bool:
    """Whether words of the name begin with the typed words, in the same order, without accents and case.

    "ha noi" finds "Ban Nội chính Thành ủy Hà Nội" and no other name with "Nội chính".
    """
    typed = r".*\b".join(re.escape(word) for word in fold(words).split())
    return re.search(rf"\b{typed}", fold(name)) is not None


def choice(label: str, options: list[str], name_of: Callable[[str], str], key: str, role: Role = "narrows") -> str:
    """One of a few options, all visible."""
    with _bound(key, options, options[0]):
        st.segmented_control(
            plain(label), options, required=True, format_func=lambda one: plain(name_of(one)), key=key,
            persist_state="session",
        )  # fmt: skip
    chosen = str(st.session_state[key])
    _tell(role, key, label, chosen, name_of(chosen))
    return chosen


def one(
    label: str, options: list[str], name_of: Callable[[str], str], key: str, first: int = 0, width: Width = 240,
    role: Role = "narrows",
) -> str:  # fmt: skip
    """One of many options, from a list; "" if there are none."""
    if not options:
        return ""
    with _bound(key, options, options[first]):
        st.selectbox(
            plain(label), options, format_func=name_of, key=key, width=width, persist_state="session",
            filter_mode="contains",
        )  # fmt: skip
    chosen = str(st.session_state[key])
    _tell(role, key, label, chosen, name_of(chosen))
    return chosen


def several(
    label: str, options: list[str], name_of: Callable[[str], str], key: str, first: list[str], most: int,
    nothing: str = "", words: str = "", role: Role = "narrows",
) -> list[str]:  # fmt: skip
    """Several of many options; `first` while none is chosen, `nothing` names that state. The URL joins them by commas.

    The list shows the chosen options and those whose names match `words`. It offers "all" if `most` allows all.
    """
    with _bound(key, options, first, most):
        listed = [code for code in options if code in st.session_state[key] or matches(name_of(code), words)]
        st.multiselect(
            plain(label), listed, format_func=name_of, key=key, max_selections=most, placeholder=nothing or None,
            persist_state="session", filter_mode="contains", wrap=True, select_all=most >= len(options),
        )  # fmt: skip
    chosen = list(st.session_state[key]) or first
    _tell(role, key, label, ",".join(chosen), ", ".join(map(name_of, chosen)) or nothing)
    return chosen


@contextmanager
def _bound(key: str, options: list[str], default: str | list[str], most: int = 1) -> Iterator[None]:
    """Keep the URL and the widget that is drawn inside the block equal; the URL holds the code, not the name.

    Streamlit's own binding writes the displayed name, which differs by language. The URL wins at the first visit and
    after a step back in the history; otherwise the session wins, because a change of page empties the URL.
    """
    state, place = st.session_state, st.context.url
    # Written even if unchanged: another page has another widget, which would start at its first option.
    state[key] = _offered(_wanted(key, default), options, default, most)
    yield
    chosen = _in_url(state[key])
    if chosen == _in_url(default) and key not in _ALWAYS:
        st.query_params.pop(key, None)
    elif chosen != st.query_params.get(key):
        st.query_params[key] = chosen
    state[f"{key}.url"] = (place, chosen)


def _wanted(key: str, default: str | list[str]) -> str | list[str]:
    """The value that the reader wants now, from the URL or the session."""
    state, place, url = st.session_state, st.context.url, st.query_params.get(key, _in_url(default))
    written_at, written = state.get(f"{key}.url", (None, url))
    told = url.split(",") if isinstance(default, list) else url
    wanted: str | list[str] = told if key not in state or (written_at == place and written != url) else state[key]
    return wanted


def _in_url(chosen: str | list[str]) -> str:
    return chosen if isinstance(chosen, str) else ",".join(chosen)


def _offered(wanted: str | list[str], options: list[str], default: str | list[str], most: int) -> str | list[str]:
    """The wanted value if it is an option, else the default; of several values those that are options."""
    if isinstance(default, str):
        return wanted if wanted in options else default
    return [code for code in dict.fromkeys(wanted) if code in options][:most] or default
