"""Production refuses each unsafe value by its name, and starts with a safe set."""

import os
import subprocess
import sys

import pytest

from config.checks import refuse_unsafe

SAFE = {
    "SECRET_KEY": "q7Rk2vX9mB4tZ8wL1nC6yH3dJ5fG0sPaEeUuIiOoTtRrWwQqAaSsDdFf",
    "ALLOWED_HOSTS": "progress.trust.org,www.progress.trust.org",
    "CSRF_TRUSTED_ORIGINS": "https://progress.trust.org",
    "DATABASE_URL": "postgres://send_application:secret@db/progress",
    "REDIS_URL": "rediss://broker:6379/0",
    "EMAIL_HOST": "mail.trust.org",
    "EMAIL_HOST_PASSWORD": "secret",
    "DEFAULT_FROM_EMAIL": "SEND progress <progress@trust.org>",
}


def test_a_safe_environment_has_nothing_to_refuse():
    assert refuse_unsafe(SAFE) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "ab" * 40),
        ("SECRET_KEY", "django-insecure-" + SAFE["SECRET_KEY"]),
        ("SECRET_KEY", "change-me-" + SAFE["SECRET_KEY"]),
        ("DEBUG", "1"),
        ("DEBUG", "True"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", " , "),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "progress.trust.org,*.trust.org"),
        ("CSRF_TRUSTED_ORIGINS", "http://progress.trust.org"),
        ("CSRF_TRUSTED_ORIGINS", "https://*.trust.org"),
        ("DATABASE_URL", ""),
        ("DATABASE_URL", "sqlite:////srv/db.sqlite3"),
        ("DATABASE_URL", "postgres://postgres:secret@db/progress"),
        ("REDIS_URL", ""),
        ("REDIS_URL", "memory://"),
        ("EMAIL_HOST", ""),
        ("EMAIL_USE_TLS", "0"),
        ("DEFAULT_FROM_EMAIL", ""),
        ("DEFAULT_FROM_EMAIL", "no-reply@partnership.example"),
        ("DEFAULT_FROM_EMAIL", "SEND progress <progress@trust.example>"),
    ],
)
def test_an_unsafe_value_is_refused_by_its_name(name, value):
    (reason,) = refuse_unsafe({**SAFE, name: value})
    assert reason.startswith(f"{name} ")


def test_no_reason_repeats_a_secret():
    reasons = refuse_unsafe(
        {"SECRET_KEY": "hunter2", "DATABASE_URL": "sqlite://hunter2", "EMAIL_HOST_PASSWORD": "hunter2", "EMAIL_USE_TLS": "0"}
    )
    assert "hunter2" not in "".join(reasons)


def start_production(environment):
    command = [sys.executable, "-c", "import config.settings.production"]
    return subprocess.run(command, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False)


def test_production_settings_start_with_safe_values():
    assert start_production(SAFE).returncode == 0


def test_production_settings_stop_at_an_unsafe_value_and_name_every_one():
    stopped = start_production({**SAFE, "ALLOWED_HOSTS": "*", "DEBUG": "1"})
    assert stopped.returncode != 0
    assert "ALLOWED_HOSTS contains *" in stopped.stderr
    assert "DEBUG is on" in stopped.stderr
