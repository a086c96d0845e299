"""Addresses below /schools/<slug>/."""

from django.urls import URLPattern, URLResolver, path

from pupils.views import contacts, imports, key_workers, profiles, pupils

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", imports.import_list, name="import-list"),
    path("imports/<uuid:pk>/", imports.import_page, name="import-page"),
    path("imports/<uuid:pk>/discard/", imports.import_discard, name="import-discard"),
    path("pupils/", pupils.pupil_list, name="pupil-list"),
    path("pupils/<uuid:public_id>/left/", pupils.pupil_left, name="pupil-left"),
    path("pupils/<uuid:public_id>/profile/", profiles.profile_edit, name="profile-edit"),
    path("pupils/<uuid:public_id>/profile/print/", profiles.profile_print, name="profile-print"),
    path("pupils/<uuid:public_id>/contacts/", contacts.pupil_contacts, name="pupil-contacts"),
    path("pupils/<uuid:public_id>/contacts/new/", contacts.contact_new, name="contact-new"),
    path("pupils/<uuid:public_id>/contacts/<uuid:contact_id>/", contacts.contact_edit, name="contact-edit"),
    path("pupils/<uuid:public_id>/contacts/<uuid:contact_id>/remove/", contacts.contact_remove, name="contact-remove"),
    path("pupils/<uuid:public_id>/key-workers/", key_workers.key_workers, name="key-workers"),
    path("pupils/<uuid:public_id>/key-workers/end/", key_workers.key_worker_end, name="key-worker-end"),
]
