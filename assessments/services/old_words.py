"""The words that a school used before: learnt from a paste, forgotten by a button."""

from collections.abc import Mapping

from django.db import transaction

from assessments.drafts import NOT_SEEN, Value
from assessments.models import OldWord
from schools import audit
from schools.models import User

MOST_WORDS = 60


def old_words() -> dict[str, Value]:
    return {word: NOT_SEEN if step is None else step for word, step in OldWord.objects.values_list("word", "step")}


@transaction.atomic
def learn_words(*, meant: Mapping[str, Value], by: User) -> None:
    """Remember what words mean in this school; a new meaning takes the place of the old one. Above the cap nothing is learnt."""
    room = MOST_WORDS - OldWord.objects.exclude(word__in=meant).count()
    for word, value in list(meant.items())[: max(room, 0)]:
        row, _ = OldWord.objects.update_or_create(word=word, defaults={"step": value if isinstance(value, int) else None})
        audit.record(by=by, action="old-word.learnt", row=row)


@transaction.atomic
def forget_word(*, word: str, by: User) -> None:
    """Gone already is as good."""
    row = OldWord.objects.filter(word=word).first()
    if row:
        audit.record(by=by, action="old-word.forgotten", row=row)
        row.delete()
