"""What a run starts it also stops, with everything that those processes started in turn."""

import os
import select
import signal
import sys

import pytest

from services import died, start, stop_all, tail

WAITS = "import signal; signal.pause()"
HAS_A_CHILD = (
    f"import subprocess, sys; child = subprocess.Popen([sys.executable, '-c', {WAITS!r}]); print(child.pid, flush=True); child.wait()"
)
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); signal.pause()"


@pytest.fixture
def services():
    """Services of one test; the handlers that stopping sets are put back."""
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    started = []
    yield started
    stop_all(started)
    for number, handler in former.items():
        signal.signal(number, handler)


def python(code):
    return [sys.executable, "-c", code]


def has_ended(handle):
    """Whether the process behind a handle ends within ten seconds."""
    return bool(select.select([handle], [], [], 10)[0])


def first_line(service):
    """Wait until the service has written a line, or has ended."""
    while service.process.poll() is None and "\n" not in service.log.read_text():
        os.sched_yield()
    return service.log.read_text().splitlines()[0]


def test_children_of_a_service_end_with_it(services, tmp_path):
    start(services, "web", python(HAS_A_CHILD), tmp_path)
    child = os.pidfd_open(int(first_line(services[0])))
    stop_all(services)
    assert services[0].process.returncode == -signal.SIGTERM
    assert has_ended(child)
    os.close(child)


def test_a_service_that_does_not_listen_is_killed(services, tmp_path, monkeypatch):
    monkeypatch.setattr("services.PATIENCE", 0.2)
    start(services, "worker", python(DEAF), tmp_path)
    assert first_line(services[0]) == "deaf"
    stop_all(services)
    assert services[0].process.returncode == -signal.SIGKILL


def test_a_service_that_ends_by_itself_is_named_with_the_end_of_its_log(services, tmp_path):
    start(services, "web", python(WAITS), tmp_path)
    start(services, "worker", python("import sys; print('no broker'); sys.exit(3)"), tmp_path)
    services[1].process.wait()
    assert "The worker stopped by itself (exit 3)" in died(services)
    assert "| no broker" in died(services)


def test_nothing_is_said_while_all_live(services, tmp_path):
    start(services, "web", python(WAITS), tmp_path)
    assert died(services) == ""


def test_only_the_end_of_a_long_log_is_shown(tmp_path):
    log = tmp_path / "web.log"
    log.write_text("\n".join(str(number) for number in range(100)))
    assert tail(log).splitlines()[0] == "  | 80"
    assert len(tail(log).splitlines()) == 20


def test_the_broker_outlives_the_others(services, tmp_path, monkeypatch):
    """A worker that finishes its last task while stopping must still reach the broker."""
    order = []
    monkeypatch.setattr("services._signal", lambda service, number: (order.append(service.name), service.process.send_signal(number)))
    for name in ("broker", "web", "worker"):
        start(services, name, python(WAITS), tmp_path)
    stop_all(services)
    assert order == ["web", "worker", "broker"]
