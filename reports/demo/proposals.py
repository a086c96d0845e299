"""Targets that colleagues propose and the SENCO has not decided on yet; and one that was declined kindly."""

from dataclasses import dataclass
from datetime import timedelta

from pupils.models import KeyWorker
from reports.demo.children import Child
from reports.demo.days import weekday_from
from reports.demo.people import Staff
from reports.demo.scene import Scene
from schools.models import User
from targets.choices import choices_for
from targets.models import Target
from targets.services import decline_proposal, propose_target
from targets.services.targets import Wish

BECAUSE = "A good idea for next term. Two of the present targets ask for much the same."
EVERY, FIRST = 5, 2  # the places of the pupils, so that those of other plays are left alone


@dataclass(frozen=True)
class Idea:
    """What somebody proposes: about what, how many days ago, in which words; no bank and no skill has the same ones."""

    about: str
    days_ago: int
    wording: str
    know: str
    start: int = 1
    aim: int = 3
    subject: str = ""


IDEAS = (
    Idea("skill:finding-my-calm", 4, "I notice when I get wound up and use my breathing", "The class team sees it on most days."),
    Idea("skill:trying-new-things", 2, "I try one new thing a week and say how it was", "Told or shown in the Friday talk.", aim=2),
    Idea("strand:independence", 1, "I get my things ready before the bell", "All there at the start of three lessons a day."),
    Idea("academic", 6, "I learn my five times table", "Nine of ten right, twice.", start=0, aim=2, subject="Maths"),
)
DECLINED = Idea("skill:following-what-is-said", 9, "I follow every instruction the first time", "Starts without asking what to do.")
OF_A_KEY_WORKER = Idea("skill:keeping-going", 3, "I stay with a hard task for five more minutes", "The timer shows it.")
LONGEST_AGO = timedelta(days=14)


def propose_some(scene: Scene, staff: Staff) -> None:
    """Proposals of a teacher that wait, one that was declined, and where key workers only propose, one of theirs."""
    teacher, key_worker = (staff[f"{role}@{scene.place.domain}"] for role in ("teacher", "keyworker"))
    here = [child for child in scene.children if child.is_on_roll(scene.today - LONGEST_AGO) and child.is_on_roll(scene.today)]
    supported = [child for child in here if child.provision != "N"]
    for child, idea in zip(supported[FIRST::EVERY], IDEAS, strict=False):
        _propose(scene, child, idea, teacher)
    declined = _propose(scene, supported[FIRST - 1], DECLINED, teacher)
    decline_proposal(proposal=declined, because=BECAUSE, by=scene.senco, on=min(declined.set_on + timedelta(days=2), scene.today))
    if not scene.place.key_workers_set_targets:
        own = set(KeyWorker.objects.on(scene.today).filter(user=key_worker).values_list("pupil", flat=True))
        _propose(scene, next(child for child in here if child.pupil.pk in own), OF_A_KEY_WORKER, key_worker)


def _propose(scene: Scene, child: Child, idea: Idea, by: User) -> Target:
    day = weekday_from(scene.today - timedelta(days=idea.days_ago))
    return propose_target(pupil=child.pupil, wish=wish_of(scene, idea), by=by, on=min(day, scene.today))


def wish_of(scene: Scene, idea: Idea) -> Wish:
    choice = choices_for(scene.school.partnership_id)[idea.about]
    return Wish(idea.wording, idea.start, idea.aim, choice.strand, choice.skill, idea.subject, idea.know)
