"""Every address. A school's pages lie under /schools/<slug>/, a partnership's under /partnerships/<slug>/."""

from django.urls import URLPattern, URLResolver, include, path

from config import health
from config.display import display
from config.styleguide import styleguide
from schools.admin import site as admin
from targets.views.pupil_mode import voice_page

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("display/", display, name="display"),
    path("styleguide/", styleguide, name="styleguide"),
    path("admin/", admin.urls),
    path("", include("schools.urls.site")),
    path("voice/<str:token>/<int:number>/", voice_page, name="voice-page"),
    path("schools/<slug:slug>/", include("schools.urls.school")),
    path("schools/<slug:slug>/", include("pupils.urls")),
    path("schools/<slug:slug>/", include("targets.urls")),
    path("schools/<slug:slug>/", include("assessments.urls")),
    path("schools/<slug:slug>/", include("reports.urls.school")),
    path("partnerships/<slug:slug>/", include("schools.urls.partnership")),
    path("partnerships/<slug:slug>/", include("assessments.partnership_urls")),
    path("partnerships/<slug:slug>/", include("reports.urls.partnership")),
]
