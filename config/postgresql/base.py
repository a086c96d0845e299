"""Django's PostgreSQL backend, refusing a role that could pass row-level security.

The look-up is made once a process and role, at the first connection: web, worker and every command meet it alike.
"""

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base

from schools.fences import unsafe_role_reasons


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection of the application role, or of the migrator where DATABASE_ROLE says so."""

    _found_safe: ClassVar[set[tuple[str, str]]] = set()

    def init_connection_state(self) -> None:
        super().init_connection_state()
        who = (str(self.settings_dict["NAME"]), str(self.settings_dict["USER"]))
        if settings.DATABASE_ROLE == "migrator" or who in self._found_safe:
            return
        if reasons := unsafe_role_reasons(self):
            raise ImproperlyConfigured("This server will not start: " + "; ".join(reasons) + ". See manage.py setup_database_roles.")
        self._found_safe.add(who)
