"""manage.py setup_database_roles: the migrator and the application role of an installation on PostgreSQL."""

import os
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.base import BaseCommand, CommandError
from psycopg import Error

from schools.fences import APPLICATION, MIGRATOR
from schools.services.database_roles import CannotSetUpRoles, set_up_roles

VARIABLES = {MIGRATOR: "MIGRATOR_PASSWORD", APPLICATION: "APPLICATION_PASSWORD"}


class Command(BaseCommand):
    help = (
        "Make the database roles, hand the tables to the migrator and grant the application its rights. Connects with "
        "MIGRATOR_DATABASE_URL, else DATABASE_URL: as a superuser the first time, then as the migrator. Passwords come from "
        "MIGRATOR_PASSWORD and APPLICATION_PASSWORD, else from the two addresses. Safe to run at any time."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        url = os.environ.get("MIGRATOR_DATABASE_URL") or os.environ.get("DATABASE_URL", "")
        if urlsplit(url).scheme not in ("postgres", "postgresql"):
            raise CommandError(
                "Roles are of PostgreSQL. Without DATABASE_URL the database is SQLite, for trying out: there is nothing to set up."
            )
        passwords = {role: password_of(role, variable) for role, variable in VARIABLES.items()}
        try:
            for line in set_up_roles(url=url, passwords=passwords):
                self.stdout.write(line)
        except CannotSetUpRoles as refused:
            raise CommandError(str(refused)) from refused
        except Error as error:
            raise CommandError(f"PostgreSQL refused: {error}") from error


def password_of(role: str, variable: str) -> str:
    """Return a role's password from its own variable, else from the address that signs in as it."""
    if given := os.environ.get(variable):
        return given
    addresses = [urlsplit(os.environ.get(name, "")) for name in ("DATABASE_URL", "MIGRATOR_DATABASE_URL")]
    return next((unquote(address.password) for address in addresses if address.username == role and address.password), "")
