"""Every address of Puente. All of them carry the language, so that a link says in which language it opens."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from lms.dashboard.views import my_learning
from lms.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("language/", set_language, name="set_language"),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

urlpatterns += i18n_patterns(
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("allauth.urls")),
    path("my-learning/", my_learning, name="my_learning"),
    path("", include("courses.urls")),
    path("", include("certificates.urls")),
    path("manage/", include("curricula.urls")),
    path("manage/", include("reports.urls")),
    path("jobs/", include("jobs.urls")),
    path("", serve, {"path": ""}, name="home"),
    path("", include(wagtail_urls)),
)
