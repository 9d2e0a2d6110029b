"""Faults in the statistical methods."""

from tests.faults import Fault, within


def _of(name: str, tests: str, *changes: tuple[str, ...]) -> list[Fault]:
    return within("analysis", f"pipelines/analysis/{name}.py", tests, changes)  # type: ignore[arg-type]


FAULTS: list[Fault] = [
    *_of(
        "beta_binomial",
        "beta_binomial two_groups",
        ("pulled = np.clip(z, *np.quantile(z, [tail_share, 1 - tail_share]))", "pulled = z"),
    ),
    *_of(
        "beyond_peers",
        "slopes odds_ratio",
        ("median = float(np.median(effect[known]))", "median = float(np.mean(effect[known]))"),
        ("normal_above(z), median", "normal_above(-z), median"),
        ("known = v > 0", "known = v >= 0"),
    ),
    *_of(
        "dirichlet_multinomial",
        "dirichlet_multinomial",
        ("np.minimum(len(best) * tails.min(1), 1.0)", "tails.min(1)"),
        ("np.where(above, chance, 1.0)", "chance"),
        ("(plain + seen) / np.log(y.shape[1])", "plain / np.log(y.shape[1])"),
        ("place = tails.argmin(1)", "place = tails.argmax(1)"),
        ("n < _FEW,", "n <= _FEW,"),
    ),
    *_of(
        "discoveries",
        "discoveries",
        ('side="right")  # NaN', 'side="left")  # NaN'),
        ("ranked = np.sort(chance[~np.isnan(chance)])\n    before", "ranked = np.sort(chance)\n    before", "what is not known sorts last, and no chance is looked for beyond it"),
    ),
    *_of(
        "discoveries",
        "laws",
        ("np.minimum.accumulate(found[order] * found.size / named)", "found[order] * found.size / named"),
        ("(1 / np.arange(1, tested + 1)).sum()", "(1 / np.arange(1, tested)).sum()"),
    ),
    *_of(
        "laws",
        "laws",
        ("inside = (k >= 0) & (k < n)", "inside = (k > 0) & (k < n)"),
        ("np.where(inside, n - k + 1, 1)", "np.where(inside, n - k, 1)"),
        ('np.where(binomial_up_to(before, n, share) >= chance, before, near)', 'near'),
    ),
    *_of(
        "trend",
        "laws",
        ("every <= every[count] * (1 + 1e-7)", "every < every[count]"),
    ),
    *_of(
        "funnel",
        "analysis",
        ("tail = (1 - confidence) / 2\n    result: NDArray", "tail = 1 - confidence\n    result: NDArray"),
    ),
    *_of(
        "hypergeometric",
        "repeats",
        ("np.maximum(0, a + b - n), np.minimum(a, b)", "np.zeros_like(n), np.minimum(a, b)"),
        ("fixed[members] + more, v", "more, v"),
    ),
    *_of(
        "intervals",
        "analysis",
        ("possible = (n > 0) & (k >= 0) & (k <= n)", "possible = (n > 0) & (k >= 0)"),
    ),
    *_of(
        "odds_ratio",
        "odds_ratio",
        ("(of_group > 0) & (of_group < n) & (won > 0) & (won < n)", "(of_group > 0) & (won > 0)"),
    ),
    *_of(
        "ranks",
        "ranks",
        ("np.maximum.accumulate(chance[order] * np.arange(len(chance), 0, -1))", "chance[order] * np.arange(len(chance), 0, -1)"),
        ("apart = _holm(chance) <= 1 - confidence", "apart = chance <= 1 - confidence"),
    ),
    *_of(
        "repeats",
        "repeats",
        ("& able[now]", "& able[before]"),
        ("normal_distance(law.below)", "normal_distance(law.above)"),
    ),
    *_of(
        "same_people",
        "repeats",
        ("(choices >= ENOUGH_YEARS)", "(choices > ENOUGH_YEARS)"),
        ("max(1.0, float(np.quantile(away, _ONE_SD) / normal_distance(1 - _ONE_SD)))", "float(np.quantile(away, _ONE_SD) / normal_distance(1 - _ONE_SD))"),
        ("known = variance > 1e-9", "known = variance > -1"),
    ),
    *_of(
        "screening",
        "two_groups",
        ("top = n if most is None else", "top = n if most is not None else"),
    ),
    *_of(
        "single_null",
        "two_groups",
        ("best * len(p) / rank <= WRONG_SHARE", "best <= WRONG_SHARE"),
        ("_QUARTILE = float(ndtri(0.25))", "_QUARTILE = float(ndtri(0.1))"),
    ),
    *_of(
        "slopes",
        "slopes",
        ("[low > 0, high < told.effect]", "[low > 0, low < told.effect]"),
    ),
    *_of(
        "standardisation",
        "standardisation",
        ('rows.groupby(["group", "stratum"])', 'rows.groupby(["stratum"])'),
    ),
    *_of(
        "trend",
        "analysis",
        ("if len(shares) > XMR_POINTS:", "if len(shares) >= XMR_POINTS:"),
        ("if len(rates) > XMR_POINTS:", "if len(rates) >= XMR_POINTS:"),
        ("b[-1] / (b[-1] + b[-2])", "0.5"),
    ),
    *_of(
        "two_groups",
        "two_groups",
        ("np.where(chance < 0.5, outlying[name], honest[name])", "np.where(chance < 0.5, honest[name], outlying[name])"),
        ("chance * honest[\"shrunk\"] + (1 - chance) * outlying[\"shrunk\"]", "honest[\"shrunk\"]"),
        ("n * (rate - honest[\"mean\"])", "n * (honest[\"shrunk\"] - honest[\"mean\"])"),
    ),
    *_of(
        "waiting_time",
        "waiting_time",
        ("told.follows[row] = before[here]", "told.follows[row] = True"),
        ("(upto - (tied - 1) / 2)", "upto"),
        ("m * (n - m) / np.maximum(n * (n - 1), 1)", "m * (n - m) / np.maximum(n * n, 1)"),
        ("(lists >= ENOUGH_YEARS) | (", "(lists > ENOUGH_YEARS) | ("),
        (">= LARGE)", "> LARGE)"),
        ("used[:, :-1] |= tested[:, 1:]", "used[:, 1:] |= tested[:, :-1]"),
    ),
]  # fmt: skip
