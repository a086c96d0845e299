"""A class of 30 pupils with 3 targets each, judged without a script and sent as one page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.models import Judgement
from schools.tenancy import in_school
from tests.assessments.grid.conftest import fields_of, grid_url

PUPILS, TARGETS = 30, 3
MOST_FOR_A_ROW = 20
TYPED = ("0", "1", "2", "g", "a", "x", "S", "D", "3")
MEANT = (0, 1, 2, 2, 3, None, 1, 4, 3)


@pytest.fixture
def rows(another):
    """The targets of the class in their order."""
    firsts = [another(aim=3) for _ in range(PUPILS)]
    return [first if slot == 1 else another(first.pupil, slot=slot, aim=3) for first in firsts for slot in range(1, TARGETS + 1)]


def sent(client, url, fields) -> tuple[str, int]:
    """The page that follows, and how much was asked of the database until then."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(url, fields, follow=True)
    return answer.text, len(captured)


def test_a_whole_class_is_saved_with_one_button_and_a_row_costs_the_same_in_a_full_page(client, senco, school, rows, open_cycle):
    cycle = open_cycle()
    client.force_login(senco)
    url = grid_url(cycle)
    opened = fields_of(client.get(url).text)
    typed = {f"now-{row.pk}": TYPED[place % len(TYPED)] for place, row in enumerate(rows)}
    notes = {f"note-{row.pk}": f"Seen {place} times" for place, row in enumerate(rows)}
    first = f"now-{rows[0].pk}"
    page, for_one = sent(client, url, opened | {first: "0"})
    assert "1 row saved." in page
    opened = fields_of(client.get(url).text)
    page, for_all = sent(client, url, opened | typed | notes)
    assert "90 rows saved." in page
    assert "90 of 90 done." in page
    with in_school(school):
        stored = dict(Judgement.objects.values_list("target", "step"))
        written = dict(Judgement.objects.values_list("target", "note"))
    assert [stored[row.pk] for row in rows] == [MEANT[place % len(MEANT)] for place in range(PUPILS * TARGETS)]
    assert [written[row.pk] for row in rows] == list(notes.values())
    assert (for_all - for_one) / (len(rows) - 1) <= MOST_FOR_A_ROW
