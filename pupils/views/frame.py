"""The frame of every page about one pupil: who it is, the tabs, and what the person may do there."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone

from pupils.access import pupil_or_404, rights_for
from pupils.models import KeyWorker, Profile, Pupil, SupportStatus
from pupils.services.pupils import record_seen
from pupils.words import class_words, provision_short, provision_words
from schools.access import Permission, SchoolRequest

TABS = (
    ("Overview", "pupil"),
    ("Targets", "pupil-targets"),
    ("One-to-ones", "pupil-one-to-ones"),
    ("Timeline", "pupil-timeline"),
    ("Voice", "pupil-voice"),
    ("Letters", "pupil-letters"),
    ("Contacts", "pupil-contacts"),
)
LEFT_WORDS = "This pupil has left. The pages can be read and not changed."


@dataclass(frozen=True)
class Tab:
    label: str
    url: str


def open_pupil(request: SchoolRequest, public_id: UUID, permission: Permission) -> Pupil:
    """Return the pupil of a page, and note that it was read; sending a form is noted by its service."""
    pupil = pupil_or_404(request, public_id, permission)
    if request.method == "GET":
        record_seen(pupil=pupil, by=request.user)
    return pupil


def pupil_frame(request: SchoolRequest, pupil: Pupil, **more: object) -> dict[str, object]:
    """Return what pupils/frame.html needs, with more of the page's own."""
    today = timezone.localdate()
    prefetch_related_objects([pupil], "support_statuses", KeyWorker.with_people())
    workers = [] if pupil.has_left(today) else pupil.key_workers_on(today)
    status = next((status for status in pupil.support_statuses.all() if status.ends_on is None), None)
    has_left = pupil.has_left(today)
    rights = rights_for(request, any(worker.user_id == request.user.pk for worker in workers))
    frame = {
        "pupil": pupil,
        "rights": rights,
        "tabs": tabs_of(request, pupil, rights),
        "key_workers": workers,
        "status": status,
        "provision": provision_words(status.provision) if status else "",
        "line": head_line(pupil, workers, status if Permission.PUPIL_SEE in rights else None),
        "has_left": has_left,
        "today": today,
        "joins_on": pupil.on_roll_from if pupil.on_roll_from and pupil.on_roll_from > today else None,
    }
    return frame | more


def tabs_of(request: SchoolRequest, pupil: Pupil, rights: frozenset[Permission]) -> list[Tab]:
    """The pages about this pupil that exist and that the person may open. Some belong to apps above this one."""
    found = []
    for label, name in TABS:
        try:
            url = reverse(name, args=[request.school.slug, pupil.public_id])
        except NoReverseMatch:
            continue
        if getattr(resolve(url).func, "permission", None) in rights:
            found.append(Tab(label, url))
    return found


def head_line(pupil: Pupil, workers: list[KeyWorker], status: SupportStatus | None) -> str:
    """7B · key worker Amira Khan · SEN support; the last part only for people who may see it."""
    names = " and ".join(worker.name for worker in workers)
    parts = [
        class_words(pupil.nc_year, pupil.registration_group),
        f"key worker{'s' if len(workers) > 1 else ''} {names}" if names else "",
        provision_short(status.provision) if status else "",
    ]
    return " · ".join(part for part in parts if part)


def home_of(request: SchoolRequest, pupil: Pupil) -> str:
    """The first page about this pupil that the person may open: an office has no overview."""
    name = "pupil" if Permission.PUPIL_SEE in request.access.rights else "pupil-contacts"
    return reverse(name, args=[request.school.slug, pupil.public_id])


def refuse_changes(request: SchoolRequest, pupil: Pupil) -> HttpResponse | None:
    """Lead back from the form of a pupil who has left. A form that was open already is kept, see may_save."""
    if request.method == "POST" or not pupil.has_left(timezone.localdate()):
        return None
    messages.warning(request, f"{LEFT_WORDS} Put {pupil.first_name} back on roll first.")
    return redirect(home_of(request, pupil))


def may_save(form: forms.BaseForm, pupil: Pupil) -> bool:
    """Whether a form was sent and is right. Where the pupil left meanwhile, say so at the form and lose nothing typed."""
    if form.is_bound and pupil.has_left(timezone.localdate()):
        form.add_error(None, f"{LEFT_WORDS} Nothing was saved.")
    return form.is_bound and form.is_valid()


def profile_note(pupil: Pupil, profile: Profile | None) -> str:
    """Whose words a profile holds, and from when."""
    if profile is None:
        return ""
    if profile.told_on:
        return f"{pupil.first_name}’s own words, {profile.told_on:%-d %B %Y}."
    return f"Written on {timezone.localdate(profile.changed_at):%-d %B %Y}."


def profile_of(pupil: Pupil) -> Profile | None:
    return Profile.objects.filter(pupil=pupil).select_related("changed_by").first()
