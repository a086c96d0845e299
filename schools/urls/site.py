"""Addresses outside any school. Of django-allauth's only these are reachable."""

from allauth.account import views as allauth_views
from django.urls import URLPattern, URLResolver, path, re_path

from schools.views import demo_mail, entrance, home, invitations, lock, outbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("signin/", entrance.sign_in, name="account_login"),
    path("signin/device/", entrance.device, name="device"),
    path("signout/", entrance.sign_out, name="account_logout"),
    path("take-back/", lock.take_back, name="take-back"),
    path("session/stay/", entrance.stay, name="session-stay"),
    path("outbox/", outbox.outbox_page, name="outbox"),
    path("outbox/session/", outbox.outbox_session, name="outbox-session"),
    path("outbox/never-sent/", outbox.outbox_never_sent, name="outbox-never-sent"),
    path("service-worker.js", outbox.service_worker, name="service-worker"),
    path("offline/", outbox.offline, name="offline"),
    path("account/closed/", allauth_views.account_inactive, name="account_inactive"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path("password/reset/sent/", entrance.link_sent, name="account_reset_password_done"),
    path("password/reset/done/", allauth_views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("demo/mail/", demo_mail.demo_mail, name="demo-mail"),
]
