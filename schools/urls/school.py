"""Addresses below /schools/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from schools.views import safeguarding, settings, staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("staff/", staff.staff_list, name="staff-list"),
    path("staff/invite/", staff.staff_invite, name="staff-invite"),
    path("staff/<uuid:public_id>/", staff.staff_member, name="staff-member"),
    path("staff/<uuid:public_id>/end/", staff.staff_end, name="staff-end"),
    path("staff/invitations/<uuid:public_id>/again/", staff.invitation_again, name="invitation-again"),
    path("staff/invitations/<uuid:public_id>/withdraw/", staff.invitation_withdraw, name="invitation-withdraw"),
    path("safeguarding/", safeguarding.safeguarding, name="safeguarding"),
    path("settings/", settings.school_settings, name="school-settings"),
    path("settings/cycles/", settings.school_cycles, name="school-cycles"),
]
