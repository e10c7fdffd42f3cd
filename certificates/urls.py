"""The addresses of certificates. `/v/CODE` is what the square code says; capitals make the code coarser and easier
to read."""

from __future__ import annotations

from django.urls import path

from .views import badges, checking, designs, holder, register

app_name = "certificates"
urlpatterns = [
    path("verify/", checking.check, name="check"),
    path("verify/<str:code>/", checking.verify, name="verify"),
    path("v/<str:code>", checking.short_address, name="short"),
    path("V/<str:code>", checking.short_address),
    path("certificates/<slug:number>/", holder.certificate, name="certificate"),
    path("certificates/<slug:number>/document.pdf", holder.document, name="document"),
    path("certificates/<slug:number>/badge.<str:kind>", holder.badge, name="badge"),
    path("manage/certificate-designs/", designs.overview, name="designs"),
    path("manage/certificate-designs/<slug:code>/", designs.edit, name="design"),
    path("manage/certificate-designs/<slug:code>/<str:language>.png", designs.picture, name="design_picture"),
    path("manage/certificate-designs/<slug:code>/specimen.pdf", designs.specimen, name="design_specimen"),
    path("manage/certificates/", register.register, name="register"),
    path("manage/certificates/take-away/", register.take_away, name="take_away"),
    path("manage/certificates/<slug:number>/", register.manage, name="manage"),
    path("manage/certificates/<slug:number>/suspend/", register.do_suspend, name="suspend"),
    path("manage/certificates/<slug:number>/lift/", register.do_lift, name="lift"),
    path("manage/certificates/<slug:number>/revoke/", register.do_revoke, name="revoke"),
    path("manage/certificates/<slug:number>/reissue/", register.do_reissue, name="reissue"),
    path("badges/<slug:curriculum>/<str:edition>/", badges.about, name="about_badge"),
]
