"""The one-page profile: write it, and print it on one sheet."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pupils.forms.profiles import ProfileForm
from pupils.models import Profile
from pupils.models.profile import HEADINGS
from pupils.services.merging import CannotMerge
from pupils.services.profiles import MOST_LINES, MOST_WORDS, save_profile
from pupils.views.frame import head_line, may_save, open_pupil, profile_note, profile_of, pupil_frame, refuse_changes
from schools.access import Permission, SchoolRequest, school_view
from schools.merge import Merge

LETTERS_IN_LARGE = 800  # a fuller page is printed in smaller letters, so that it stays one


@school_view(Permission.PROFILE_EDIT)
def profile_edit(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Write the profile. What two people wrote is put together; where both changed one part, the second is asked."""
    pupil = open_pupil(request, public_id, Permission.PROFILE_EDIT)
    if refusal := refuse_changes(request, pupil):
        return refusal
    profile = profile_of(pupil) or Profile(pupil=pupil)
    form = ProfileForm(request.POST or None, instance=profile)
    if may_save(form, pupil):
        try:
            merged = save_profile(pupil=pupil, base=form.base, values=form.values, set_aside=form.set_aside, by=request.user)
        except CannotMerge as cannot:
            form, profile = ProfileForm.reopened(cannot), profile_of(pupil) or profile
        else:
            messages.success(request, f"Profile saved. {kept_words(merged)}".strip())
            return redirect("pupil", request.school.slug, pupil.public_id)
    limits = {"most_words": MOST_WORDS, "most_lines": MOST_LINES}
    words = {"heading": "Change the profile" if profile.pk else "Write the profile", "said": who_changed(profile)}
    frame = pupil_frame(request, pupil, form=form, **limits, **words)
    return render(request, "pupils/profile_edit.html", frame, status=409 if form.is_asking else 200)


def who_changed(profile: Profile) -> str:
    """Ms Jones changed this profile at 14:29, after you opened it."""
    at = f"{timezone.localtime(profile.changed_at):%H:%M}" if profile.changed_at else ""
    return f"{profile.changed_by or 'Somebody'} changed this profile at {at}, after you opened it. Which words should we keep?"


def kept_words(merged: Merge) -> str:
    """Say which parts somebody else changed meanwhile."""
    names = ", ".join(f"“{HEADINGS[name]}”" for name in merged.kept if name in HEADINGS)
    return f"What somebody else changed meanwhile is kept too: {names}." if names else ""


@school_view(Permission.PUPIL_SEE)
def profile_print(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """The profile as one sheet of A4."""
    pupil = open_pupil(request, public_id, Permission.PUPIL_SEE)
    profile = profile_of(pupil)
    if profile is None:
        return redirect("pupil", request.school.slug, pupil.public_id)
    frame = pupil_frame(request, pupil, profile=profile, note=profile_note(pupil, profile))
    frame["short_line"] = head_line(pupil, pupil.key_workers_on(timezone.localdate()), None)  # a sheet on a wall says no provision
    frame["is_dense"] = sum(len(getattr(profile, name)) for name in HEADINGS) > LETTERS_IN_LARGE
    return render(request, "pupils/profile_print.html", frame)
