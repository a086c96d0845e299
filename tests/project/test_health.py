"""Health is asked without signing in, and answers 503 with names only when something fails."""

import subprocess

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from redis import Redis
from redis.backoff import ConstantBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from config import broker, health

pytestmark = pytest.mark.django_db


@pytest.fixture
def redis(settings, tmp_path):
    server = broker.start(subprocess.DEVNULL, tmp_path)
    settings.CELERY_BROKER_URL = f"redis+socket://{broker.socket_path(tmp_path)}"
    patient = Retry(ConstantBackoff(0.05), retries=200)
    address = broker.client_url(settings.CELERY_BROKER_URL)
    with Redis.from_url(address, retry=patient, retry_on_error=[RedisConnectionError, FileNotFoundError]) as client:
        client.ping()
    yield
    broker.stop(server)


@pytest.fixture
def no_redis(settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"


def ask_ready(client):
    response = client.get(reverse("health-ready"))
    return response.status_code, response.json()


def test_live_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(reverse("health-live"))
    assert (response.status_code, response.json()) == (200, {"live": True})


def test_ready_when_everything_answers(client, redis):
    assert ask_ready(client) == (200, {"ready": True, "failing": []})


def test_missing_redis_is_named(client, no_redis):
    assert ask_ready(client) == (503, {"ready": False, "failing": ["redis"]})


def test_unapplied_migration_is_named(client, redis, monkeypatch):
    applied = MigrationRecorder.applied_migrations
    monkeypatch.setattr(
        MigrationRecorder, "applied_migrations", lambda self: {key: row for key, row in applied(self).items() if key[0] != "reports"}
    )
    assert ask_ready(client) == (503, {"ready": False, "failing": ["migrations"]})
    assert "reports.0001_rows" in health.unapplied_migrations()


def test_database_that_does_not_answer_is_named_without_a_detail(client, redis, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise OperationalError("password of send_application is wrong at db.internal")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert ask_ready(client) == (503, {"ready": False, "failing": ["database"]})


def test_role_that_could_pass_the_fences_is_named(client, redis, monkeypatch):
    monkeypatch.setattr(health, "unsafe_role_reasons", lambda: ["the database role postgres is a superuser"])
    assert ask_ready(client) == (503, {"ready": False, "failing": ["role"]})


def test_role_refused_at_the_connection_is_named_too(client, redis, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ImproperlyConfigured("the database role postgres is a superuser")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(health, "unsafe_role_reasons", refuse)
    assert ask_ready(client) == (503, {"ready": False, "failing": ["role"]})


def test_health_is_never_kept_and_never_written_to(client, no_redis):
    assert "no-store" in client.get(reverse("health-live")).headers["Cache-Control"]
    assert client.post(reverse("health-ready")).status_code == 405
