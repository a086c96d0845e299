"""What a new version does once, before its servers start: migrate as the owner of the tables, then grant the application its rights."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def release() -> None:
    """Apply what is missing. The application's role owns no table, so on PostgreSQL the migrator does it and then grants.

    With ADMIN_DATABASE_URL, a superuser's, the two roles are made first, or given the passwords that they have now.
    """
    if administrator := os.environ.get("ADMIN_DATABASE_URL"):
        manage("setup_database_roles", MIGRATOR_DATABASE_URL=administrator)
    owner = os.environ.get("MIGRATOR_DATABASE_URL")
    manage("migrate", "--noinput", "--verbosity=0", **({"DATABASE_URL": owner, "DATABASE_ROLE": "migrator"} if owner else {}))
    if owner:
        manage("setup_database_roles")


def manage(*command: str, **environment: str) -> None:
    """Run one of the project's commands; its failure ends this program too."""
    done = subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env={**os.environ, **environment}, check=False)
    if done.returncode:
        sys.exit(done.returncode)


if __name__ == "__main__":
    release()
