"""The sheet for supply, on the screen and on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from pupils.access import visible_pupils
from pupils.models import Pupil
from pupils.services.pupils import record_each_seen
from schools.access import Permission, SchoolRequest, school_view
from schools.models import Role
from targets.supply import classes_of, in_class, lines_of


@school_view(Permission.PUPIL_SEE)
def supply(request: SchoolRequest) -> HttpResponse:
    """A person's own pupils of today, those covered for among them; or of one class those with SEND whom the person may see."""
    today = timezone.localdate()
    own = Pupil.objects.on_roll(today).with_key_worker(request.user, today)
    if not (request.access.may(Permission.PUPIL_SEE) or Role.KEY_WORKER in request.access.roles or own.exists()):
        raise Http404
    seen = visible_pupils(request, Permission.PUPIL_SEE).on_roll(today).with_send() | own
    classes = classes_of(seen)
    chosen = next((pair for pair in classes if pair[0] == request.GET.get("class")), None)
    lines = lines_of(in_class(seen, chosen[0]) if chosen else own, today)
    record_each_seen(pupils=[line.pupil for line in lines], by=request.user)
    context = {"classes": classes, "chosen": chosen, "lines": lines, "today": today, "is_unknown": "class" in request.GET and not chosen}
    return render(request, "targets/supply.html", context)
