"""Child processes of a run: started in sessions of their own, watched, and stopped without leaving any behind."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 10.0
TAIL = 20


@dataclass
class Service:
    """One process with its log; its id is also the id of its process group."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path


def start(services: list[Service], name: str, command: list[str], var: Path) -> None:
    """Start a service and note it at once, so that an interrupt finds it in the list."""
    log = var / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*_dies_with_us(), *command],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    services.append(Service(name, process, log))


def _dies_with_us() -> list[str]:
    """Where the system can: a child ends even if this process is killed without a chance to stop it."""
    return ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


@contextlib.contextmanager
def ending(process: subprocess.Popen[str]) -> Iterator[None]:
    """Leave nothing of a helper's process group behind, whatever interrupts the wait for it."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise


def died(services: list[Service]) -> str:
    """Return what there is to say about the first service that ended by itself, or an empty string."""
    for service in services:
        if (code := service.process.poll()) is not None:
            return f"The {service.name} stopped by itself (exit {code}). The end of {service.log}:\n{tail(service.log)}"
    return ""


def tail(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines()[-TAIL:]
    return "\n".join(f"  | {line}" for line in lines) or "  | (empty)"


def stop_all(services: list[Service]) -> None:
    """Stop the services, the latest first, except that the broker outlives all; a second interrupt kills at once."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: _kill_groups(services))
    others = [service for service in services if service.name != "broker"]
    for group in (others, [service for service in services if service.name == "broker"]):
        for service in group:
            _signal(service, signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        for service in group:
            with contextlib.suppress(subprocess.TimeoutExpired):
                service.process.wait(max(0.1, end - time.monotonic()))
        _kill_groups(group)


def _signal(service: Service, number: int) -> None:
    if service.process.poll() is None:
        service.process.send_signal(number)


def _kill_groups(services: list[Service]) -> None:
    """Kill what is left of each process group: nothing that was started here stays behind."""
    for service in services:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(service.process.pid, signal.SIGKILL)
        service.process.wait()
