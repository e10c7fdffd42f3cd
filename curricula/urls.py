"""The addresses under `manage/`: cohorts, rosters, editions."""

from __future__ import annotations

from django.urls import path

from .views import approvals, board, cohorts, editions, invitations, moves, parity, proposals, risks, rosters, sources

app_name = "curricula"
urlpatterns = [
    path("cohorts/", cohorts.cohort_list, name="cohorts"),
    path("cohorts/<slug:code>/", board.board, name="board"),
    path("cohorts/<slug:code>/figures/", board.figures, name="board_figures"),
    path("cohorts/<slug:code>/offices/<int:pk>/", board.office, name="board_office"),
    path("cohorts/<slug:code>/officers/<int:pk>/learning/", board.officer, name="officer_learning"),
    path("cohorts/<slug:code>/items/", board.items, name="board_items"),
    path("cohorts/<slug:code>/invite/", invitations.invite_officers, name="invite_officers"),
    path("cohorts/<slug:code>/roster/", rosters.roster_upload, name="roster_upload"),
    path("cohorts/<slug:code>/roster/<str:sha256>/apply/", rosters.roster_apply, name="roster_apply"),
    path("cohorts/<slug:code>/move/", moves.move, name="cohort_move"),
    path("cohorts/<slug:code>/at-risk/", risks.at_risk_list, name="at_risk"),
    path("cohorts/<slug:code>/at-risk/<int:pk>/", risks.decide, name="at_risk_decide"),
    path("at-risk/rules/", risks.rules, name="risk_rules"),
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
