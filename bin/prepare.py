"""Brings the database up to date and fills an empty one with the demo, before the servers start.

Progress goes to standard error; the one line on standard output is JSON: {"demo": true} where the demo's people can sign in.
"""

import io
import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from release import release  # noqa: E402


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    os.umask(0o077)
    import django

    django.setup()
    bring_up_to_date()
    print(json.dumps({"demo": seed_if_empty()}))
    return 0


def bring_up_to_date() -> None:
    """Apply what is missing; on PostgreSQL as the owner of the tables, whom the application's role is not."""
    from config.health import unapplied_migrations

    if not unapplied_migrations():
        say("Database: up to date")
        return
    say("Database: applying migrations …")
    release()


def seed_if_empty() -> bool:
    """Fill an embedded database that holds no school; return whether the demo is what it holds.

    A database of DATABASE_URL is somebody's own: people with a known password are put there only by `manage.py seed_demo`.
    """
    from django.core.management import call_command

    from reports.demo.seeding import is_seeded
    from schools.models import School

    if not os.environ.get("DATABASE_URL") and not School.objects.exists():
        say("Demo: filling the empty database (some seconds) …")
        call_command("seed_demo", stdout=io.StringIO())
    return is_seeded()


def say(line: str) -> None:
    print(f"      {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
