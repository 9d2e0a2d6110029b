"""The steps of handing in a report, each drawn by a function of its own."""

from datetime import UTC, datetime

import streamlit as st

from dashboard.shell import downloads, export, findings, listing, page, problem_list
from dashboard.shell.markup import marked, plain
from dashboard.streamlit_inside.kinds import DeletedFile, DeltaGenerator, UploadedFile
from dashboard.submit import changed, handing_in, receipts, templates
from dashboard.submit.handing_in import Case
from pipelines import settings
from pipelines.desk import Receipt, words
from pipelines.desk.templates import Reporter
from pipelines.records.journal import Journal
from pipelines.submissions.copy.statements import statement
from pipelines.texts import day, instant, number, period_name, say

_STEPS = ("template", "upload", "problems", "changes", "confirm", "receipt")
_MOST_MB = 100  # more than the guard takes: a file somewhat too large gets a sentence instead of a red chip
# in the address, which outlives the server: how many files were sent before; a new round has an empty uploader
_ROUND = "lan"
_GONE = "submit.gone"  # the file chosen last was lost with the server that had it


def steps(place: DeltaGenerator, chosen: Reporter | None, case: Case | None, lang: str) -> None:
    """Where the clerk is on the way."""
    if case is None:
        now = "upload" if chosen else "template"
    elif case.receipt and case.checked.is_accepted:
        now = "receipt"
    else:
        now = "confirm" if case.checked.is_accepted else "problems"
    place.html(listing.steps([say(f"submit.step.{step}", lang) for step in _STEPS], _STEPS.index(now)))


def clock(lang: str) -> None:
    """A word if the server's clock is behind the newest event of the journal: the day of receipt would be wrong."""
    if last := Journal(settings.home().journal).ahead_of(now := datetime.now(UTC)):
        st.warning(marked("doctor.clock", lang, now=instant(now, lang), last=instant(last, lang)))


def get_template(reporter: Reporter | None, period: str, lang: str) -> None:
    """Step 1."""
    with st.container(border=True, height="stretch"):
        st.header(say("submit.template.title", lang), anchor=False)
        if reporter is None:
            st.markdown(say("submit.template.choose", lang))
            return
        name, due = reporter.name, day(templates.due(period), lang)
        what = {"name": name, "period": period_name(period, lang), "due": due}
        st.markdown(marked("submit.template.what", lang, **what))
        st.download_button(
            marked("submit.template", lang, name=name),
            lambda: templates.workbook(reporter, period),
            file_name=page.imprint_without_figures(lang, period_name(period, lang)).file_name(
                say("submit.template.file", lang, name=name), ".xlsx"
            ),
            mime=export.MIME,
            icon=":material/download:",
            on_click="ignore",
        )


def send(lang: str) -> UploadedFile | None:
    """Step 2; the file that lies in the uploader. Any kind is taken: the guard says in words what is wrong with it."""
    with st.container(border=True, height="stretch"):
        st.header(say("submit.upload.title", lang), anchor=False)
        st.markdown(say("submit.upload.what", lang))
        key = f"submit.file.{st.query_params.get(_ROUND, 0)}"
        upload: UploadedFile | None = st.file_uploader(
            say("submit.upload.label", lang), key=key, label_visibility="collapsed", max_upload_size=_MOST_MB
        )
        if isinstance(st.session_state.get(key), DeletedFile):
            st.session_state[_GONE] = True
            _next_file()
            st.rerun()
        elif upload:
            st.session_state.pop(_GONE, None)
        elif _GONE in st.session_state:
            st.warning(say("submit.upload.gone", lang), icon=":material/upload_file:")
        return upload


def problems(case: Case, chosen: Reporter | None, period: str, lang: str) -> None:
    """Step 3: the verdict, the marked copy, every point by sheet."""
    checked = case.checked
    st.header(say("submit.problems.title", lang), anchor=False)
    name, of_period = _about(case, lang)
    st.caption(plain(" · ".join(filter(None, (checked.file_name, name, of_period)))))
    if not checked.is_accepted or case.receipt is None:
        _other_than_chosen(case, chosen, period, lang)
        _verdict(case, lang)
    if checked.status == "unchanged" or not checked.findings or not findings.can_be_mended(checked.findings):
        return
    if checked.status != "accepted" or checked.issued:
        _marked_copy(case, lang)
    problem_list.show(checked.findings, lang, open_first=checked.status == "returned")


def _marked_copy(case: Case, lang: str) -> None:
    """The sender's own workbook with its wrong cells coloured, or the list; where there are notes alone, nothing would
    be.
    """
    copy = case.copy(lang)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            say(f"submit.copy.{copy.way}", lang),
            copy.data,
            file_name=copy.name,
            icon=":material/download:",
            type="primary" if case.checked.status == "returned" else "secondary",
            on_click="ignore",
        )
        st.caption(say(f"submit.copy.{copy.way}.what", lang), width="stretch")


def _other_than_chosen(case: Case, chosen: Reporter | None, period: str, lang: str) -> None:
    """A clerk who chose a reporter and sends another's file has perhaps picked the wrong one."""
    parsed = case.checked.parsed
    code, name = words.reporter(case.checked, templates.lists())
    if chosen is None or not code or case.checked.status == "unchanged" or findings.wrong_file(case.checked.findings):
        return
    icon = ":material/compare_arrows:"
    if code != chosen.code:
        st.warning(marked("submit.other.reporter", lang, found=name, chosen=chosen.name), icon=icon)
    elif parsed.period and parsed.period != period:
        periods = {"found": period_name(parsed.period, lang), "chosen": period_name(period, lang)}
        st.warning(marked("submit.other.period", lang, **periods), icon=icon)


