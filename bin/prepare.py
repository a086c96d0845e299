"""Brings the database up to date and fills an empty one with the demo, before the servers start.

Progress goes to standard error; the one line on standard output is JSON: {"demo": true} where the demo's people can sign in.
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import release  # noqa: E402


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.umask(0o077)
    import django

    django.setup()
    bring_up_to_date()
    seed_if_empty()
    print(json.dumps({"demo": has_demo()}))
    return 0


def bring_up_to_date() -> None:
    """Apply what is missing; on PostgreSQL as the owner of the tables, whom the application's role is not."""
    from config.health import unapplied_migrations

    if not unapplied_migrations():
        say("Database: up to date")
        return
    say("Database: applying migrations …")
    release.migrate()


def seed_if_empty() -> None:
    """Fill an empty database with the demo, unless DEMO=0 asks for an empty one."""
    from django.core.management import call_command

    from schools.models import School

    if School.objects.exists() or os.environ.get("DEMO") == "0":
        return
    say("Demo: filling the empty database (about a minute) …")
    call_command("seed_demo", stdout=sys.stderr)


def has_demo() -> bool:
    from schools.models import User

    return User.objects.filter(email="senco@ashdown.example", is_active=True).exists()


def say(line: str) -> None:
    print(f"      {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
