"""What a web server, a worker and a clock look at once before they begin to serve. Commands such as migrate do not come by here."""

import logging
from contextlib import closing

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

log = logging.getLogger(__name__)


def refuse_unsafe_role() -> None:
    """Raise unless this process will work as a role that row-level security holds.

    The connection is one of its own and closed again, since the web server forks afterwards. A database that does not
    answer yet is no reason to stay away: each later connection looks at its role too, and /health/ready says what is missing.
    """
    if settings.DATABASE_ROLE != "application":
        raise ImproperlyConfigured(
            f"This server will not start: DATABASE_ROLE is {settings.DATABASE_ROLE}, which looks at no role and is for migrate alone. "
            "Remove the variable."
        )
    try:
        with closing(connections.create_connection(DEFAULT_DB_ALIAS)) as connection:
            connection.connect()
    except OperationalError:
        log.warning("The database does not answer yet; its role is looked at with the first connection")


def stop_an_unsafe_process(**_of_celery: object) -> None:
    """End a Celery process: a mere exception in a handler of its signals would be logged, and the process would go on."""
    try:
        refuse_unsafe_role()
    except ImproperlyConfigured as reason:
        raise SystemExit(str(reason)) from None
