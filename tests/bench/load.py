"""Many readers at once: sessions without browsers that go from page to page as fast as the server lets them."""

import itertools
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil

from tests.bench import demo_home
from tests.bench.options import Options
from tests.bench.results import Result
from tests.bench.serving import PLACES
from tests.support.pages.browser import Server, demo_server
from tests.support.pages.sessions import Session, session

SESSIONS = (1, 10, 30, 50)
LASTS = 20.0  # seconds a number of sessions is measured
VIEWS, SETTLED, MORE = (
    500,
    100,
    150.0,
)  # views whose memory is looked at, those before it counts; megabytes they may cost
_PERIODS = ("2025", "2024", "2023")


def measure(options: Options) -> Iterator[Result]:
    """Readers read nothing: each asks for the next page once the last has come.

    A view is a whole page, its script run to the end.
    """
    lasts, most = (LASTS / 4, VIEWS // 5) if options.quick else (LASTS, VIEWS)
    with tempfile.TemporaryDirectory() as folder:
        home = demo_home.copy(options.home, Path(folder))
        with demo_server(home) as server:
            _follow(server, 1, views=len(PLACES) * len(_PERIODS))  # every page and period once, as they are remembered
            for many in SESSIONS:
                waits, processor, took = _follow(server, many, seconds=lasts)
                who = "1 session" if many == 1 else f"{many} sessions"
                yield Result("load", f"{who}: views a minute", "views", [60 * len(waits) / took])
                yield Result("load", f"{who}: processor a view", "s", [processor / len(waits)])
                yield Result("load", f"{who}: until a page is whole", "s", waits)
        with demo_server(home) as server:
            _follow(server, 4, views=SETTLED)
            before = _memory(server)
            _follow(server, 4, views=most)
            yield Result("load", f"memory of {most} views after {SETTLED}", "MB", [_memory(server) - before], MORE)
            yield Result("load", "memory of the server then", "MB", [_memory(server)])


def _follow(server: Server, many: int, seconds: float = 600, views: int = 10**6) -> tuple[list[float], float, float]:
    """So many sessions for so long, or for so many views: seconds each view took, processor time of the server, time by
    the clock.
    """
    waits: list[float] = []
    asked = itertools.count()
    with ExitStack() as open_sessions:
        readers = [open_sessions.enter_context(session(server.url)).view() for _ in range(many)]
        processor, began = _processor(server), time.perf_counter()

        def read(one: Session, number: int) -> None:
            for step in itertools.count(number):
                if time.perf_counter() - began > seconds or next(asked) >= views:
                    return
                start = time.perf_counter()
                one.view(PLACES[step % len(PLACES)].path, period=_PERIODS[step // len(PLACES) % len(_PERIODS)])
                waits.append(time.perf_counter() - start)

        threads = [threading.Thread(target=read, args=pair) for pair in zip(readers, range(many), strict=True)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return waits, _processor(server) - processor, time.perf_counter() - began


def _processor(server: Server) -> float:
    spent = psutil.Process(server.process.pid).cpu_times()
    return float(spent.user + spent.system)


def _memory(server: Server) -> float:
    return float(psutil.Process(server.process.pid).memory_info().rss / 1e6)
