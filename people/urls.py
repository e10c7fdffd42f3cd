"""The addresses of people: invitations, letters, the record."""

from __future__ import annotations

from django.urls import path

from .views import accepting, invitations, letters, record, sign_ins

app_name = "people"
urlpatterns = [
    path("invitation/", accepting.invitation, name="invitation"),
    path("invitation/<str:token>/", accepting.invitation_link, name="invitation_link"),
    path("manage/audit/", record.record, name="record"),
    path("manage/audit/audit.csv", record.record_csv, name="record_csv"),
    path("manage/invitations/", invitations.invitation_list, name="invitations"),
    path("manage/invitations/new/", invitations.invite_person, name="invite"),
    path("manage/invitations/<int:pk>/again/", invitations.invite_again, name="invite_again"),
    path("manage/invitations/<int:pk>/end/", invitations.end, name="invitation_end"),
    path("manage/letters/", letters.letter_list, name="letters"),
    path("manage/letters/kinds/<slug:kind>/", letters.letter_kind, name="letter_kind"),
    path("manage/letters/kinds/<slug:kind>/<str:language>.html", letters.sample, name="letter_sample"),
    path("manage/letters/<int:pk>/again/", letters.again, name="letter_again"),
    path("manage/people/<int:pk>/sessions/", sign_ins.sign_ins, name="sign_ins"),
]
