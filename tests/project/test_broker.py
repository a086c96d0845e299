"""The embedded broker lives in private folders, on a path that the kernel accepts, and keeps what it was told."""

import os
import signal
import stat
import subprocess
from pathlib import Path

import pytest
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from config import broker


@pytest.fixture
def server(tmp_path):
    running = broker.start(subprocess.DEVNULL, tmp_path)
    yield running
    if running.poll() is None:
        broker.stop(running)


def client(var):
    patient = Retry(ConstantBackoff(0.05), retries=200)
    address = broker.client_url(f"redis+socket://{broker.socket_path(var)}")
    return Redis.from_url(address, retry=patient, retry_on_error=[RedisConnectionError, FileNotFoundError])


def test_embedded_broker_answers_on_a_socket_of_its_own(server, tmp_path):
    with client(tmp_path) as redis:
        assert redis.ping()
        assert redis.config_get("port") == {"port": "0"}
    assert stat.S_IMODE(broker.socket_path(tmp_path).parent.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "valkey").stat().st_mode) == 0o700


def test_what_was_acknowledged_survives_a_kill(server, tmp_path):
    with client(tmp_path) as redis:
        redis.config_set("appendfsync", "always")
        redis.rpush("celery", "a nudge")
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    again = broker.start(subprocess.DEVNULL, tmp_path)
    try:
        with client(tmp_path) as redis:
            assert redis.lrange("celery", 0, -1) == [b"a nudge"]
    finally:
        broker.stop(again)


def test_a_long_path_falls_back_to_a_short_private_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    path = broker.socket_path(tmp_path / ("x" * 120))
    assert len(os.fsencode(path)) < 107
    assert path.is_relative_to("/run/user/1000")


def test_two_checkouts_never_share_a_socket(tmp_path):
    assert broker.socket_path(tmp_path / ("x" * 120)) != broker.socket_path(tmp_path / ("y" * 120))


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(broker.UnsafeSocketFolder):
        broker.private_folder(tmp_path / "link")


def test_a_folder_of_somebody_else_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(broker.UnsafeSocketFolder):
        broker.private_folder(tmp_path)


def test_redis_url_wins_over_the_embedded_broker(monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://broker:6379/0")
    assert not broker.is_embedded()
    assert broker.broker_url() == "redis://broker:6379/0"
    monkeypatch.delenv("REDIS_URL")
    assert broker.is_embedded()
    assert broker.broker_url().startswith("redis+socket:///")
    assert broker.client_url("redis+socket:///a/b.sock") == "unix:///a/b.sock"
    assert Path(broker.broker_url().removeprefix("redis+socket://")).name == "valkey.sock"
