"""The page of the target language: the school's own wording, whose words one likes, and the same few queries."""

import re

import pytest
from django.urls import reverse

from schools.models import Programme, School
from targets.models import Step
from targets.services import import_language, publish_language, start_language
from targets.services.language import starter
from tests.counting import assert_does_not_grow
from tests.targets.languages import small

FIRST = next(starter().skills()).steps[0]


def address(school: School) -> str:
    return reverse("language", args=[school.slug])


@pytest.fixture
def shown(client, school, teacher):
    """What a teacher of the school reads there."""

    def read(query: str = "") -> str:
        client.force_login(teacher)
        response = client.get(address(school) + query)
        assert response.status_code == 200
        return re.sub(r"\s+", " ", response.content.decode())

    return read


@pytest.fixture
def published(partnership):
    return start_language(partnership=partnership, by=None)


def test_every_strand_and_skill_stands_there_with_five_steps(shown, published):
    html = shown()
    assert re.findall(r'<section class="[^"]*strand[^"]*" id="([^"]+)"', html) == [strand.key for strand in starter().strands]
    assert re.findall(r'<h3 id="skill-([^"]+)">', html) == [skill.key for skill in starter().skills()]
    assert html.count('<span class="step-tag') == 18 * 5
    for strand in starter().strands:
        assert f'href="#{strand.key}"' in html


@pytest.mark.parametrize("age", Programme.Age.values)
def test_pupil_words_are_those_of_the_programmes_age(shown, published, school, age):
    Programme.objects.filter(pk=school.programme_id).update(age=age)
    html = shown()
    assert getattr(FIRST, age) in html
    assert [other for other in Programme.Age.values if other != age and f">{getattr(FIRST, other)}<" in html] == []


@pytest.mark.parametrize(
    ("query", "staff", "pupil"),
    [("", True, True), ("?words=both", True, True), ("?words=staff", True, False), ("?words=pupil", False, True), ("?words=x", True, True)],
)
def test_a_link_chooses_whose_words_are_shown(shown, published, school, query, staff, pupil):
    html = shown(query)
    assert (f">{FIRST.staff}<" in html, f">{getattr(FIRST, school.programme.age)}<" in html) == (staff, pupil)
    assert len(re.findall(r'<a href="\?words=\w+" aria-current="page"', html)) == 1


def test_the_steps_bear_the_programmes_own_words(shown, published, school):
    Programme.objects.filter(pk=school.programme_id).update(words={"G": "On my way"})
    html = shown()
    assert html.count("On my way") == 18
    assert "Getting there" not in html
    assert "Almost" in html


def test_words_that_a_programme_keeps_are_the_ladders():
    assert Step.words({}) == tuple(Step.labels)
    assert Step.words({"N": "Soon", "D": "Star"}) == ("Soon", "Started", "Getting there", "Almost", "Star")


def test_the_page_names_its_version(shown, published, partnership):
    assert "Version 1, published on" in shown()
    import_language(partnership=partnership, content=small(), by=None)
    assert "Version 1, published on" in shown()
    publish_language(partnership=partnership, by=None)
    html = shown()
    assert "Version 2, published on" in html
    assert "Staff see asking 0." in html


def test_a_strand_may_have_no_skills_yet(shown, partnership):
    content = small()
    bare = type(content)((type(content.strands[0])("bare", "Bare", ()),))
    import_language(partnership=partnership, content=bare, by=None)
    publish_language(partnership=partnership, by=None)
    assert "This strand has no skills yet." in shown()


def test_without_a_language_the_page_says_what_to_do(shown, partnership):
    html = shown()
    assert "There is no target language yet" in html
    assert f"manage.py start_language --partnership {partnership.slug}" in html
    assert "data-print" not in html


def test_another_partnerships_words_are_not_read_here(shown, published, foreign_school):
    import_language(partnership=foreign_school.partnership, content=small(), by=None)
    publish_language(partnership=foreign_school.partnership, by=None)
    assert "Staff see asking 0." not in shown()


def test_markup_in_a_wording_is_shown_as_text(shown, partnership):
    import_language(partnership=partnership, content=small("<b>asking</b>"), by=None)
    publish_language(partnership=partnership, by=None)
    html = shown()
    assert "<b>asking</b>" not in html
    assert "&lt;b&gt;asking&lt;/b&gt; 0" in html


def test_eighteen_skills_ask_no_more_of_the_database_than_one(client, partnership, school, teacher):
    import_language(partnership=partnership, content=small("asking"), by=None)
    publish_language(partnership=partnership, by=None)
    client.force_login(teacher)

    def publish_eighteen():
        import_language(partnership=partnership, content=starter(), by=None)
        publish_language(partnership=partnership, by=None)

    assert_does_not_grow(client, address(school), publish_eighteen, at_most=11)
