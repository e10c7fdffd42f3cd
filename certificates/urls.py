"""The addresses of certificates. `/v/CODE` is what the square code says; capitals make the code coarser and easier
to read."""

from __future__ import annotations

from django.urls import path

from .views import badges, checking, holder

app_name = "certificates"
urlpatterns = [
    path("verify/", checking.check, name="check"),
    path("verify/<str:code>/", checking.verify, name="verify"),
    path("v/<str:code>", checking.short_address, name="short"),
    path("V/<str:code>", checking.short_address),
    path("certificates/<slug:number>/", holder.certificate, name="certificate"),
    path("certificates/<slug:number>/document.pdf", holder.document, name="document"),
    path("certificates/<slug:number>/badge.<str:kind>", holder.badge, name="badge"),
    path("badges/<slug:curriculum>/<str:edition>/", badges.about, name="about_badge"),
]
