"""Every address of Puente. All of them carry the language, so that a link says in which language it opens."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language
from wagtail import urls as wagtail_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve

from lms.admin_entrance import admin_entrance
from lms.dashboard.views import my_learning, training_record
from lms.health import health
from lms.media import frozen, picture
from lms.refusals import not_here
from lms.wagtail_reports import administration_urls, to_the_entrance
from people.views.identities import come_back

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("language/", set_language, name="set_language"),
    path("oidc/<slug:provider_id>/callback/", come_back, name="openid_connect_callback"),
    path("", include("certificates.machine_urls")),
    path("", include("curricula.machine_urls")),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.strip('/')}/frozen/<str:name>", frozen, name="frozen_file"),
    path(f"{settings.MEDIA_URL.strip('/')}/<str:shelf>/<str:name>", picture, name="picture"),
]

handler429 = "lms.refusals.too_many"

urlpatterns += i18n_patterns(
    path("admin/login/", admin_entrance, name="wagtailadmin_login"),
    path("_util/login/", to_the_entrance),
    path("admin/password_reset/", not_here),
    path("admin/password_reset/<path:rest>", not_here),
    path("admin/", include(administration_urls)),
    path("account/", include("people.account_urls")),
    path("my-learning/", my_learning, name="my_learning"),
    path("my-learning/record/", training_record, name="training_record"),
    path("", include("curricula.learner_urls")),
    path("", include("courses.urls")),
    path("", include("certificates.urls")),
    path("", include("people.urls")),
    path("manage/", include("curricula.urls")),
    path("manage/", include("reports.urls")),
    path("jobs/", include("jobs.urls")),
    path("", include("lms.privacy.urls")),
    path("", include("lms.decisions.urls")),
    path("", include("lms.attendance.urls")),
    path("", serve, {"path": ""}, name="home"),
    path("", include(wagtail_urls)),
)
