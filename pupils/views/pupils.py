"""The list of pupils, and a pupil's last day."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pupils.access import visible_pupils
from pupils.forms.pupils import LeftForm, PupilFilterForm
from pupils.importing import codes
from pupils.models import KeyWorker, Pupil
from pupils.models.pupil import PupilQuerySet
from pupils.searching import search_address, searched_words
from pupils.services.pupils import put_back_on_roll, take_off_roll
from pupils.views.frame import home_of, open_pupil, pupil_frame
from pupils.words import provision_short, year_words
from schools.access import Permission, SchoolRequest, school_view
from schools.models import Role

A_PAGE = 25


@dataclass(frozen=True)
class Chip:
    """One filter in use, and the address of the list without it."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Row:
    """One pupil of the list, as much of them as the person may see."""

    pupil: Pupil
    url: str
    year: str
    needs: str = ""
    provision: str = ""
    key_workers: str = ""


@school_view(Permission.PUPIL_NAMES)
def pupil_list(request: SchoolRequest) -> HttpResponse:
    """Find a pupil. The whole school's for those who may see all names, a key worker's own for others."""
    today = timezone.localdate()
    visible = visible_pupils(request, Permission.PUPIL_NAMES)
    has_a_list = request.access.may(Permission.PUPIL_NAMES) or Role.KEY_WORKER in request.access.roles
    if not has_a_list and not visible.exists():  # a governor, say: key worker of nobody
        raise Http404
    if request.method == "POST":
        return redirect(search_address(request))
    shows_left = request.GET.get("roll") == "left"
    side = visible.left(today) if shows_left else visible.not_left(today)
    asked = {**request.GET.dict(), "q": searched_words(request)}
    form = PupilFilterForm(asked, facets=side.facets(today), sees_support=sees_support(request))
    counts = narrow(visible, form, today).roll_counts(today)
    paginator = Paginator(narrow(side, form, today).for_list_page(), A_PAGE)
    paginator.count = counts["left"] if shows_left else counts["here"]
    page = paginator.get_page(request.GET.get("page"))
    context = {"form": form, "counts": counts, "page": page, "rows": rows_of(request, page, today), "shows_left": shows_left}
    context |= {"sees_support": sees_support(request), "sees_all": request.access.may(Permission.PUPIL_NAMES)}
    context |= {"chips": chips_of(request, form), "today": today}
    context["is_part"] = is_part = "HX-Request" in request.headers
    return render(request, "pupils/_pupil_list.html" if is_part else "pupils/pupil_list.html", context)


def sees_support(request: SchoolRequest) -> bool:
    """Whether needs and provision may stand in the list: not for people who may see names only."""
    return request.access.may(Permission.PUPIL_SEE) or not request.access.may(Permission.PUPIL_NAMES)


def narrow(pupils: PupilQuerySet, form: PupilFilterForm, today: date) -> PupilQuerySet:
    """Keep the pupils that the search and the filters ask for."""
    if text := form.chosen("q"):
        pupils = pupils.matching(text)
    if year := form.chosen("year"):
        pupils = pupils.filter(nc_year=year)
    if group := form.chosen("group"):
        pupils = pupils.filter(registration_group=group)
    if need := form.chosen("need"):
        pupils = pupils.with_need(need, today)
    if provision := form.chosen("provision"):
        pupils = pupils.with_provision(provision)
    if worker := form.chosen("worker"):
        pupils = pupils.filter(pk__in=KeyWorker.objects.on(today).filter(user=int(worker)).values("pupil"))
    return pupils


def chips_of(request: SchoolRequest, form: PupilFilterForm) -> list[Chip]:
    sent = {name: value for name, value in request.GET.items() if value and name != "page"}
    return [
        Chip(label, words, f"?{urlencode({key: value for key, value in sent.items() if key != name})}")
        for name, label, words in form.chips()
    ]


def rows_of(request: SchoolRequest, page: Page, today: date) -> list[Row]:
    rows = []
    for pupil in page.object_list:
        workers = pupil.key_workers_on(today)
        is_own = any(worker.user_id == request.user.pk for worker in workers)
        row = Row(pupil, url_of(request, pupil, is_own), year_words(pupil.nc_year))
        if sees_support(request):
            needs = ", ".join(codes.NEED.words(need.need_type) for need in pupil.needs_on(today))
            names = ", ".join(worker.name for worker in workers)
            row = Row(pupil, row.url, row.year, needs, provision_short(pupil.provision), names)
        rows.append(row)
    return rows


def url_of(request: SchoolRequest, pupil: Pupil, is_own: bool) -> str:
    """The page that a name in the list leads to: for people who may see names and contacts only, the contacts."""
    name = "pupil" if is_own or request.access.may(Permission.PUPIL_SEE) else "pupil-contacts"
    return reverse(name, args=[request.school.slug, pupil.public_id])


@school_view(Permission.ROLL_IMPORT)
def pupil_left(request: SchoolRequest, public_id: UUID) -> HttpResponse:
    """Set a pupil's last day, change it, or put the pupil back on roll."""
    pupil = open_pupil(request, public_id, Permission.ROLL_IMPORT)
    if "back" in request.POST:
        put_back_on_roll(pupil=pupil, by=request.user)
        messages.success(request, f"{pupil.first_name} is back on roll.")
        return redirect(home_of(request, pupil))
    form = LeftForm(request.POST or None, pupil=pupil, initial={"left_on": pupil.left_on})
    if form.is_bound and form.is_valid():
        take_off_roll(pupil=pupil, by=request.user, **form.cleaned_data)
        messages.success(request, f"{pupil.first_name}’s last day is {form.cleaned_data['left_on']:%-d %B %Y}.")
        return redirect(home_of(request, pupil))
    heading = "Another last day" if pupil.left_on else "Leaving the school"
    return render(request, "pupils/left.html", pupil_frame(request, pupil, form=form, heading=heading))
