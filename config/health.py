"""Two questions a supervisor asks: does the process live, and may it be sent requests. No sign-in, no detail."""

import contextlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from config.broker import client_url
from schools.fences import unsafe_role_reasons

log = logging.getLogger(__name__)


@login_not_required
@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. Asks nothing else: a restart would not mend a database."""
    return JsonResponse({"live": True})


@login_not_required
@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """The process can do its work; otherwise 503 with the names of what fails, and no more."""
    names = failing()
    if names:
        log.warning("not ready: %s", ", ".join(names))
    return JsonResponse({"ready": not names, "failing": names}, status=503 if names else 200)


def failing() -> list[str]:
    """Name what does not work; of the database the first thing only, since each question presupposes the one before."""
    of_database = {
        "database": database_answers,
        "role": lambda: not unsafe_role_reasons(),
        "migrations": lambda: not unapplied_migrations(),
    }
    first = next((name for name, question in of_database.items() if not _holds(question)), None)
    redis = None if _holds(redis_answers) else "redis"
    return [name for name in (first, redis) if name]


def _holds(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (DatabaseError, ImproperlyConfigured, RedisError, OSError):
        return False


def database_answers() -> bool:
    """A connection that is refused for its role answers too: the next question names the role."""
    with contextlib.suppress(ImproperlyConfigured), connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def unapplied_migrations() -> list[str]:
    """Name the migrations that this code has and the database has not."""
    executor = MigrationExecutor(connection)
    return [f"{migration.app_label}.{migration.name}" for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def redis_answers() -> bool:
    with Redis.from_url(client_url(settings.CELERY_BROKER_URL), socket_connect_timeout=1, socket_timeout=1) as client:
        return bool(client.ping())
