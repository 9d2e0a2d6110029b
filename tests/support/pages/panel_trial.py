"""A page of one panel, for the tests: award rates of units as bars, drawn like any other page."""

import plotly.graph_objects as go

from dashboard.charts.figure import points
from dashboard.shell import asking, page, panel
from dashboard.shell.columns import Column
from pipelines.warehouse.door import queries

here = page.start("dashboard.nav.awards")
rates = asking.ask(here, queries.metric, "award_rate", periods=[here.period], breakdowns=["CSTDCS"])
rates = rates[rates["state"] == "reported"]
bars = go.Bar(x=rates["unit_name"], y=rates["value"], customdata=points(rates))
panel.show(
    here,
    "trial",
    "Ai được khen?",
    go.Figure(bars),
    rates,
    columns={
        "unit_name": Column("Đơn vị"),
        "value": Column("Tỷ lệ", "share"),
        "numerator": Column("Số người", "count"),
    },
    caption="Chiến sĩ thi đua cơ sở",
)
panel.show(here, "trial-empty", "Không có gì?", None, rates, columns={}, empty="Chưa có, hãy chọn kỳ khác.")