def _verdict(case: Case, lang: str) -> None:
    checked = case.checked
    facts = {"earlier": checked.earlier, "version": checked.version, **checked.counts}
    if checked.status == "unchanged":
        said, what = (marked(f"submit.result.unchanged{part}", lang, **facts) for part in ("", ".what"))
        st.info(what, title=said, icon=":material/content_copy:")
        return
    if checked.is_accepted:
        said, what = (marked(f"submit.result.{checked.status}{part}", lang, **facts) for part in ("", ".what"))
        st.success(what, title=said, icon=":material/check_circle:")
        for line in words.again_lines(checked, "receipt.check", lang):
            st.warning(plain(line), icon=":material/history:")
        return
    for finding in findings.wrong_file(checked.findings):
        wrong, fix = statement(finding, lang)
        st.error(plain(fix), title=plain(wrong), icon=":material/error:")
    if findings.can_be_mended(checked.findings):
        mend = say(f"submit.result.returned.{case.copy(lang).way}", lang)
        st.info(mend, title=marked("submit.result.returned", lang, **facts), icon=":material/build:")
    else:
        no = case.receipt.receipt_no if case.receipt else ""
        st.info(marked("submit.result.kept", lang, no=no), icon=":material/inventory_2:")


def changes(case: Case, lang: str) -> None:
    """Step 4: how much would change, then row by row."""
    st.header(say("submit.changes.title", lang), anchor=False)
    found = case.changes()
    name, period = _about(case, lang)
    counts = changed.counts(found)
    kind = "none" if found.empty else "first" if changed.is_first(found) else "some"
    told = [
        say(f"submit.changes.badge.{key}", lang, count=number(count, lang)) for key, count in counts.items() if count
    ]
    st.markdown(marked(f"submit.changes.{kind}", lang, name=name, period=period, what=", ".join(told)))
    if found.empty:
        return
    colours = {"added": "green", "removed": "red", "changed": "blue"}
    for group in changed.by_sheet(found, lang):
        with st.expander(
            f"**{plain(group.sheet)}** {problem_list.badges(group.counts, colours, 'submit.changes.badge', lang)}"
        ):
            shape = changed.columns(group.rows, lang)
            problem_list.rows(listing.table(group.rows, shape, lang, group.marks), len(group.rows), lang)
    lines = changed.in_words(found, lang)
    whole = changed.columns(lines, lang, with_sheet=True)
    stamp = page.imprint_without_figures(lang, period)
    title, of = say("submit.changes.file", lang, name=name), case.file_name
    downloads.excel(stamp, "submit.changes", title, lines, whole, of, label="submit.changes.excel")


def confirm(case: Case, lang: str) -> None:
    """Step 5: whose report it is, and the button."""
    st.header(say("submit.confirm.title", lang), anchor=False)
    code, _ = words.reporter(case.checked, templates.lists())
    name, period = _about(case, lang)
    if case.overtaken:
        st.warning(marked("submit.confirm.overtaken", lang, name=name), icon=":material/sync_problem:")
    mine = st.checkbox(
        marked("submit.confirm.tick", lang, name=name, code=code, period=period),
        key=f"submit.mine.{case.upload[0]}.{case.overtaken}",
    )
    pressed = st.button(
        say("submit.confirm.button", lang), type="primary", icon=":material/send:", disabled=not mine, key="submit.send"
    )
    if not mine:
        st.caption(say("submit.confirm.hint", lang))
    if pressed:
        with st.spinner(say("submit.checking", lang)):
            case.hand_in()
        st.session_state["period"] = case.checked.parsed.period  # the charts open where the new figures are
        st.rerun()


def receipt(case: Case, given: Receipt, lang: str) -> None:
    """Step 6: what was entered, to keep; and when the figures follow."""
    accepted, lists = given.checked.is_accepted, templates.lists()
    title = "accepted" if accepted else given.checked.status
    with st.container(border=True, key="receipt"):
        st.header(marked(f"submit.receipt.title.{title}", lang, no=given.receipt_no), anchor=False)
        if accepted:
            name, period = _about(case, lang)
            st.success(marked("submit.receipt.thanks", lang, name=name, period=period), icon=":material/task_alt:")
        st.html(listing.facts(receipts.facts(given, lists, lang)))
        st.caption(say("submit.receipt.keep", lang))
        with st.container(horizontal=True):
            st.download_button(
                say("submit.receipt.download", lang),
                lambda: receipts.document(given, lists, lang),
                file_name=f"{say('submit.receipt.called', lang, no=given.receipt_no)}.html",
                mime="text/html",
                icon=":material/print:",
                on_click="ignore",
            )
            st.button(say("submit.again", lang), key="submit.again", icon=":material/add:", on_click=_next_file)
    if accepted:
        handing_in.follow(given.receipt_no, given.checked.parsed.period, lang)


def _next_file() -> None:
    rounds = st.query_params.get(_ROUND, "0")
    st.query_params[_ROUND] = str(int(rounds) + 1) if rounds.isdecimal() else "1"
    handing_in.forget()


def _about(case: Case, lang: str) -> tuple[str, str]:
    """Reporter and period of a file in words."""
    parsed = case.checked.parsed
    _, name = words.reporter(case.checked, templates.lists())
    return name, period_name(parsed.period, lang) if parsed.period else ""
