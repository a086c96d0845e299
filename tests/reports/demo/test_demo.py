"""The demo: the same for the same day, real in its mix, plainly synthetic, and right by the rules of the app."""

import re
from collections import Counter
from datetime import date, timedelta

import pytest
from django.test import Client

from assessments.models import Judgement, Review, ReviewCycle
from assessments.services import lines_of
from pupils.importing import upn
from pupils.models import Contact, KeyWorker, Need, Profile, Pupil, SupportStatus
from reports.demo.people import LEAD, PASSWORD, SIGN_INS
from schools.models import CycleDates, Membership, PartnershipSchool, School, User
from targets.models import Target
from tests.reports.demo.runs import TODAY

SENTENCE_END = (".", "!", "?")


pytestmark = pytest.mark.django_db


def schools() -> list[School]:
    return list(School.objects.order_by("pk"))


# ------------------------------------------------------------------------------------------------------------ schools and people


def test_four_schools_of_one_partnership_under_their_programmes(demo):
    found = {school.slug: (school.phase, school.programme.name, school.laestab_words, school.partnership.slug) for school in schools()}
    assert found == {
        "ashdown": ("secondary", "DREAMS", "838/7772", "demo"),
        "birchwood": ("secondary", "DREAMS", "838/7773", "demo"),
        "cedar": ("primary", "HORIZONS", "838/2771", "demo"),
        "deepdale": ("special", "HORIZONS", "838/7071", "demo"),
    }
    agreed = PartnershipSchool.objects.values_list("school__slug", "agreed_by__email")
    assert set(agreed) == {(slug, f"head@{slug}.example") for slug in found}


@pytest.mark.parametrize("email", [LEAD[0], *(f"{name}@{slug}.example" for slug, people in SIGN_INS.items() for name in people)])
def test_every_sign_in_works(demo, email):
    client = Client()
    assert client.login(email=email, password=PASSWORD)
    assert Membership.objects.active_on(TODAY).filter(user__email=email).exists()


def test_colleagues_cannot_sign_in(demo):
    known = {LEAD[0], *(f"{name}@{slug}.example" for slug, people in SIGN_INS.items() for name in people)}
    others = User.objects.exclude(email__in=known)
    assert others.count() >= 20
    assert not any(user.has_usable_password() for user in others)


def test_cycle_dates_reach_from_last_year_to_the_end_of_the_next(demo):
    for school in schools():
        planned = CycleDates.objects.filter(school=school)
        assert Counter(planned.values_list("academic_year", flat=True)) == {2025: 3, 2026: 3, 2027: 3}


# ------------------------------------------------------------------------------------------------------------ pupils


def test_every_school_has_thirty_to_sixty_pupils_in_all_its_years(demo):
    years = {"ashdown": 7, "birchwood": 7, "cedar": 9, "deepdale": 15}
    for school in schools():
        pupils = Pupil.objects.filter(school=school)
        assert 30 <= pupils.on_roll(TODAY).count() <= 60
        assert pupils.values("nc_year").distinct().count() >= years[school.slug]
        assert pupils.left(TODAY).count() == 2


def test_provision_is_as_in_real_schools(demo):
    for school in schools():
        rows = SupportStatus.objects.filter(school=school, ends_on=None).values_list("provision", flat=True)
        with_plan = Counter(rows)["E"] / len(rows)
        assert with_plan == 1 if school.phase == School.Phase.SPECIAL else 0.25 <= with_plan <= 0.35
    assert not SupportStatus.objects.filter(provision="E", plan_issued_on=None).exists()
    assert not SupportStatus.objects.filter(provision="E", next_annual_review_on=None).exists()


def test_needs_are_ranked_and_everybody_with_support_has_one(demo):
    supported = SupportStatus.objects.filter(ends_on=None).exclude(provision="N").values("pupil")
    assert not Pupil.objects.filter(pk__in=supported).exclude(needs__rank=1).exists()
    kinds = set(Need.objects.values_list("need_type", flat=True))
    assert kinds >= {"SLCN", "ASD", "SEMH", "MLD", "SPLD", "SLD", "PMLD", "HI", "VI", "PD", "DS"}


