"""A target from the target language in six clicks; and proposed, accepted and taken back in a browser without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from reports.demo.proposals import OF_A_KEY_WORKER

pytestmark = pytest.mark.browser

SKILL = "Coping with change"
MOST_CLICKS = 6  # of the budget for a new target, from the page of a pupil's targets


class Clicks:
    """A hand that counts."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, place: Locator) -> None:
        place.click()
        self.count += 1


def targets_page(page: Page, places: int, without: str = "no such words") -> None:
    """Open the targets of the first pupil of Ashdown who has this many, and none of a skill."""
    page.goto("/schools/ashdown/pupils/")
    links = page.locator("#pupils a[href*='/pupils/']").evaluate_all("all => all.map(each => each.getAttribute('href'))")
    for link in links:
        page.goto(f"{link}targets/")
        if page.get_by_text(f"{places} of 5 places taken.").count() and not page.get_by_text(without).count():
            return
    raise AssertionError(f"nobody has {places} targets")


def test_a_senco_sets_a_soft_skill_target_in_six_clicks(person: Callable[..., Page]) -> None:
    page, click = person("senco@ashdown.example"), Clicks()
    targets_page(page, 2, without=SKILL)
    click(page.get_by_role("link", name="Set a target"))
    click(page.get_by_role("link", name=SKILL))
    expect(page.locator(".rungs tbody tr")).to_have_count(5)
    click(page.locator("label[for=id_start_1]"))
    click(page.locator("label[for=id_aim_3]"))
    click(page.get_by_role("button", name="Use these words").nth(2))
    words = page.get_by_label("The target in the pupil’s words").input_value()
    assert words
    expect(page.locator("#hints")).not_to_contain_text("no doing word")
    click(page.get_by_role("button", name="Set this target"))
    assert click.count <= MOST_CLICKS
    expect(page.get_by_role("heading", name=words)).to_be_visible()
    expect(page.get_by_text("3 of 5 places taken.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 of 5 places taken.")).to_be_visible()


def test_hints_come_while_the_words_are_typed_and_stop_nothing(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example", width=390)
    targets_page(page, 2)
    page.get_by_role("link", name="Set a target").click()
    page.get_by_role("link", name="In the pupil’s own words in Independence").click()
    box = page.get_by_label("The target in the pupil’s words")
    box.press_sequentially("Better manners")
    expect(page.locator("#hints")).to_contain_text("no doing word")
    box.fill("I say please")
    expect(page.locator("#hints")).to_be_empty()


def test_proposals_are_decided_without_scripts(person: Callable[..., Page]) -> None:
    page = person("senco@ashdown.example", java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="Look at them").click()
    line = page.get_by_role("listitem").filter(has_text=OF_A_KEY_WORKER.wording)
    line.get_by_role("link", name="Look and accept").click()
    page.get_by_label("What is it about?").select_option(label="Staying with a task")
    page.get_by_role("button", name="Show its steps").click()
    expect(page.get_by_text("Engagement and motivation: Staying with a task.")).to_be_visible()
    expect(page.get_by_label("The target in the pupil’s words")).to_have_value(OF_A_KEY_WORKER.wording)
    page.get_by_role("button", name="Accept this target").click()
    expect(page.get_by_text("The target is set with your changes.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Proposed", exact=True)).to_be_visible()
