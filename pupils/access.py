"""A key worker's rights hold for own pupils; this is where that is looked at."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from pupils.models import Pupil
from pupils.models.pupil import PupilQuerySet
from schools.access import KEY_WORKER_RIGHTS, Permission, SchoolRequest


def visible_pupils(request: SchoolRequest, permission: Permission) -> PupilQuerySet:
    """Return the pupils for whom the person holds the permission: all of them, own ones as a key worker, or none."""
    pupils = Pupil.objects.all()
    if request.access.may(permission):
        return pupils
    if permission in KEY_WORKER_RIGHTS:
        return pupils.with_key_worker(request.user, timezone.localdate())
    return pupils.none()


def pupil_or_404(request: SchoolRequest, public_id: UUID, permission: Permission) -> Pupil:
    """Return one pupil for whom the person holds the permission. Raises Http404 otherwise, as if there were none."""
    pupil = visible_pupils(request, permission).filter(public_id=public_id).first()
    if pupil is None:
        raise Http404
    return pupil


def may_for(request: SchoolRequest, pupil: Pupil, permission: Permission) -> bool:
    """Say whether the person holds the permission for this pupil, as a page asks before it shows a button."""
    return request.access.may(permission) or visible_pupils(request, permission).filter(pk=pupil.pk).exists()


def rights_for(request: SchoolRequest, is_own: bool) -> frozenset[Permission]:
    """Return what a person may do with one pupil: by role, and as the pupil's key worker."""
    return request.access.rights | KEY_WORKER_RIGHTS if is_own else request.access.rights