def test_every_upn_is_right_and_of_a_test_establishment(demo):
    numbers = [number for pair in Pupil.objects.values_list("upn", "former_upn") for number in pair if number]
    assert [number for number in numbers if upn.problem(number)] == []
    assert {number[1:8] for number in numbers} <= {f"838{place}" for place in ("2771", "7071", *range(7771, 7780))}
    assert sum(upn.is_temporary(number) for number in numbers) == 8


def test_uncommon_cases_are_there(demo):
    assert {"C", "M", "S", "G"} == set(Pupil.objects.values_list("enrolment", flat=True))
    assert Pupil.objects.exclude(followed_because="").count() == 3
    assert set(Pupil.objects.filter(is_looked_after=True).values_list("school__slug", flat=True)) == set(SIGN_INS)
    orders = Contact.objects.values_list("order", flat=True)
    assert {"none", "to_check", "read"} == set(orders)
    assert Contact.objects.filter(no_contact=True).exists()
    assert Contact.objects.filter(order_to__lt=TODAY).exists()
    assert Contact.objects.filter(address_confidential=True).exists()
    assert Contact.objects.filter(letter_format="large").exists()
    assert {"urd", "pol", "ara", "ron", "ben"} <= set(Contact.objects.values_list("letter_language", flat=True))
    assert {"SWR", "FOM", "FOF"} <= set(Contact.objects.values_list("relationship", flat=True))


def test_children_on_two_rolls_are_the_same_person(demo):
    main = set(Pupil.objects.filter(enrolment="M").values_list("upn", "forename", "surname", "date_of_birth"))
    subsidiary = set(Pupil.objects.filter(enrolment="S").values_list("upn", "forename", "surname", "date_of_birth"))
    assert main == subsidiary
    assert len(main) == 2


def test_everything_is_plainly_synthetic(demo):
    addresses = [*User.objects.values_list("email", flat=True), *Contact.objects.values_list("email", flat=True)]
    addresses += School.objects.values_list("email", flat=True)
    assert [address for address in addresses if address and not address.endswith(".example")] == []
    phones = [*Contact.objects.values_list("phone", flat=True), *School.objects.values_list("phone", flat=True)]
    assert [phone for phone in phones if not re.fullmatch(r"01632 960\d{3}", phone)] == []


def test_key_worker_who_signs_in_has_eight_pupils_and_covers_for_two(demo):
    for slug in SIGN_INS:
        now = KeyWorker.objects.on(TODAY).filter(user__email=f"keyworker@{slug}.example")
        assert Counter(row.cover_until is None for row in now) == {True: 8, False: 2}
        without = Pupil.objects.filter(school__slug=slug).on_roll(TODAY).exclude(pk__in=KeyWorker.objects.on(TODAY).values("pupil"))
        assert without.count() == 1


# ------------------------------------------------------------------------------------------------------------ profiles


def test_profiles_fit_on_their_page(demo):
    for profile in Profile.objects.all():
        parts = [getattr(profile, name) for name in ("liked_for", "matters", "support", "dream")]
        assert sum(len(part.split()) for part in parts) <= 150
        assert all(1 <= len(part.split("\n")) <= 5 for part in parts)
        assert all(line.endswith(SENTENCE_END) and "{" not in line for part in parts for line in part.split("\n"))


def test_profiles_are_not_copies_of_each_other(demo):
    for school in schools():
        profiles = Profile.objects.filter(school=school)
        parts = [getattr(profile, name) for profile in profiles for name in ("liked_for", "matters", "support")]
        lines = Counter(line for part in parts for line in part.split("\n"))
        assert max(lines.values()) <= 4
        assert profiles.values("matters").distinct().count() == profiles.count()


def test_a_few_pupils_have_no_profile_yet(demo):
    for school in schools():
        assert 1 <= Pupil.objects.filter(school=school, profile=None).count() <= 4


# ------------------------------------------------------------------------------------------------------------ targets and reviews


