"""Who has reported, who is late, what is wrong with what came."""

import streamlit as st

from dashboard.board import standing
from dashboard.shell import asking, columns, downloads, filters, findings, page, paper, problem_list, tiles
from dashboard.shell.markup import plain
from pipelines.warehouse.door import queries

here = page.start("dashboard.board.title", caveat="")
board = asking.ask(here, standing.board, here.period, here.lang, asking.today())
told = standing.tally(board)
with here.filters:
    words = filters.search(here.lang)
    names = {"": here.say("dashboard.board.all")} | {
        name: here.say(f"dashboard.board.standing.{name}") for name in standing.STANDINGS
    }
    wanted = filters.choice(here.say("dashboard.board.state"), list(names), names.__getitem__, "standing")

tiles.show(standing.tiles(board, here.lang), columns=4)
st.progress(told.share, here.marked("dashboard.board.progress", received=told.received, due=told.due))

listed = standing.rows(board, here.lang, words, wanted)
shape = standing.columns(here.lang)
if listed.empty:
    st.info(here.say("dashboard.board.nobody"), icon=":material/search_off:")
    page.stop()
state = st.dataframe(
    columns.shown(listed, shape, here.lang),
    column_config=columns.config(shape),
    hide_index=True,
    height=430,
    key="board.rows",
    on_select="rerun",
    selection_mode="single-row",
    selection_default={"selection": {"rows": [0]}},
    alt=here.say("dashboard.board.title"),
)
paper.table("board", listed, shape, here.lang)
downloads.excel(
    page.imprint(here),
    "board",
    here.say("dashboard.board.title"),
    listed,
    shape,
    every=len(board),
    label="dashboard.board.excel",
)
picked = [row for row in state["selection"]["rows"] if row < len(listed)]
if not picked:
    st.caption(here.say("dashboard.board.hint"))
    page.stop()
reporter = listed.iloc[picked[0]]
here.part(here.marked("dashboard.board.found", name=reporter["reporter_name"], state=reporter["state"]))
if told_of := standing.receipt(reporter, here.lang):
    st.caption(plain(told_of))
if reporter["standing"] in (standing.RETURNED, standing.MISSING):
    chosen = {"template_period": here.period, "template_reporter": reporter["reporter_code"]}
    page.link(here.lang, here.period, "submit", here.say("dashboard.nav.submit"), ":material/upload_file:", **chosen)
found = findings.from_frame(asking.ask(here, queries.findings, reporter["reporter_code"], here.period))
if found:
    problem_list.show(found, here.lang, open_first=True)
else:
    st.info(plain(standing.nothing_found(reporter, here.lang)), icon=":material/info:")
