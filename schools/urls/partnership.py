"""Addresses below /partnerships/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from schools.views import partnership_staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/", partnership_staff.partnership_staff, name="partnership-staff"),
    path("staff/invite/", partnership_staff.partnership_invite, name="partnership-invite"),
    path(
        "staff/invitations/<uuid:public_id>/again/",
        partnership_staff.partnership_invitation_again,
        name="partnership-invitation-again",
    ),
    path(
        "staff/invitations/<uuid:public_id>/withdraw/",
        partnership_staff.partnership_invitation_withdraw,
        name="partnership-invitation-withdraw",
    ),
]