def test_pupils_have_two_to_four_targets(demo):
    held = Counter(Target.objects.active().filter(pupil__left_on=None).values_list("pupil", flat=True))
    assert sum(2 <= number <= 4 for number in held.values()) >= 0.9 * len(held)
    assert max(held.values()) <= 5
    assert not Target.objects.active().filter(pupil__left_on=None, review_on__lt=TODAY).exists()


def test_growth_looks_like_children(demo):
    judged = Judgement.objects.completed().filter(counts=True, review__cycle__closed_at__isnull=False)
    ways = Counter((row.step > row.previous) - (row.step < row.previous) for row in judged if row.step is not None)
    total = sum(ways.values())
    assert 0.35 <= ways[1] / total <= 0.6
    assert 0.3 <= ways[0] / total <= 0.6
    assert 0.02 <= ways[-1] / total <= 0.15
    assert 0.05 <= judged.filter(step=None).count() / judged.count() <= 0.2


def test_a_review_of_last_year_knows_the_year_that_the_pupil_was_in(demo):
    past = Review.objects.filter(cycle__academic_year=2025, school__slug="ashdown").select_related("pupil")
    moved_up = [review for review in past if review.pupil.left_on is None]
    assert {int(review.pupil.nc_year) - int(review.nc_year) for review in moved_up} == {1}
    assert all(review.registration_group.startswith(review.nc_year) for review in moved_up)
    left = [review for review in past if review.pupil.left_on and review.pupil.left_on < date(2026, 9, 1)]
    assert {review.nc_year for review in left} == {"11"}


def test_ready_reviews_can_be_completed_at_once(demo):
    for review in Review.objects.filter(status=Review.Status.READY).select_related("cycle"):
        assert [line.left_to_do for line in lines_of(review) if line.left_to_do] == []
    assert set(Review.objects.values_list("status", flat=True)) == set(Review.Status.values)


def test_stored_columns_follow_from_the_rows(demo):
    for row in Judgement.objects.completed().filter(review__cycle__academic_year=2025).select_related("target__strand", "review__cycle"):
        assert (row.start, row.aim, row.strand_key) == (row.target.start, row.target.aim, row.target.strand.key)
        assert row.previous == last_seen_before(row)
        assert row.counts == (row.review.cycle.due_on - row.target.counts_from >= timedelta(days=28))
        assert row.first_achieved == (row.step is not None and row.step >= row.aim and not was_achieved_before(row))


def earlier_of(row: Judgement) -> list[Judgement]:
    """What earlier reviews judged of the same target, the latest first."""
    rows = Judgement.objects.completed().filter(target=row.target_id, review__cycle__due_on__lt=row.review.cycle.due_on)
    return list(rows.order_by("-review__cycle__due_on"))


def last_seen_before(row: Judgement) -> int | None:
    """A carried-on target starts at the step that its lineage was last seen at, so its own earlier judgements and its start are enough."""
    return next((earlier.step for earlier in earlier_of(row) if earlier.step is not None), row.start)


def was_achieved_before(row: Judgement) -> bool:
    return any(earlier.first_achieved for earlier in earlier_of(row))


def test_three_cycles_are_over_and_a_fourth_is_about_half_done(demo):
    for school in schools():
        over = ReviewCycle.objects.filter(school=school, closed_at__isnull=False).order_by("due_on")
        assert list(over.values_list("academic_year", "term")) == [(2025, "autumn"), (2025, "spring"), (2025, "summer")]
        if school.slug != "birchwood":
            now = Review.objects.filter(school=school, cycle__closed_at=None)
            assert 0.3 <= now.filter(status=Review.Status.COMPLETED).count() / now.count() <= 0.6


def test_some_targets_go_on_over_the_years_end(demo):
    judged = Judgement.objects.completed().filter(review__cycle__academic_year=2026).values("target")
    assert Judgement.objects.completed().filter(target__in=judged, review__cycle__academic_year=2025).exists()
    assert Target.objects.filter(carried_on_from__isnull=False).exists()
