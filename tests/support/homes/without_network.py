"""Run inside a network namespace of its own: `unshare -rn python without_network.py BUNDLE FOLDER` installs and tries
the project.

Standard library only. Fails when there is a way out of the namespace, or when any step fails; the steps' words go to
stdout.
"""

import fcntl
import os
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1
OUTSIDE = ("192.0.2.1", 443)  # an address kept for examples; nothing is sent to it
START = 60  # seconds the dashboard may take to answer


def main(bundle: Path, folder: Path) -> None:
    """Install with the words of the README, then build a demo, ask the doctor, open the dashboard."""
    no_way_out()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder.parent),
        "LANG": "C.UTF-8",
        "THIDUA_HOME": str(folder.parent / "data"),
    }
    run("sh", bundle / "install.sh", folder, within=bundle, **environment)
    python = folder / ".venv" / "bin" / "python"
    run(python, "bundle/environment.py", "requirements.txt", within=folder, **environment)  # as make run and run.cmd do
    run(python, "-m", "pipelines", "demo", "--years", "2025", within=folder, **environment)
    run(python, "-m", "pipelines", "doctor", within=folder, **environment)
    answer_of_the_dashboard(python, folder, environment)


def no_way_out() -> None:
    """Only a loopback device, which is then switched on, and no route to anywhere."""
    assert [name for _, name in socket.if_nameindex()] == ["lo"], socket.if_nameindex()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as device:
        fcntl.ioctl(device, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP))
    routes = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
    assert routes == [], routes
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(OUTSIDE)
        except OSError:
            return
    raise AssertionError("there is a way out")


def run(*command: object, within: Path, **environment: str) -> None:
    """One step; its words are told, a failure ends all."""
    print("$", *command, flush=True)
    began = time.monotonic()
    subprocess.run([*map(str, command)], cwd=within, env=environment, check=True, stderr=subprocess.STDOUT)
    print(f"  {time.monotonic() - began:.1f} s", flush=True)


def answer_of_the_dashboard(python: Path, folder: Path, environment: dict[str, str]) -> None:
    """Start it, wait until it says that it is well, stop it."""
    server = subprocess.Popen(
        [python, "-m", "dashboard"], cwd=folder, env=environment | {"STREAMLIT_SERVER_PORT": "8501"}
    )
    try:
        end = time.monotonic() + START
        while True:
            try:
                with urllib.request.urlopen("http://127.0.0.1:8501/_stcore/health", timeout=5) as answer:
                    print("health:", answer.status, answer.read().decode(), flush=True)
                    return
            except OSError:
                assert server.poll() is None and time.monotonic() < end, "the dashboard did not answer"
                time.sleep(0.2)
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
