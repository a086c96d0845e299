"""Deletes what a run has made, so that the next one begins with a fresh demo. Refuses while a run is in progress."""

import fcntl
import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
MADE_BY_A_RUN = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", "media", "mail", "valkey", "log")


def main() -> int:
    VAR.mkdir(parents=True, exist_ok=True)
    with (VAR / "run.pid").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            print(f"It is running (process {lock.read().strip()}). Stop it with Ctrl-C, then reset.", file=sys.stderr)
            return 1
        deleted = [name for name in MADE_BY_A_RUN if delete(VAR / name)]
    print(f"Deleted from {VAR}: {', '.join(deleted)}." if deleted else f"There was nothing to delete in {VAR}.")
    if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
        print("DATABASE_URL or REDIS_URL is set: what lies there was not touched.")
    return 0


def delete(path: Path) -> bool:
    if path.is_dir():
        shutil.rmtree(path)
        return True
    existed = path.exists()
    path.unlink(missing_ok=True)
    return existed


if __name__ == "__main__":
    sys.exit(main())
