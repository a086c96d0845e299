"""python -m tests.drills [kills] [redis] [savers] [--kills 50] [--flushes 20] [--pairs 1000]: each many times, on a database of its own."""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.drills.crew import Crew
    from tests.drills.drills import Turn
    from tests.drills.ground import Ground

RECOVERED_WITHIN = 60  # seconds, for nineteen turns of twenty


def main() -> int:
    choice = argparse.ArgumentParser(prog="drills", description=__doc__)
    choice.add_argument("drills", nargs="*", help="kills, redis, savers; without a name all of them")
    choice.add_argument("--kills", type=int, default=50, help="how many workers to kill -9")
    choice.add_argument("--flushes", type=int, default=20, help="how often to empty Redis")
    choice.add_argument("--pairs", type=int, default=1000, help="how many pairs of people save one row at the same moment")
    chosen = choice.parse_args()
    from bench.database import own_database

    os.umask(0o077)
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    with tempfile.TemporaryDirectory(prefix="send-drills-") as folder:
        os.environ |= {"VAR_DIR": folder, "MEDIA_ROOT": f"{folder}/media"}
        os.environ.pop("REDIS_URL", None)
        with own_database():
            return run(Path(folder), chosen)


def run(folder: Path, chosen: argparse.Namespace) -> int:
    """Do the chosen drills, each with a summary line; 1 where anything was lost, doubled or slow."""
    import django

    django.setup()
    from tests.drills.crew import Crew
    from tests.drills.ground import Ground

    crew, ground = Crew(folder, os.environ["DATABASE_URL"]), Ground.make()
    every: dict[str, Callable[[], int]] = {
        "kills": lambda: summed_up("kills", kills(crew, ground, chosen.kills)),
        "redis": lambda: summed_up("redis", flushes(crew, ground, chosen.flushes)),
        "savers": lambda: savers(chosen.pairs),
    }
    try:
        return max(every[name]() for name in chosen.drills or every)
    finally:
        crew.go_home()


def kills(crew: "Crew", ground: "Ground", how_many: int) -> Iterator["Turn"]:
    """A report and a review's letters in turn, the blow at a random moment of the work."""
    from reports.models import Job
    from tests.drills.drills import kill_in_the_middle

    random = Random(how_many)  # noqa: S311
    for number in range(how_many):
        ask = ground.ask_for_letters if number % 2 else ground.ask_for_report
        yield kill_in_the_middle(crew, ground, ask, lambda job: job.state == Job.State.RUNNING, later=random.random())


def flushes(crew: "Crew", ground: "Ground", how_many: int) -> Iterator["Turn"]:
    from tests.drills.drills import flush_before_work

    for _ in range(how_many):
        yield flush_before_work(crew, ground, ground.ask_for_report)


def savers(how_many: int) -> int:
    """Two people at one row, many times over."""
    from tests.drills.savers import Desk, pairs

    wrongs, met = 0, 0
    for pair in pairs(Desk.make(), how_many):
        for wrong in pair.wrongs:
            print(f"  {wrong}", flush=True)
        wrongs += len(pair.wrongs)
        met += pair.met
    print(f"savers: {how_many} pairs, {met} at the same moment; {wrongs} overwritten silently, lost or asked without need", flush=True)
    return int(wrongs > 0)


def summed_up(name: str, turns: Iterator["Turn"]) -> int:
    """Say each wrong as it comes, then one line about all turns."""
    wrongs, seconds, hits = 0, [], 0
    for turn in turns:
        for wrong in turn.wrongs:
            print(f"  {wrong}", flush=True)
        wrongs += len(turn.wrongs)
        hits += turn.was_in_the_middle
        seconds.append(turn.seconds)
    slowest = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    print(
        f"{name}: {len(seconds)} turns, {hits} in the middle of the work; {wrongs} lost or doubled; "
        f"right again after {statistics.median(seconds):.1f} s at the median, {slowest:.1f} s at the 95th percentile",
        flush=True,
    )
    return int(wrongs > 0 or slowest > RECOVERED_WITHIN)


if __name__ == "__main__":
    sys.exit(main())
