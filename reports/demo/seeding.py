"""The demo in the order in which it is made: the partnership, then school by school, all or nothing."""

from collections.abc import Callable
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from assessments.models import Review
from pupils.models import Contact, KeyWorker, Need, Profile, Pupil, SupportStatus
from reports.demo import places
from reports.demo.children import Child, children_of
from reports.demo.days import at, plan_around, year_start
from reports.demo.dice import settle_public_ids
from reports.demo.drafts import Drafter
from reports.demo.families import family_of, mark_cases
from reports.demo.history import play_cycles
from reports.demo.key_workers import key_workers_of
from reports.demo.moderating import moderate
from reports.demo.one_to_ones import write_one_to_ones
from reports.demo.outcomes import write_outcomes
from reports.demo.papers import ask_for_some_letters, ask_for_the_report, build_figures
from reports.demo.people import PASSWORD, Staff, add_second_school, make_lead, make_staff
from reports.demo.places import Place, make_partnership, make_school
from reports.demo.present import open_next_cycle
from reports.demo.profiles import ProfileWriter, is_still_empty
from reports.demo.proposals import propose_some
from reports.demo.scene import Scene
from reports.demo.support import needs_of, support_of
from reports.demo.targets import TargetWriter
from reports.demo.voices import write_voices
from reports.demo.weeks import plan_weeks
from reports.models import ProgressReport
from schools.cycles import academic_year_of
from schools.models import CycleDates, Membership, Partnership, School, User
from schools.tenancy import in_school
from targets.models import Strand, Target, TargetLanguage
from targets.services import start_language

OVERDUE_PLAN = 3  # the place, among those with a plan, of the one whose annual review is late


class DatabaseInUse(Exception):
    """There are schools here already: everybody knows the demo's password, so it goes only into an empty database."""

    def __init__(self) -> None:
        super().__init__("This database already holds schools. The demo's password is public, so it goes only into an empty database.")


def is_seeded() -> bool:
    return Partnership.objects.filter(slug=places.SLUG).exists()


def _quietly(line: str) -> None:
    """Say nothing."""


@transaction.atomic
def seed_demo(*, today: date, say: Callable[[str], object] = _quietly) -> None:
    """Make everything. Raises DatabaseInUse where there is a school, or anybody with a role, that is not of the demo."""
    if School.objects.exists() or Membership.objects.exists():
        raise DatabaseInUse
    partnership, password = make_partnership(), make_password(PASSWORD)
    lead = make_lead(partnership, today, password)
    language = start_language(partnership=partnership, by=lead)
    since = year_start(academic_year_of(today) - 2)
    TargetLanguage.objects.filter(pk=language.pk).update(published_on=since)  # the service knows only the real today
    for place in places.PLACES:
        say(f"  {place.name}: staff, pupils, targets, reviews")
        over = seed_school(place, partnership, since, today, password)
    add_second_school(User.objects.get(email="governor@cedar.example"), School.objects.get(slug="deepdale"), today)
    ask_for_the_report(partnership, over, lead)
    moderate(partnership, lead, today)
    for model in (Membership, ProgressReport):
        settle_public_ids(model)


def seed_school(place: Place, partnership: Partnership, since: date, today: date, password: str) -> CycleDates:
    """One school with all that belongs to it. Returns the cycle that is over, which is the same in all schools."""
    school = make_school(place, partnership, since)
    staff = make_staff(school, today, password)
    with in_school(school):
        children = seed_pupils(place, staff, today)
        over = play(place, school, children, staff, today)
        for model in (Pupil, Contact, Target, Review):
            settle_public_ids(model, place.slug)
    return over


def play(place: Place, school: School, children: list[Child], staff: Staff, today: date) -> CycleDates:
    """Three cycles that are over and one that is under way; figures of all, and letters of some reviews. Returns the last one over."""
    senco = staff[f"senco@{place.domain}"]
    strands = {strand.key: strand for strand in Strand.objects.published_for(school.partnership_id).with_descriptors()}
    scene = Scene(school, place, children, senco, TargetWriter(school, strands, senco), today)
    drafter, (over, now) = Drafter(scene), plan_around(school, today)
    play_cycles(scene, drafter, over, now)
    open_next_cycle(scene, drafter, now)
    propose_some(scene, staff)
    write_one_to_ones(scene)
    write_outcomes(scene)
    plan_weeks(scene)
    write_voices(scene)
    build_figures(scene)
    ask_for_some_letters(scene)
    return over[-1]


def seed_pupils(place: Place, staff: Staff, today: date) -> list[Child]:
    """Pupils with provision, needs, profile, contacts and key workers."""
    children = children_of(place, today)
    Pupil.objects.bulk_create([child.pupil for child in children])
    seed_support(children, today)
    seed_profiles(children, ProfileWriter(place.slug, staff[f"senco@{place.domain}"]), today)
    families = [family_of(child) for child in children]
    mark_cases(families, today)
    Contact.objects.bulk_create([adult for family in families for adult in family])
    KeyWorker.objects.bulk_create(key_workers_of(place, children, staff, today))
    return children


def seed_profiles(children: list[Child], writer: ProfileWriter, today: date) -> None:
    """A profile for each pupil who has been asked; its change bears the day on which it was told."""
    told = [writer.write(child, today) for index, child in enumerate(children) if not is_still_empty(index)]
    Profile.objects.bulk_create(told)
    for profile in told:
        profile.changed_at = at(profile.told_on or today, 15, 30)
    Profile.objects.bulk_update(told, ["changed_at"])


def seed_support(children: list[Child], today: date) -> None:
    with_plan = [child for child in children if child.provision == "E" and child.is_on_roll(today)]
    statuses = [support_of(child, today, is_overdue=child is with_plan[OVERDUE_PLAN]) for child in children]
    SupportStatus.objects.bulk_create([status for each in statuses for status in each])
    Need.objects.bulk_create([need for child, each in zip(children, statuses, strict=True) for need in needs_of(child, each[-1].starts_on)])
