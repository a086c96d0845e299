"""Real workers over a database, a broker and a folder of their own. Each can be stopped for a while, or killed without warning."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from celery import Celery
from django.conf import settings
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from config import broker

ROOT = Path(settings.BASE_DIR)
LEASE_SECONDS = 2
PATIENCE = 120.0
COMMAND = [
    sys.executable,
    "-m",
    "celery",
    "-A",
    "config.celery:app",
    "worker",
    "--concurrency",
    "1",
    "--without-mingle",
    "--without-gossip",
]


class TooLong(Exception):
    """What a drill waited for did not happen."""


def wait_until(happened: Callable[[], object], what: str, seconds: float = PATIENCE) -> float:
    """Look again and again; return how long it took. Raises TooLong."""
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > seconds:
            raise TooLong(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - began


@dataclass
class Crew:
    """The folder that holds all their data, the database they work on, and the workers that are alive."""

    var: Path
    database_url: str
    alive: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.broker = broker.start(subprocess.DEVNULL, self.var)
        self.nudger = Celery("drills", broker=f"redis+socket://{broker.socket_path(self.var)}")
        patient = Retry(ConstantBackoff(0.05), retries=200)
        self.redis = Redis.from_url(
            broker.client_url(self.nudger.conf.broker_url), retry=patient, retry_on_error=[RedisConnectionError, FileNotFoundError]
        )
        self.redis.ping()

    @property
    def environment(self) -> dict[str, str]:
        """As `make run` has it, with a short lease."""
        return {
            **{name: value for name, value in os.environ.items() if name not in ("REDIS_URL", "DATABASE_ROLE")},
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATABASE_URL": self.database_url,
            "VAR_DIR": str(self.var),
            "MEDIA_ROOT": str(self.var / "media"),
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
        }

    def start_worker(self) -> subprocess.Popen[bytes]:
        with (self.var / "worker.log").open("ab") as log:
            worker = subprocess.Popen(COMMAND, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True)
        self.alive.append(worker)
        return worker

    def signal(self, number: int) -> None:
        """Send a signal to every process of every worker."""
        for worker in self.alive:
            os.killpg(worker.pid, number)

    def kill_workers(self) -> None:
        """kill -9, the children too: nobody gets a chance to tidy up."""
        self.signal(signal.SIGKILL)
        for worker in self.alive:
            worker.wait()
        self.alive.clear()

    def go_home(self) -> None:
        self.kill_workers()
        self.redis.close()
        self.nudger.close()
        broker.stop(self.broker)
