"""The one-page profile: short enough for one sheet of paper, and never overwritten in place."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from pupils.models import Profile, ProfileEdition, Pupil
from pupils.models.profile import HEADINGS
from pupils.services.merging import merge_into
from pupils.services.pupils import refuse_if_left
from schools import audit
from schools.merge import Merge
from schools.models import User

MOST_WORDS = 150
MOST_LINES = 5
MOST_LETTERS = 600  # a part, so that 150 words of any length fit on one sheet of paper
BLANK: dict[str, object] = {**dict.fromkeys(HEADINGS, ""), "told_on": None}


def words_in(values: Mapping[str, object]) -> int:
    """How many words the parts of a profile have together."""
    return sum(len(str(values.get(name, "")).split()) for name in HEADINGS)


def profile_problems(values: Mapping[str, object]) -> dict[str, str]:
    """What keeps a profile from fitting on its page, by part; too many words are said at the longest part."""
    problems = {}
    for name in HEADINGS:
        if (lines := len(str(values[name]).splitlines())) > MOST_LINES:
            problems[name] = f"Keep this part to {MOST_LINES} lines. It has {lines}."
    if (words := words_in(values)) > MOST_WORDS:
        longest = max(HEADINGS, key=lambda name: len(str(values[name]).split()))
        too_many = f"The page holds {MOST_WORDS} words and has {words}: take {words - MOST_WORDS} out, here or elsewhere."
        problems.setdefault(longest, too_many)
    for name in HEADINGS:
        if (letters := len(str(values[name]))) > MOST_LETTERS:
            problems.setdefault(name, f"Keep this part to {MOST_LETTERS} letters. It has {letters}.")
    return problems


@transaction.atomic
def save_profile(
    *, pupil: Pupil, base: Mapping[str, object], values: Mapping[str, object], by: User, set_aside: Mapping[str, object] | None = None
) -> Merge:
    """Write a profile, merged with what others wrote since `base`. What it said before stays as an edition.

    `set_aside` holds what the person typed and, asked, did not choose: it is kept for the timeline.
    """
    refuse_if_left(pupil)
    if values == BLANK and not Profile.objects.filter(pupil=pupil).exists():
        return Merge(BLANK, (), ())
    Profile.objects.get_or_create(pupil=pupil, defaults={"version": 0, "changed_by": by})
    stamp = {"changed_by": by, "changed_at": timezone.now()}
    before, merged = merge_into(Profile.objects.filter(pupil=pupil), base=base, values=values, problems=profile_problems, **stamp)
    if before is not None and before.version:  # a version of 0 said nothing yet
        _keep_edition(pupil, before.version, before.values(), changed_by=before.changed_by, changed_at=before.changed_at)
    if set_aside:
        now = Profile.objects.get(pupil=pupil).version
        _keep_edition(pupil, now, {**BLANK, **set_aside}, is_set_aside=True, **stamp)
    if before is not None or set_aside:
        audit.record(by=by, action="profile.edit", row=pupil)
    return merged


def _keep_edition(pupil: Pupil, version: int, values: Mapping[str, object], **stamp: object) -> None:
    ProfileEdition.objects.create(pupil=pupil, version=version, **values, **stamp)
