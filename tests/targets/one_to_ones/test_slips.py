"""Slips of paper: as good a way to a record as the screen, and nothing on them that names a pupil."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from schools.models import AuditEvent
from schools.tenancy import in_school
from targets.slips import code_of
from tests.counting import assert_does_not_grow
from tests.factories.pupils import KeyWorkerFactory, PupilFactory
from tests.factories.targets import OneToOneFactory, TargetFactory
from tests.targets.one_to_ones.talks import url_of


@pytest.fixture
def slips(client, school, key_worker):
    client.force_login(key_worker)
    return lambda: client.get(reverse("slips", args=[school.slug])).text


def test_a_slip_holds_initials_targets_and_shapes_and_no_name(slips, pupil, targets):
    text = slips()
    assert text.count('class="slip"') == 1
    assert "<h2>RP</h2>" in text
    assert [target.wording for target in targets if target.wording not in text] == []
    assert text.count("#step-4") == text.count("#step-x") == len(targets)
    assert "Ravi" not in text
    assert "Patel" not in text


def test_its_code_leads_to_the_form_of_the_pupil(slips, pupil, targets, client):
    address = f"http://testserver{url_of(pupil)}"
    assert code_of(address).path in slips()
    assert code_of(address).path != code_of(url_of(PupilFactory(school=pupil.school))).path
    assert client.get(urlsplit(address).path).status_code == 200


def test_printing_is_on_record_and_who_is_done_needs_no_slip(slips, pupil, targets):
    slips()
    with in_school(pupil.school):
        assert AuditEvent.objects.filter(action="pupil.seen", row_id=pupil.pk).count() == 1
    OneToOneFactory(pupil=pupil, steps={targets[0]: 2})
    assert "Nobody is waiting" in slips()


def test_a_code_is_a_square_with_a_quiet_zone():
    code = code_of("https://progress.your-trust.org/schools/cedar/")
    cells = {(int(x), int(y)) for x, y in re.findall(r"M(\d+),(\d+)h1v1h-1z", code.path)}
    assert min(min(cell) for cell in cells) == 4
    assert max(max(cell) for cell in cells) == code.side - 5


def test_the_page_does_not_grow_in_queries(client, pupil, targets, key_worker):
    def more() -> None:
        for _ in range(29):
            other = PupilFactory(school=pupil.school)
            KeyWorkerFactory(pupil=other, user=key_worker)
            TargetFactory(pupil=other, set_on=localdate() - timedelta(days=9))

    client.force_login(key_worker)
    assert_does_not_grow(client, reverse("slips", args=[pupil.school.slug]), more, at_most=9)
