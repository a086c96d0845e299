"""Asks whether a part of the system works: probe.py web|worker|beat [--wait SECONDS]. Exit 0 when it does."""

import argparse
import http.client
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

BEAT_MAY_REST = 20  # minutes; it writes its own times down every three


def web() -> str:
    """Return why the web server of HOST and PORT is not ready, or an empty string."""
    host = os.environ.get("HOST", "127.0.0.1")
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - a name to replace, not an address to listen on
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".*") or "localhost"
    connection = http.client.HTTPConnection(asked, int(os.environ.get("PORT", "8000")), timeout=5)
    try:
        connection.request("GET", "/health/ready", headers={"Host": name})
        response = connection.getresponse()
        return "" if response.status == 200 else f"answers {response.status}: {_failing(response.read())}"
    except OSError as error:
        return f"does not answer ({error.strerror or error})"
    finally:
        connection.close()


def _failing(body: bytes) -> str:
    try:
        return ", ".join(json.loads(body)["failing"])
    except (ValueError, KeyError, TypeError):
        return "no word of what fails"


def worker() -> str:
    """Return why the Celery worker of this host does not answer, or an empty string; another host's says nothing about it."""
    from celery.utils.nodenames import default_nodename
    from kombu.exceptions import OperationalError

    from config.celery import app

    try:
        return "" if app.control.ping(timeout=1, limit=1, destination=[default_nodename("")]) else "does not answer"
    except OperationalError as error:
        return f"cannot be asked: {error}"


def beat() -> str:
    """Return how long the clock has started nothing, when that is too long, or an empty string.

    One that never started anything is measured from when it last wrote its schedule down, which it does as it starts.
    """
    import django

    django.setup()
    from django.db.models import Max
    from django.utils import timezone
    from django_celery_beat.models import PeriodicTask

    found = PeriodicTask.objects.filter(enabled=True).aggregate(ran=Max("last_run_at"), written=Max("date_changed"))
    last = found["ran"] or found["written"]
    if last is None:
        return "has not written its schedule down: it never started"
    minutes = (timezone.now() - last).total_seconds() / 60
    return f"has started nothing for {minutes:.0f} minutes" if minutes > BEAT_MAY_REST else ""


def wait_for(probe: Callable[[], str], seconds: float) -> str:
    """Ask until there is nothing to complain of or the time is up; return the last complaint."""
    end = time.monotonic() + seconds
    while (complaint := probe()) and time.monotonic() < end:
        time.sleep(0.2)
    return complaint


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["web", "worker", "beat"])
    parser.add_argument("--wait", type=float, default=0)
    asked = parser.parse_args()
    complaint = wait_for({"web": web, "worker": worker, "beat": beat}[asked.part], asked.wait)
    if complaint:
        print(f"The {asked.part} {complaint}", file=sys.stderr)
    return 1 if complaint else 0


if __name__ == "__main__":
    sys.exit(main())
