"""Addresses that machines read: the same in every language, so that they stand outside of those."""

from __future__ import annotations

from django.urls import path

from .views import badges, checking

app_name = "badges"
urlpatterns = [
    path("verify/<str:code>.json", checking.verify_json, name="verify_json"),
    path("verify/issuer.pem", checking.issuer_certificates, name="issuer_certificates"),
    path(".well-known/did.json", badges.did, name="did"),
    path("did.json", badges.did),
    path("badges/status/<str:purpose>/<int:number>", badges.status, name="status"),
    path("badges/<slug:curriculum>/<str:edition>/badge.svg", badges.picture, name="picture"),
]
