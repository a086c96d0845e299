"""Starts the broker, the web server and the worker, waits until they are ready, and stops all of it again.

Every child is the leader of its own session: Ctrl-C reaches this process alone, which then stops them in order.
"""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config import broker  # noqa: E402
from services import Service, died, ending, start, stop_all  # noqa: E402

VAR = broker.VAR
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
READY_WITHIN = 120

SIGN_INS = (
    ("SENCO", "senco@ashdown.example", "Ashdown (secondary, DREAMS)"),
    ("Key worker", "keyworker@ashdown.example", "Ashdown"),
    ("Teacher", "teacher@ashdown.example", "Ashdown"),
    ("Head", "head@cedar.example", "Cedar (primary, HORIZONS)"),
    ("Partnership lead", "lead@partnership.example", "all four schools"),
)


class CannotStart(Exception):
    """What stands in the way, and how to mend it."""


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.umask(0o077)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    services: list[Service] = []
    try:
        lock = only_one_run()
        refuse_bad_address()
        run(services)
        lock.close()
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    except CannotStart as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    finally:
        stop_all(services)
    print("Stopped. The data stays; `make run` goes on, `make reset` starts over.")
    return 0


def only_one_run() -> TextIO:
    """Hold the lock that says a run is in progress, for as long as this process lives."""
    VAR.mkdir(parents=True, exist_ok=True)
    lock = (VAR / "run.pid").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        raise CannotStart(f"It is running already (process {lock.read().strip()}). Stop that with Ctrl-C first.") from None
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def refuse_bad_address() -> None:
    """Say plainly that an address is wrong or taken, before anything starts."""
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        raise CannotStart(f"PORT is {PORT!r}; it must be a number from 1 to 65535.")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(HOST, int(PORT), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except PermissionError:
        raise CannotStart(f"Port {PORT} needs root. Choose one above 1023: PORT=8000 make run") from None
    except OSError as error:
        raise CannotStart(
            f"{HOST}:{PORT} cannot be used: {error.strerror}.\nStop what uses it, or choose another port: PORT={int(PORT) + 1} make run"
        ) from None


def run(services: list[Service]) -> None:
    """Start everything, say where it is, and return only by an exception."""
    if broker.is_embedded():
        print("Starting the broker (embedded) …", flush=True)
        start(services, "broker", broker.server_command(), VAR)
    has_demo = prepare()
    print("Starting the web server and the worker …", flush=True)
    start(services, "web", web_command(), VAR)
    start(services, "worker", worker_command(), VAR)
    for part in ("web", "worker"):
        await_ready(services, part)
    print(welcome(has_demo), flush=True)
    while not (gone := died(services)):
        time.sleep(0.5)
    raise CannotStart(gone)


def bind_address() -> str:
    return f"[{HOST}]:{PORT}" if ":" in HOST else f"{HOST}:{PORT}"


def web_command() -> list[str]:
    return [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", bind_address(), "--graceful-timeout", "5"]


def worker_command() -> list[str]:
    celery = [sys.executable, "-m", "celery", "-A", "config.celery:app"]
    return [*celery, "worker", "--beat", "--concurrency", "2", "--without-mingle", "--without-gossip"]


def prepare() -> bool:
    """Migrate, and seed an empty database; return whether the demo is in it."""
    command = [sys.executable, str(ROOT / "bin" / "prepare.py")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True) as process, ending(process):
        said, _ = process.communicate()
    if process.returncode:
        raise CannotStart("The database could not be prepared (see above). `make reset` starts over with an empty one.")
    return bool(json.loads(said.splitlines()[-1])["demo"])


def await_ready(services: list[Service], part: str) -> None:
    """Wait until a part answers; a part that died meanwhile ends the waiting."""
    command = [sys.executable, str(ROOT / "bin" / "probe.py"), part, "--wait", str(READY_WITHIN)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, start_new_session=True) as probe, ending(probe):
        while probe.poll() is None:
            if gone := died(services):
                raise CannotStart(gone)
            time.sleep(0.1)
        if probe.returncode and probe.stderr:
            raise CannotStart(f"{probe.stderr.read().strip()}\nIts log is {VAR / 'log' / part}.log")


def welcome(has_demo: bool) -> str:
    shown = {"0.0.0.0": "localhost", "127.0.0.1": "localhost", "::": "localhost"}.get(HOST, HOST)  # noqa: S104 - names to show
    lines = ["", f"  Ready:  http://{shown}:{PORT}/", ""]
    if has_demo:
        lines += ["  Sign in with the password demo-password-2026 as"]
        lines += [f"    {role:17} {email:27} {where}" for role, email, where in SIGN_INS]
        lines += ["  The same six roles at birchwood.example, cedar.example and deepdale.example; all pupils are invented.", ""]
    return "\n".join([*lines, "  Logs are in var/log/. Ctrl-C stops everything."])


if __name__ == "__main__":
    sys.exit(main())
