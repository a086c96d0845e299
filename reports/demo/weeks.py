"""The weekly plan of the person who signs in as key worker; everybody else meets whoever has waited longest."""

from datetime import time

from pupils.models import KeyWorker
from reports.demo.scene import Scene
from targets.models import PlannedDay

FIRST_BELL, LESSON = 9 * 60, 25
SCHOOL_DAYS = len(PlannedDay.Weekday)
WITHOUT_TIME_EVERY = 4
APART = (0, 2)  # two days a week each, so that four of ten pupils have their turn on any school day


def plan_weeks(scene: Scene) -> None:
    """Each pupil of the sign-in is planned for two days; every fourth whenever there is time."""
    own = KeyWorker.objects.on(scene.today).filter(user__email=f"keyworker@{scene.place.domain}").order_by("pk")
    pupils = own.values_list("pupil", flat=True)
    PlannedDay.objects.bulk_create(
        PlannedDay(pupil_id=pupil, weekday=(number + later) % SCHOOL_DAYS + 1, at=time_of(number))
        for number, pupil in enumerate(pupils)
        for later in APART
    )


def time_of(number: int) -> time | None:
    if number % WITHOUT_TIME_EVERY == WITHOUT_TIME_EVERY - 1:
        return None
    return time(*divmod(FIRST_BELL + number * LESSON, 60))
