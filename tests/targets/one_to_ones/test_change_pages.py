"""Changing a one-to-one through its page, and reading those of a pupil."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate, now

from targets.models import OneToOne
from tests.counting import assert_does_not_grow
from tests.factories.targets import OneToOneFactory, StrategyFactory, TargetFactory
from tests.targets.one_to_ones.talks import change_url, kept, live, url_of

MARKUP = '<script>alert("x")</script>'


def test_change_opens_the_form_filled_and_saves_a_row_of_its_own(send, client, pupil, targets, typed, key_worker):
    send(typed("2", "x", note="First words", feeling="soso"))
    [row] = live(pupil)
    text = client.get(change_url(row)).text
    assert "First words" in text
    assert text.count(" checked") == 4  # two steps, the face and the audience
    assert "<b>Changed.</b> Ravi P., 1 target." in send(typed("3", note="Second words"), change_url(row))
    assert [each.note for each in kept(pupil)] == ["First words", "Second words"]
    assert [each.note for each in live(pupil)] == ["Second words"]


def test_a_change_sent_twice_is_one_row(send, pupil, targets, typed):
    send(typed("2"))
    [row] = live(pupil)
    form = typed("3")
    for _ in range(2):
        assert "<b>Changed.</b>" in send(form, change_url(row))
    assert len(kept(pupil)) == 2


def test_what_was_changed_meanwhile_is_said_so(send, client, pupil, targets, typed):
    send(typed("2"))
    [row] = live(pupil)
    send(typed("3"), change_url(row))
    assert "changed or taken back in the meantime" in send(typed("4"), change_url(row))
    assert "changed or taken back in the meantime" in client.get(change_url(row), follow=True).text
    assert len(kept(pupil)) == 2


def test_after_24_hours_it_cannot_be_changed(send, client, pupil, targets, typed, key_worker):
    row = OneToOneFactory(pupil=pupil, key_worker=key_worker, steps={targets[0]: 2}, recorded_at=now() - timedelta(hours=25))
    assert "changed or taken back for 24 hours" in client.get(change_url(row), follow=True).text
    assert "changed or taken back for 24 hours" in send(typed("3", held_on=row.held_on.isoformat()), change_url(row))
    assert kept(pupil) == [row]


def test_a_senco_does_not_change_what_a_key_worker_recorded(client, pupil, targets, typed, senco, key_worker):
    row = OneToOneFactory(pupil=pupil, key_worker=key_worker, steps={targets[0]: 2})
    client.force_login(senco)
    assert "by the person who recorded it" in client.get(change_url(row), follow=True).text
    assert "by the person who recorded it" in client.post(change_url(row), typed("3")).text
    assert kept(pupil) == [row]


def test_the_pupils_page_lists_them_newest_first_with_what_was_said(client, pupil, targets, head):
    for days in range(22):
        OneToOneFactory(pupil=pupil, held_on=localdate() - timedelta(days=days), steps={targets[0]: 2}, note=f"Note of day {days}.")
    client.force_login(head)
    url = reverse("pupil-one-to-ones", args=[pupil.school.slug, pupil.public_id])
    first, second = client.get(url).text, client.get(url, {"page": 2}).text
    assert first.index("Note of day 0.") < first.index("Note of day 19.")
    assert "Note of day 20." not in first
    assert "Note of day 21." in second
    assert "Entered in error" not in first
    assert "Record a one-to-one" not in first


def test_markup_in_every_text_stays_words(send, client, pupil, targets, typed, senco):
    strategy = StrategyFactory(school=pupil.school, name=MARKUP)
    for text in (
        send(typed("4", note=MARKUP, helped=[strategy.pk]) | {f"note-{targets[0].public_id}": MARKUP}),
        client.get(reverse("pupil-one-to-ones", args=[pupil.school.slug, pupil.public_id])).text,
        client.get(url_of(pupil)).text,
        client.get(change_url(live(pupil)[0])).text,
    ):
        assert MARKUP not in text
    assert "&lt;script&gt;" in client.get(url_of(pupil)).text


def test_the_form_does_not_grow_in_queries(client, pupil, key_worker):
    def more() -> None:
        later = [TargetFactory(pupil=pupil, slot=slot) for slot in (2, 3, 4, 5)]
        for _ in range(29):
            OneToOneFactory(pupil=pupil, steps=dict.fromkeys(later, 2), helped_by=StrategyFactory.create_batch(2, school=pupil.school))

    first = TargetFactory(pupil=pupil, slot=1)
    OneToOneFactory(pupil=pupil, steps={first: 1}, helped_by=[StrategyFactory(school=pupil.school)])
    client.force_login(key_worker)
    assert_does_not_grow(client, url_of(pupil), more, at_most=15)


def test_the_list_does_not_grow_in_queries(client, pupil, senco):
    def more() -> None:
        for _ in range(29):
            OneToOneFactory(pupil=pupil, steps={first: 2}, helped_by=[StrategyFactory(school=pupil.school)])

    first = TargetFactory(pupil=pupil)
    OneToOneFactory(pupil=pupil, steps={first: 1}, helped_by=[StrategyFactory(school=pupil.school)])
    client.force_login(senco)
    assert_does_not_grow(client, reverse("pupil-one-to-ones", args=[pupil.school.slug, pupil.public_id]), more, at_most=13)


def test_the_words_of_the_faces_are_those_of_the_rows():
    from config.ui.choices import FEELINGS

    assert list(FEELINGS) == OneToOne.Feeling.choices
