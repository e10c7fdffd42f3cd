"""The addresses of certificates. `/v/CODE` is what the square code says; capitals make the code coarser and easier
to read."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "certificates"
urlpatterns = [
    path("verify/", views.check, name="check"),
    path("verify/<str:code>/", views.verify, name="verify"),
    path("v/<str:code>", views.short_address, name="short"),
    path("V/<str:code>", views.short_address),
    path("certificates/<slug:number>/", views.certificate, name="certificate"),
    path("certificates/<slug:number>/document.pdf", views.document, name="document"),
]
