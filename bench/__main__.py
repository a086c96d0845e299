"""python -m bench [small|national]: a database of its own, seeded, measured, printed, recorded, dropped."""

import os
import sys
from itertools import chain
from time import perf_counter

from bench import database, results
from bench.sizes import SIZES, Size
from bench.stopwatch import Result, measure


def main(scale: str) -> int:
    size = SIZES.get(scale)
    if size is None:
        print(f"No such scale: {scale}. There are {', '.join(SIZES)}.", file=sys.stderr)
        return 2
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    with database.own_database() as postgresql:
        head = results.heading(scale, postgresql)
        print(head, flush=True)
        results.record(head, run(size))
    return 0


def run(size: Size) -> list[Result]:
    """Seed, then measure case by case, saying each as it comes."""
    import django

    django.setup()
    from django.utils import timezone

    from bench import completing, figures, grid, letters, pages, rolls, saves
    from bench.seeding import seed

    began = perf_counter()
    ground = seed(size, timezone.localdate())
    with database.as_owner() as owner:
        owner.execute("ANALYZE")
    print(f"Seeded {size.schools} schools of {size.pupils} pupils in {perf_counter() - began:.0f} s", flush=True)
    cases = chain(
        pages.cases(ground),
        grid.cases(ground),
        saves.cases(ground),
        completing.cases(ground),
        figures.cases(ground),
        letters.cases(ground),
        rolls.cases(ground, size.roll),
    )
    found = []
    for result in measure(cases, size.turns):
        print(results.line(result), flush=True)
        found.append(result)
    return found


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["small"])))
