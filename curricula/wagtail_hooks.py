"""What the administration shows of curricula."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from people.access import may
from people.audit_admin import watch
from people.own_side import OwnSideViewSet, keep_to_own_side
from people.roles import Right

from .access import cohorts_visible_to, may_see_sources
from .forms import CohortForm
from .models import Cohort, Curriculum, WorkingGroup
from .source_list import SourceList

keep_to_own_side(Cohort, cohorts_visible_to)

ROUND_ACTIONS = (
    ("enrollment.taken_up", _("Take up a place"), _("Place taken up")),
    ("enrollment.on_leave", _("Put an officer on leave"), _("Officer on leave")),
    ("enrollment.returned", _("End a leave"), _("Officer back from leave")),
    ("enrollment.extended", _("Give an officer more time"), _("Officer given more time")),
    ("enrollment.transferred", _("Transfer an officer"), _("Officer transferred")),
    ("enrollment.lapsed", _("Let enrollments lapse"), _("Enrollment lapsed")),
    ("round.created", _("Set up a round"), _("Round set up")),
    ("round.changed", _("Change a round"), _("Round changed")),
    ("round.targets_set", _("Set targets"), _("Targets of a round set")),
    ("nomination.made", _("Nominate officers"), _("Officer nominated")),
    ("nomination.accepted", _("Accept nominations"), _("Nomination accepted")),
    ("nomination.waiting", _("Let nominees wait"), _("Nominee put on the waiting list")),
    ("nomination.declined", _("Decline nominations"), _("Nomination declined")),
    ("nomination.seat_held", _("Hold seats"), _("Seat held for a nominee")),
    ("nomination.person_added", _("Accept nominations"), _("Person added by a nomination")),
    ("nomination.likeness_decided", _("Decide on a possible duplicate"), _("Possible duplicate decided")),
)
"""Code, what is done, and what was done."""


@hooks.register("register_log_actions")
def curriculum_actions(actions: LogActionRegistry) -> None:
    """The stable codes of what is done here, and the sentence shown for each."""
    actions.register_action("curricula.edition.proposed", _("Propose an edition"), _("Edition proposed"))
    actions.register_action("curricula.edition.approved", _("Approve an edition"), _("Edition approved"))
    actions.register_action("curricula.edition.published", _("Publish an edition"), _("Edition published"))
    actions.register_action("curricula.edition.fell_away", _("Propose an edition"), _("Candidate fell away"))
    actions.register_action("curricula.edition.withdrawn", _("Withdraw a candidate"), _("Candidate withdrawn"))
    actions.register_action(
        "curricula.edition.changes_requested", _("Ask for changes of an edition"), _("Changes of an edition requested")
    )
    actions.register_action("curricula.edition.sent_back", _("Ask for changes of an edition"), _("Candidate sent back"))
    actions.register_action("curricula.cohort.moved", _("Move a cohort"), _("Cohort moved to a newer edition"))
    actions.register_action("curricula.edition.superseded", _("Publish an edition"), _("Edition superseded"))
    actions.register_action("curricula.curriculum.changed", _("Change a curriculum"), _("Curriculum changed"))
    actions.register_action("curricula.enrollment.opened", _("Enroll officers"), _("Officer enrolled"))
    actions.register_action("curricula.cohort.enrolled", _("Enroll officers"), _("Officers enrolled"))
    actions.register_action("curricula.cohort.invited", _("Invite officers"), _("Officers invited"))
    actions.register_action("curricula.roster.applied", _("Apply a roster"), _("Roster applied"))
    actions.register_action("curricula.roster.undone", _("Undo a roster"), _("Roster undone"))
    actions.register_action(
        "curricula.roster.headings_explained", _("Explain headings of rosters"), _("Headings of rosters explained")
    )
    actions.register_action("curricula.roster.errors_taken", _("Apply a roster"), _("Rows to mend downloaded"))
    actions.register_action("curricula.roster.person_restored", _("Undo a roster"), _("Person as before a roster"))
    actions.register_action("curricula.roster.person_removed", _("Undo a roster"), _("Person of a roster removed"))
    actions.register_action("curricula.enrollment.removed", _("Undo a roster"), _("Enrollment of a roster removed"))
    actions.register_action("curricula.enrollment.restored", _("Undo a roster"), _("Officer active again"))
    actions.register_action("curricula.enrollment.completed", _("Complete a curriculum"), _("Curriculum completed"))
    actions.register_action("curricula.enrollment.withdrawn", _("Withdraw an officer"), _("Officer withdrawn"))
    actions.register_action(
        "curricula.risk.rules_set", _("Set the rules for officers at risk"), _("Rules for officers at risk set")
    )
    actions.register_action(
        "curricula.risk.decided", _("Decide about an officer at risk"), _("Decision about an officer at risk")
    )
    for code, label, message in ROUND_ACTIONS:
        actions.register_action(f"curricula.{code}", label, message)
    actions.register_action(
        "curricula.cohort.bulk_action", _("Do something to many officers"), _("Something done to many officers")
    )
    actions.register_action(
        "curricula.reminders.rules_set", _("Set the rules for reminders"), _("Rules for reminders set")
    )
    actions.register_action(
        "curricula.reminders.cohort_set", _("Set the rules for reminders"), _("Reminders of a cohort set")
    )
    actions.register_action("curricula.reminders.exported", _("Export reminders"), _("Reminders exported"))
    actions.register_action("curricula.roster.person_added", _("Apply a roster"), _("Person added by a roster"))
    actions.register_action("curricula.roster.person_changed", _("Apply a roster"), _("Person changed by a roster"))
    actions.register_action("curricula.roster.office_added", _("Apply a roster"), _("Office added by a roster"))
    actions.register_action("curricula.session.planned", _("Plan a session"), _("Session planned"))
    actions.register_action("curricula.session.changed", _("Change a session"), _("Session changed"))
    actions.register_action("curricula.session.canceled", _("Cancel a session"), _("Session or place in it canceled"))
    actions.register_action("curricula.session.roll_closed", _("Close a roll"), _("Roll of a session closed"))
    actions.register_action("curricula.session.signed_up", _("Sign up for a session"), _("Place in a session given"))
    actions.register_action("curricula.session.promoted", _("Sign up for a session"), _("Moved up to a seat"))
    actions.register_action("curricula.session.declined", _("Decline a session"), _("Place in a session declined"))
    actions.register_action("curricula.attendance.recorded", _("Record attendance"), _("Attendance recorded"))
    actions.register_action("curricula.calendar.made", _("Make a calendar address"), _("Calendar address made"))
    actions.register_action("curricula.calendar.ended", _("End a calendar address"), _("Calendar address ended"))


watch(Cohort, Curriculum, WorkingGroup)


class CurriculumViewSet(SnippetViewSet):
    model = Curriculum
    icon = "folder-open-inverse"
    list_display = ["code", "title_en", "title_es", "owner"]


class WorkingGroupViewSet(SnippetViewSet):
    model = WorkingGroup
    icon = "group"
    list_display = ["code", "name_en", "name_es"]


class CohortViewSet(OwnSideViewSet):
    model = Cohort
    icon = "group"
    list_display = ["code", "name_en", "edition", "opens_on", "closes_on"]
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            MultiFieldPanel([FieldPanel("name_en"), FieldPanel("name_es")], heading=_("Name")),
            FieldRowPanel([FieldPanel("edition"), FieldPanel("participant")]),
            FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on"), FieldPanel("target_persons")]),
            FieldRowPanel([FieldPanel("round"), FieldPanel("seats")]),
        ],
        base_form_class=CohortForm,
    )


class CurriculaGroup(SnippetViewSetGroup):
    menu_label = _("Curricula and cohorts")
    menu_icon = "folder-open-inverse"
    menu_order = 210
    items = (CurriculumViewSet, CohortViewSet, WorkingGroupViewSet)


register_snippet(CurriculaGroup)


class RightMenuItem(MenuItem):
    """A menu entry for those who hold a right."""

    def __init__(self, *args: object, right: Right, **kwargs: object) -> None:
        self.right = right
        super().__init__(*args, **kwargs)

    def is_shown(self, request: object) -> bool:
        return may(request.user, self.right)  # type: ignore[attr-defined]


@hooks.register("register_admin_menu_item")
def cohorts_menu_item() -> MenuItem:
    return RightMenuItem(
        _("Cohort boards"), reverse("curricula:cohorts"), icon_name="group", order=120, right=Right.MANAGE_COHORTS
    )


class SessionsMenuItem(MenuItem):
    """The way to the sessions for those who manage or teach them."""

    def is_shown(self, request: object) -> bool:
        user = request.user  # type: ignore[attr-defined]
        return may(user, Right.MANAGE_COHORTS) or may(user, Right.LEAD_SESSIONS)


@hooks.register("register_admin_menu_item")
def sessions_menu_item() -> MenuItem:
    return SessionsMenuItem(
        pgettext_lazy("training", "Sessions"), reverse("curricula:sessions"), icon_name="calendar-alt", order=122
    )


@hooks.register("register_admin_menu_item")
def rounds_menu_item() -> MenuItem:
    return RightMenuItem(
        _("Rounds"), reverse("curricula:rounds"), icon_name="calendar-alt", order=119, right=Right.MANAGE_COHORTS
    )


@hooks.register("register_admin_menu_item")
def reminders_menu_item() -> MenuItem:
    return RightMenuItem(
        _("Reminders"), reverse("curricula:reminders"), icon_name="mail", order=121, right=Right.MANAGE_COHORTS
    )


@hooks.register("register_admin_menu_item")
def editions_menu_item() -> MenuItem:
    return RightMenuItem(
        _("Editions"), reverse("curricula:editions"), icon_name="clipboard-list", order=130, right=Right.READ_CURRICULA
    )


@hooks.register("register_admin_menu_item")
def approvals_menu_item() -> MenuItem:
    return RightMenuItem(
        _("Approvals"), reverse("curricula:approvals"), icon_name="check", order=125, right=Right.APPROVE
    )


class SourcesMenuItem(MenuItem):
    """The way to the sources for those who may look at them again."""

    def is_shown(self, request: object) -> bool:
        return may_see_sources(request.user)  # type: ignore[attr-defined]


@hooks.register("register_admin_menu_item")
def sources_menu_item() -> MenuItem:
    return SourcesMenuItem(_("Sources of lessons"), reverse("source_list"), icon_name="doc-full", order=207)


@hooks.register("register_admin_urls")
def source_addresses() -> list[URLPattern]:
    """Within the administration, whose lists know filters and spreadsheets."""
    return [
        path("sources/", SourceList.as_view(), name="source_list"),
        path("sources/results/", SourceList.as_view(results_only=True), name="source_list_results"),
    ]
