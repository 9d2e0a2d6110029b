"""The scoring table of a cluster: criteria, what the members gave themselves, what their peers and the cluster gave."""

from random import Random

from pipelines.demo.phrases import CRITERIA

Row = dict[str, object]
_OPEN = 0.005  # of the criteria the peers have not scored


def scores(seed: int, cluster_code: str, year: int, members: tuple[str, ...]) -> list[Row]:
    """Rows of `Chấm điểm`: member × criterion. Own scores run a little above the peers', those above the cluster's."""
    table = Random(f"{seed}/criteria/{cluster_code}")
    left_out = set(table.sample(("TC03", "TC08", "TC10", "TC12"), table.randint(0, 3)))
    return [
        {"unit_code": unit_code, "criterion_code": code, "criterion_name": name, "score_kind": kind, "max_score": most}
        | _given(Random(f"{seed}/score/{unit_code}/{year}/{code}"), _quality(seed, unit_code), kind, most)
        for unit_code in members
        for code, name, kind, most in CRITERIA
        if code not in left_out
    ]


def first_of(rows: list[Row]) -> str:
    """The member with the highest final total; the first by code on a tie."""
    totals: dict[str, float] = {}
    for row in rows:
        totals[str(row["unit_code"])] = totals.get(str(row["unit_code"]), 0.0) + float(str(row["final_score"]))
    return min(totals, key=lambda code: (-totals[code], code))


def _quality(seed: int, unit_code: str) -> float:
    return Random(f"{seed}/quality/{unit_code}").uniform(0.84, 0.96)


def _given(rng: Random, quality: float, kind: str, most: int) -> Row:
    if kind == "TRU":
        taken = rng.choices((0.0, -0.5, -1.0, -2.0), (70, 15, 10, 5))[0]
        return {"self_score": 0.0 if rng.random() < 0.3 else taken, "cross_score": taken, "final_score": taken}
    if kind == "THUONG":
        asked = _half(rng.uniform(0.2, 1) * most)
        agreed = _half(asked * rng.uniform(0.5, 1))
        return {"self_score": asked, "cross_score": agreed, "final_score": agreed}
    final = min(1.0, quality + rng.gauss(0, 0.03))
    cross = min(1.0, final + rng.uniform(-0.01, 0.03))
    own = min(1.0, cross + rng.uniform(0, 0.05))
    peers = _half(cross * most) if rng.random() > _OPEN else None
    return {"self_score": _half(own * most), "cross_score": peers, "final_score": _half(final * most)}


def _half(points: float) -> float:
    return round(points * 2) / 2
