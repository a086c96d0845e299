"""A key worker's rights hold for own pupils, a teacher's for pupils with SEND; this is where that is looked at."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone

from pupils.models import Pupil
from pupils.models.pupil import PupilQuerySet
from schools.access import Permission, SchoolRequest, key_worker_rights, rights_of
from schools.models import Role


def visible_pupils(request: SchoolRequest, permission: Permission) -> PupilQuerySet:
    """Return the pupils for whom the person holds the permission.

    All of them by most roles; those with SEND by a teacher's; own ones as a key worker; or none.
    """
    pupils, today = Pupil.objects.all(), timezone.localdate()
    if permission in rights_of(request.access.roles - {Role.TEACHER}):
        return pupils
    found = pupils.with_send() if request.access.may(permission) else pupils.none()
    if permission in key_worker_rights(request.school):
        found = found | pupils.with_key_worker(request.user, today)
    return found


def pupil_or_404(request: SchoolRequest, public_id: UUID, permission: Permission) -> Pupil:
    """Return one pupil for whom the person holds the permission. Raises Http404 otherwise, as if there were none."""
    pupil = visible_pupils(request, permission).filter(public_id=public_id).first()
    if pupil is None:
        raise Http404
    return pupil


def refuse_governors(request: SchoolRequest) -> None:
    """Any of the staff may be a key worker; a governor, who sees figures only, is none. Raises Http404."""
    if request.access.roles == {Role.GOVERNOR}:
        raise Http404


def rights_for(request: SchoolRequest, is_own: bool) -> frozenset[Permission]:
    """Return what a person may do with one pupil: by role, and as the pupil's key worker."""
    return request.access.rights | key_worker_rights(request.school) if is_own else request.access.rights
