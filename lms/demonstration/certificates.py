"""How certificates of the demonstration look, who signs them, how long they last, which competences they show."""

from __future__ import annotations

import datetime as dt

from certificates.models import Competence, Framework, Signatory, ValidityRule
from certificates.payload import Design
from certificates.services.designs import choose_design
from courses.models import CoursePage
from curricula.models import Curriculum, CurriculumEdition
from people.models import Agency, Participant, User

RENEWED = "IN"
SIGNATORIES = (
    ("DHS", "CBP", "Margaret Lindholm", "Director of Training", "Directora de Capacitación"),
    (
        "SHCP",
        "AGA",
        "Ignacio Arreola Fuentes",
        "Central Administrator of Training",
        "Administrador Central de Capacitación",
    ),
)
FRAMEWORK = ("arusha-2003", "Revised Arusha Declaration", "Declaración de Arusha revisada")
"""The declaration of the World Customs Organization on integrity in customs, 1993, revised in 2003; its ten factors."""
COMPETENCES = (
    ("1", "Leadership and commitment", "Liderazgo y compromiso", ("IN-206",)),
    ("6", "Audit and investigation", "Auditoría e investigación", ("IN-203", "IN-205")),
    ("7", "Code of conduct", "Código de conducta", ("IN-201", "IN-202", "IN-204")),
)


def set_certificates(*, signs_from: dt.date, by: User) -> None:
    """One of each Participant signs, an invented holder of a post. Certificates of integrity have another design, end
    after two years, and show what they serve of a framework. What stands already is left as it is."""
    for code, agency, name, post_en, post_es in SIGNATORIES:
        post = {
            "agency": Agency.objects.get(code=agency),
            "post_en": post_en,
            "post_es": post_es,
            "from_on": signs_from,
        }
        Signatory.objects.get_or_create(participant=Participant.objects.get(code=code), name=name, defaults=post)
    edition = CurriculumEdition.objects.published().filter(curriculum__code=RENEWED).order_by("pk").first()
    if edition:
        ValidityRule.objects.get_or_create(edition=edition, defaults={"months": 24})
    for curriculum in Curriculum.objects.filter(code=RENEWED, certificate_design__isnull=True):
        choose_design(curriculum=curriculum, design=Design("arcade"), by=by)
    _show_competences()


def _show_competences() -> None:
    code, name_en, name_es = FRAMEWORK
    framework, is_new = Framework.objects.get_or_create(code=code, defaults={"name_en": name_en, "name_es": name_es})
    if not is_new:
        return
    for number, english, spanish, courses in COMPETENCES:
        competence = Competence(framework=framework, code=number, name_en=english, name_es=spanish)
        competence.courses = CoursePage.objects.filter(code__in=courses)
        competence.save()
