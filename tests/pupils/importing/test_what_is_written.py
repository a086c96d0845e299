"""What a roll changes, and what it never changes."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from pupils.importing.records import NeedRecord, SupportRecord
from pupils.models import Pupil
from pupils.services.roll import RollHasProblems
from tests.factories.pupils import NeedFactory, PupilFactory, SupportStatusFactory
from tests.pupils.files.parts import make_upn
from tests.pupils.importing.checksums import table_checksums
from tests.pupils.importing.rolls import bring_in, contact, needs, pupils, row, statuses

BORN = date(2013, 11, 5)
K_2022 = SupportRecord("K", date(2022, 1, 10))


@pytest.fixture
def robin(school):
    return PupilFactory(school=school, surname="Alder", forename="Robin", date_of_birth=BORN, upn=make_upn(1), nc_year="7")


def only(school) -> Pupil:
    (pupil,) = pupils(school)
    return pupil


class TestWhoIsMeant:
    def test_by_upn_whatever_the_name(self, school, robin):
        bring_in(school, row(upn=make_upn(1), surname="Alder-Oak", dob=date(2013, 11, 6)))
        assert (only(school).pk, only(school).surname, only(school).date_of_birth) == (robin.pk, "Alder-Oak", date(2013, 11, 6))
        assert only(school).search_key == " robin alder oak"

    def test_by_former_upn_and_the_number_changes(self, school, robin):
        bring_in(school, row(upn=make_upn(2), former_upn=make_upn(1)))
        assert (only(school).pk, only(school).upn, only(school).former_upn) == (robin.pk, make_upn(2), make_upn(1))

    def test_an_old_file_does_not_bring_the_former_upn_back(self, school):
        PupilFactory(school=school, upn=make_upn(2), former_upn=make_upn(1), surname="Alder", forename="Robin", date_of_birth=BORN)
        plan = bring_in(school, row(upn=make_upn(1), registration_group="7C"))
        assert (only(school).upn, only(school).registration_group) == (make_upn(2), "7C")
        assert any("newer one stays" in warning for item in plan.items for warning in item.warnings)

    @pytest.mark.parametrize(("here", "there"), [("", make_upn(1)), (make_upn(1), None), ("", None)])
    def test_by_name_and_birthday_where_a_upn_is_missing(self, school, here, there):
        PupilFactory(school=school, upn=here, surname="ALDER", forename="robin", date_of_birth=BORN)
        bring_in(school, row(upn=there))
        assert only(school).upn == (here or there or "")

    def test_two_with_one_name_are_never_told_apart_by_guessing(self, school):
        for number in (1, 2):
            PupilFactory(school=school, upn=make_upn(number), surname="Alder", forename="Robin", date_of_birth=BORN)
        with pytest.raises(RollHasProblems) as refused:
            bring_in(school, row(upn=None))
        assert "Two pupils here" in refused.value.problems[0].errors[0].message

    def test_another_upn_with_the_same_name_is_another_child_and_is_pointed_out(self, school, robin):
        plan = bring_in(school, row(upn=make_upn(9)))
        assert len(pupils(school)) == 2
        assert any("another UPN" in warning for warning in plan.items[0].warnings)

    def test_two_rows_that_mean_one_pupil_are_both_refused(self, school, robin):
        with pytest.raises(RollHasProblems) as refused:
            bring_in(school, row(1, upn=make_upn(1)), row(2, upn=make_upn(2), former_upn=make_upn(1), forename="Rob"))
        assert {item.row.number for item in refused.value.problems} == {1, 2}

    def test_numbers_of_two_pupils_in_one_row_are_refused(self, school, robin):
        PupilFactory(school=school, upn=make_upn(2))
        with pytest.raises(RollHasProblems):
            bring_in(school, row(upn=make_upn(1), former_upn=make_upn(2)))

    def test_a_pupil_of_another_school_with_the_same_upn_is_not_touched(self, school, sister_school):
        PupilFactory(school=sister_school, upn=make_upn(1), surname="Elsewhere")
        bring_in(school, row(upn=make_upn(1)))
        assert [pupil.surname for pupil in pupils(sister_school)] == ["Elsewhere"]
        assert [pupil.surname for pupil in pupils(school)] == ["Alder"]


class TestThePupil:
    def test_what_the_file_does_not_say_stays(self, school, robin):
        before = table_checksums()
        bring_in(school, row(upn=make_upn(1), nc_year=None, dob=None))
        assert table_checksums() == before

    def test_the_same_rows_twice_change_nothing_the_second_time(self, school):
        rows = [
            row(number, upn=make_upn(number), support=(K_2022,), needs=(NeedRecord("SLCN", 1),), contacts=(contact(),)) for number in (1, 2)
        ]
        bring_in(school, *rows)
        before = table_checksums()
        bring_in(school, *rows)
        assert table_checksums() == before

    def test_nobody_is_taken_off_roll_and_nobody_is_brought_back(self, school, robin):
        left = PupilFactory(school=school, upn=make_upn(3), left_on=date(2025, 7, 22))
        plan = bring_in(
            school, row(upn=make_upn(3), surname=left.surname, forename=left.forename, dob=left.date_of_birth, registration_group="8A")
        )
        assert [(pupil.left_on, pupil.registration_group) for pupil in pupils(school)] == [(None, "7B"), (date(2025, 7, 22), "7B")]
        assert any("left on 22/07/2025" in warning for warning in plan.items[0].warnings)

    def test_a_preferred_name_that_is_the_legal_one_is_none(self, school, robin):
        bring_in(school, row(upn=make_upn(1), preferred_forename="Robin"))
        assert only(school).preferred_forename == ""
        bring_in(school, row(upn=make_upn(1), preferred_forename="Rob"))
        assert only(school).preferred_forename == "Rob"

    def test_flags_and_codes_are_taken_over(self, school, robin):
        bring_in(school, row(upn=make_upn(1), sex="M", enrolment="S", language="POL", is_eal=True, pupil_premium=True, looked_after=True))
        pupil = only(school)
        assert (pupil.sex, pupil.enrolment, pupil.first_language) == ("M", "S", "POL")
        assert (pupil.is_eal, pupil.has_pupil_premium, pupil.is_looked_after) == (True, True, True)

    @pytest.mark.parametrize("missing", ["dob", "nc_year"])
    def test_a_new_pupil_needs_a_birthday_and_a_year(self, school, missing):
        with pytest.raises(RollHasProblems):
            bring_in(school, row(upn=make_upn(1), support=(K_2022,), **{missing: None}))

    def test_who_came_in_without_a_status_carries_the_reason(self, school):
        bring_in(school, row(upn=make_upn(1)), row(2, upn=make_upn(2), support=(K_2022,)))
        without, with_support = sorted(pupils(school), key=lambda pupil: pupil.upn != make_upn(1))
        assert (without.followed_because, without.followed_since) == ("Chosen when the roll was imported", timezone.localdate())
        assert (with_support.followed_because, with_support.followed_since) == ("", None)

    @pytest.mark.parametrize(("provision", "kept"), [("K", 1), ("E", 1), ("N", 0), (None, 0)])
    def test_kept_are_pupils_with_support_or_a_plan(self, school, provision, kept):
        support = (SupportRecord(provision, date(2024, 9, 1)),) if provision else None
        plan = bring_in(school, row(upn=make_upn(1), support=support), keep_all=False)
        assert len(pupils(school)) == kept
        assert plan.kinds["not-kept"] == 1 - kept

    def test_who_is_here_already_is_kept_up_whatever_the_status(self, school, robin):
        bring_in(school, row(upn=make_upn(1), nc_year="8", support=(SupportRecord("N", date(2024, 9, 1)),)), keep_all=False)
        assert only(school).nc_year == "8"


class TestSupport:
    def test_a_history_comes_in_whole(self, school):
        bring_in(school, row(support=(SupportRecord("K", date(2020, 9, 1), date(2023, 1, 31)), SupportRecord("E", date(2023, 2, 1)))))
        assert statuses(school) == [("K", date(2020, 9, 1), date(2023, 1, 31)), ("E", date(2023, 2, 1), None)]

    def test_a_new_status_ends_the_one_before_on_the_day_before(self, school, robin):
        SupportStatusFactory(pupil=robin, provision="K", starts_on=date(2022, 1, 10))
        bring_in(school, row(upn=make_upn(1), support=(SupportRecord("E", date(2025, 9, 1)),)))
        assert statuses(school) == [("K", date(2022, 1, 10), date(2025, 8, 31)), ("E", date(2025, 9, 1), None)]

    def test_a_status_without_a_date_begins_today(self, school, robin):
        bring_in(school, row(upn=make_upn(1), support=(SupportRecord("K"),)))
        assert statuses(school) == [("K", timezone.localdate(), None)]

    def test_a_first_day_found_later_is_taken_over(self, school, robin):
        SupportStatusFactory(pupil=robin, provision="K", starts_on=date(2025, 9, 1))
        bring_in(school, row(upn=make_upn(1), support=(K_2022,)))
        assert statuses(school) == [("K", date(2022, 1, 10), None)]

    def test_a_first_day_inside_an_earlier_status_is_not_taken_over(self, school, robin):
        SupportStatusFactory(pupil=robin, provision="N", starts_on=date(2020, 9, 1), ends_on=date(2025, 8, 31))
        SupportStatusFactory(pupil=robin, provision="K", starts_on=date(2025, 9, 1))
        bring_in(school, row(upn=make_upn(1), support=(K_2022,)))
        assert statuses(school)[1] == ("K", date(2025, 9, 1), None)

    def test_an_older_file_does_not_undo_what_is_newer_here(self, school, robin):
        SupportStatusFactory(pupil=robin, provision="E", starts_on=date(2025, 9, 1))
        plan = bring_in(school, row(upn=make_upn(1), support=(K_2022,)))
        assert statuses(school) == [("E", date(2025, 9, 1), None)]
        assert any("it stays" in warning for warning in plan.items[0].warnings)

    def test_another_status_of_the_same_day_is_a_correction(self, school, robin):
        SupportStatusFactory(pupil=robin, provision="K", starts_on=date(2022, 1, 10))
        bring_in(school, row(upn=make_upn(1), support=(SupportRecord("E", date(2022, 1, 10)),)))
        assert statuses(school) == [("E", date(2022, 1, 10), None)]

    def test_a_status_that_the_file_has_ended_ends_here(self, school, robin):
        SupportStatusFactory(pupil=robin, provision="K", starts_on=date(2022, 1, 10))
        ended = SupportRecord("K", date(2022, 1, 10), date(2024, 9, 1))
        bring_in(school, row(upn=make_upn(1), support=(ended, SupportRecord("N", date(2024, 9, 2)))))
        assert statuses(school) == [("K", date(2022, 1, 10), date(2024, 9, 1)), ("N", date(2024, 9, 2), None)]

    def test_a_status_that_was_ended_here_does_not_come_back(self, school, robin):
        SupportStatusFactory(pupil=robin, provision="K", starts_on=date(2022, 1, 10), ends_on=date(2025, 1, 1))
        plan = bring_in(school, row(upn=make_upn(1), support=(K_2022,)))
        assert statuses(school) == [("K", date(2022, 1, 10), date(2025, 1, 1))]
        assert any("stays ended" in warning for warning in plan.items[0].warnings)

    def test_a_status_of_the_future_is_left_out_with_a_word(self, school, robin):
        plan = bring_in(school, row(upn=make_upn(1), support=(SupportRecord("E", date(2999, 1, 1)),)))
        assert statuses(school) == []
        assert any("in the future" in warning for warning in plan.items[0].warnings)


class TestNeeds:
    def test_a_list_of_needs_replaces_the_current_ones_and_keeps_their_history(self, school, robin):
        NeedFactory(pupil=robin, need_type="SLCN", rank=1)
        NeedFactory(pupil=robin, need_type="ASD", rank=2)
        bring_in(school, row(upn=make_upn(1), needs=(NeedRecord("SEMH", 1), NeedRecord("SLCN", 2), NeedRecord("SLCN", 3))))
        assert [(kind, rank) for kind, rank, ended in needs(school) if ended is None] == [("SEMH", 1), ("SLCN", 2)]
        assert [kind for kind, _, ended in needs(school) if ended == timezone.localdate()] == ["ASD"]

    def test_an_absent_section_is_not_a_deletion(self, school, robin):
        NeedFactory(pupil=robin, need_type="SLCN", rank=1)
        bring_in(school, row(upn=make_upn(1), needs=None), is_partial=False)
        bring_in(school, row(upn=make_upn(1), needs=()), is_partial=True)
        assert needs(school) == [("SLCN", 1, None)]

    def test_an_empty_section_of_a_full_file_ends_them(self, school, robin):
        NeedFactory(pupil=robin, need_type="SLCN", rank=1)
        bring_in(school, row(upn=make_upn(1), needs=()), is_partial=False)
        assert needs(school) == [("SLCN", 1, timezone.localdate())]

    def test_the_same_order_keeps_its_ranks_and_gains_a_first_day(self, school, robin):
        NeedFactory(pupil=robin, need_type="SLCN", rank=1)
        NeedFactory(pupil=robin, need_type="ASD", rank=3)
        bring_in(school, row(upn=make_upn(1), needs=(NeedRecord("SLCN", 1, date(2022, 1, 1)), NeedRecord("ASD", 2))))
        assert needs(school) == [("SLCN", 1, None), ("ASD", 3, None)]

    def test_a_need_that_has_ended_in_the_file_does_not_begin_here(self, school, robin):
        bring_in(school, row(upn=make_upn(1), needs=(NeedRecord("SLCN", 1, None, date(2020, 1, 1)), NeedRecord("ASD", 2))))
        assert needs(school) == [("ASD", 1, None)]


def test_one_bad_row_keeps_every_row_out(school):
    before = table_checksums()
    bad = replace(row(2, upn=make_upn(2)), dob=None)
    with pytest.raises(RollHasProblems):
        bring_in(school, row(1, upn=make_upn(1), support=(K_2022,)), bad)
    assert table_checksums() == before
