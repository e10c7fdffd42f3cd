"""The addresses under `manage/`: cohorts, rosters, editions."""

from __future__ import annotations

from django.urls import path

from .views import (
    approvals,
    cohorts,
    editions,
    invitations,
    moves,
    nominations,
    officers,
    parity,
    proposals,
    requirements,
    rosters,
    rounds,
    sources,
)

app_name = "curricula"
urlpatterns = [
    path("cohorts/", cohorts.cohort_list, name="cohorts"),
    path("cohorts/<slug:code>/", cohorts.board, name="board"),
    path("cohorts/<slug:code>/invite/", invitations.invite_officers, name="invite_officers"),
    path("cohorts/<slug:code>/roster/", rosters.roster_upload, name="roster_upload"),
    path("cohorts/<slug:code>/roster/<str:sha256>/apply/", rosters.roster_apply, name="roster_apply"),
    path("cohorts/<slug:code>/move/", moves.move, name="cohort_move"),
    path("cohorts/<slug:code>/officers/", officers.officer_list, name="officers"),
    path("cohorts/<slug:code>/officers/<int:pk>/", officers.officer, name="officer"),
    path("rounds/", rounds.round_list, name="rounds"),
    path("rounds/new/", rounds.round_new, name="round_new"),
    path("rounds/<slug:code>/", rounds.round_page, name="round"),
    path("rounds/<slug:code>/edit/", rounds.round_edit, name="round_edit"),
    path("rounds/<slug:code>/targets/", rounds.round_targets, name="round_targets"),
    path("rounds/<slug:code>/nominate/", nominations.nominate_officers, name="nominate"),
    path("rounds/<slug:code>/nominations/", nominations.nomination_list, name="nominations"),
    path("rounds/<slug:code>/nominations/<int:pk>/", nominations.nomination, name="nomination"),
    path("requirements/", requirements.requirement_list, name="requirements"),
    path("requirements/new/", requirements.requirement_new, name="requirement_new"),
    path("requirements/<int:pk>/", requirements.requirement, name="requirement"),
    path("requirements/<int:pk>/edit/", requirements.requirement_edit, name="requirement_edit"),
    path("sources/<int:pk>/review/", sources.review, name="source_review"),
    path("approvals/", approvals.inbox, name="approvals"),
    path("editions/", editions.edition_list, name="editions"),
    path("editions/propose/", proposals.propose, name="edition_propose"),
    path("editions/obstacles/<slug:code>/", proposals.obstacles, name="obstacles"),
    path("editions/correct/<slug:code>/", proposals.correct, name="edition_correct"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/read/<slug:code>/", editions.edition_object, name="edition_object"),
    path("editions/<int:pk>/approve/", approvals.approve, name="edition_approve"),
    path("editions/<int:pk>/changes/", approvals.ask_for_changes, name="edition_changes"),
    path("editions/<int:pk>/withdraw/", proposals.withdraw, name="edition_withdraw"),
    path("editions/<int:pk>/publish/", approvals.publish, name="edition_publish"),
    path("parity/<slug:code>/", parity.board, name="parity"),
    path("parity/<slug:code>/from-english.po", parity.export, {"source": "en"}, name="renderings_from_en"),
    path("parity/<slug:code>/from-spanish.po", parity.export, {"source": "es"}, name="renderings_from_es"),
    path("parity/<slug:code>/import/", parity.import_file, name="renderings_import"),
]
