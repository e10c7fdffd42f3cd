"""The definitions themselves. English first, Spanish second; both say the same."""

from __future__ import annotations

from .registry import CUT_OFF, NO_CAVEAT, PERIOD, Definition, Pair

PERSONS: Pair = ("persons", "personas")
SHARE: Pair = ("percent, with both counts beside it", "por ciento, con ambas cuentas al lado")
NONE: Pair = ("", "")
OURS: Pair = ("Puente", "Puente")
ENROLLED: Pair = (
    "officers of both Participants, as enrolled in cohorts",
    "oficiales de ambos Participantes, según su inscripción en grupos",
)
CURRENT: Pair = (
    "enrollments in cohorts that were open on at least one day of the period",
    "inscripciones en grupos abiertos al menos un día del periodo",
)

ALL: tuple[Definition, ...] = (
    Definition(
        "officers-trained",
        "1.0",
        ("Officers trained", "Oficiales formados"),
        (
            "Distinct persons who completed a shared curriculum in the period; a completion that was annulled does not count. "
            "Each person counts once, whatever the number of curricula.",
            "Personas distintas que concluyeron un programa compartido en el periodo; una conclusión anulada no cuenta. "
            "Cada persona cuenta una sola vez, sin importar el número de programas.",
        ),
        "N = |{person : a completion dated within the period, not annulled}|",
        PERSONS,
        ("persons with such a completion", "personas con una conclusión así"),
        NONE,
        ENROLLED,
        PERIOD,
        OURS,
        (
            "Persons, not completions. By Participant, agency and office: at the latest enrollment.",
            "Personas, no conclusiones. Por Participante, dependencia y oficina: según la inscripción más reciente.",
        ),
    ),
    Definition(
        "coverage",
        "1.0",
        ("Coverage", "Cobertura"),
        (
            "Requirements met, of all requirements. A requirement is one officer in one curriculum; it is met by a certificate that is valid at the cut-off.",
            "Requisitos cumplidos, del total de requisitos. Un requisito es un oficial en un programa; se cumple con un certificado vigente a la fecha de corte.",
        ),
        "C = |R ∩ V| / |R|",
        SHARE,
        ("required officers who hold a valid certificate", "oficiales requeridos con certificado vigente"),
        ("officers required at the cut-off", "oficiales requeridos a la fecha de corte"),
        (
            "officers on the rosters, including those who withdrew",
            "oficiales en las listas, incluidos quienes causaron baja",
        ),
        CUT_OFF,
        OURS,
        (
            "Requirements by post are not recorded yet: who is on a roster counts as required. Officers on no roster are not counted.",
            "Aún no se registran los requisitos por puesto: quien está en una lista cuenta como requerido. No se cuentan oficiales fuera de las listas.",
        ),
    ),
    Definition(
        "attainment",
        "1.0",
        ("Attainment of the target", "Cumplimiento del objetivo"),
        (
            "Completions of a cohort until the cut-off, of its target in persons.",
            "Conclusiones de un grupo a la fecha de corte, de su objetivo en personas.",
        ),
        "A = N(t) / target",
        SHARE,
        ("completions of the cohort until the cut-off", "conclusiones del grupo a la fecha de corte"),
        ("target of the cohort", "objetivo del grupo"),
        CURRENT,
        CUT_OFF,
        OURS,
        (
            "A cohort without a target is measured against its enrolled.",
            "Un grupo sin objetivo se mide frente a sus personas inscritas.",
        ),
    ),
    Definition(
        "pace",
        "1.0",
        ("Pace", "Avance"),
        (
            "Completions of a cohort until the cut-off, of those planned until then. Planned: none in the first tenth of the cohort’s time, then evenly, all by its last day.",
            "Conclusiones de un grupo a la fecha de corte, de las planeadas hasta entonces. Plan: ninguna en la primera décima parte del tiempo del grupo, después de manera uniforme, todas para su último día.",
        ),
        "pace = N(t) / planned(t)",
        SHARE,
        ("completions until the cut-off", "conclusiones a la fecha de corte"),
        ("completions planned until the cut-off", "conclusiones planeadas a la fecha de corte"),
        CURRENT,
        CUT_OFF,
        OURS,
        NO_CAVEAT,
    ),
    Definition(
        "completion-of-enrolled",
        "1.0",
        ("Completion rate, of enrolled", "Tasa de conclusión, de inscritos"),
        (
            "Enrollments completed by the last day of their cohort, of all enrollments.",
            "Inscripciones concluidas a más tardar el último día de su grupo, del total de inscripciones.",
        ),
        "completed by the due date / enrolled",
        SHARE,
        (
            "enrollments completed by the due date and the cut-off",
            "inscripciones concluidas a la fecha límite y a la fecha de corte",
        ),
        ("enrollments, including withdrawn", "inscripciones, incluidas las bajas"),
        CURRENT,
        CUT_OFF,
        OURS,
        (
            "While a cohort runs, its rate still grows. The other denominator stands beside it.",
            "Mientras un grupo está en curso, su tasa aún crece. El otro denominador va al lado.",
        ),
    ),
    Definition(
        "completion-of-started",
        "1.0",
        ("Completion rate, of started", "Tasa de conclusión, de quienes iniciaron"),
        (
            "Enrollments completed by the last day of their cohort, of those in which a course was opened.",
            "Inscripciones concluidas a más tardar el último día de su grupo, de aquellas en las que se abrió un curso.",
        ),
        "completed by the due date / started",
        SHARE,
        (
            "enrollments completed by the due date and the cut-off",
            "inscripciones concluidas a la fecha límite y a la fecha de corte",
        ),
        ("enrollments in which at least one course was opened", "inscripciones en las que se abrió al menos un curso"),
        CURRENT,
        CUT_OFF,
        OURS,
        NO_CAVEAT,
    ),
    Definition(
        "completion-curve",
        "1.0",
        ("Completion curve", "Curva de conclusión"),
        (
            "Share of a cohort that has completed by a time since an officer could begin. Withdrawal is a competing event: who withdrew can no longer complete. Who is still open is censored at the cut-off.",
            "Proporción de un grupo que ha concluido a cierto tiempo desde que cada oficial pudo comenzar. La baja es un evento que compite: quien causó baja ya no puede concluir. Quien sigue en curso se censura a la fecha de corte.",
        ),
        "F(t) = Σ_{t_i ≤ t} S(t_{i−1}) · c_i / n_i",
        ("percent, with a 95% band by the delta method", "por ciento, con franja de 95 % por el método delta"),
        (
            "c: completions at a time; S: share with neither event before it",
            "c: conclusiones en un tiempo; S: proporción sin ninguno de los eventos antes",
        ),
        ("n: officers at risk just before", "n: oficiales en riesgo justo antes"),
        ("enrollments of the cohort", "inscripciones del grupo"),
        CUT_OFF,
        (
            "Aalen and Johansen 1978, Scand. J. Stat. 5:141; variance after Marubini and Valsecchi 1995",
            "Aalen y Johansen 1978, Scand. J. Stat. 5:141; varianza según Marubini y Valsecchi 1995",
        ),
        (
            "One minus Kaplan–Meier would overstate completion. All reasons for withdrawal count alike.",
            "Uno menos Kaplan–Meier exageraría la conclusión. Todos los motivos de baja cuentan igual.",
        ),
    ),
    Definition(
        "first-attempt-pass",
        "1.0",
        ("Passed at the first attempt", "Aprobación al primer intento"),
        (
            "First attempts at a quiz that reached its pass mark, of all first attempts handed in.",
            "Primeros intentos de una evaluación que alcanzaron la puntuación aprobatoria, de todos los primeros intentos entregados.",
        ),
        "passed first attempts / first attempts handed in",
        SHARE,
        ("first attempts at or above the pass mark", "primeros intentos con la puntuación aprobatoria o más"),
        ("first attempts handed in", "primeros intentos entregados"),
        (
            "attempts, not persons: one officer sits one quiz in each course",
            "intentos, no personas: cada oficial presenta una evaluación por curso",
        ),
        PERIOD,
        (
            "interval after Wilson 1927, J. Am. Stat. Assoc. 22:209",
            "intervalo según Wilson 1927, J. Am. Stat. Assoc. 22:209",
        ),
        (
            "An attempt that was not handed in is missing, not failed.",
            "Un intento no entregado falta; no se cuenta como reprobado.",
        ),
    ),
    Definition(
        "course-completions",
        "1.0",
        ("Course completions", "Conclusiones de cursos"),
        (
            "Persons who completed a course in the period, each once in a course.",
            "Personas que concluyeron un curso en el periodo, una vez por curso.",
        ),
        "n_c = |{person : course c completed within the period}|",
        ("completions", "conclusiones"),
        ("persons who completed the course", "personas que concluyeron el curso"),
        NONE,
        ENROLLED,
        PERIOD,
        OURS,
        ("Versions of a course count as one course.", "Las versiones de un curso cuentan como un solo curso."),
    ),
    Definition(
        "person-hours",
        "1.0",
        ("Person-hours", "Horas-persona"),
        ("Course completions times the length of the course.", "Conclusiones de cursos por la duración del curso."),
        "Σ_c n_c · h_c",
        ("hours", "horas"),
        ("completions times hours", "conclusiones por horas"),
        NONE,
        ENROLLED,
        PERIOD,
        OURS,
        ("Hours as planned in the course, not as measured.", "Horas según el plan del curso, no medidas."),
    ),
    Definition(
        "goal-persons",
        "1.0",
        ("Persons reached, by goal of the Declaration", "Personas alcanzadas, por meta de la Declaración"),
        (
            "Distinct persons who completed in the period at least one course that serves the goal.",
            "Personas distintas que concluyeron en el periodo al menos un curso que atiende la meta.",
        ),
        "|⋃_{c serves g} persons_c|",
        PERSONS,
        ("persons with such a course", "personas con un curso así"),
        NONE,
        ENROLLED,
        PERIOD,
        OURS,
        (
            "A course may serve several goals and a person counts in each: the goals do not add up.",
            "Un curso puede atender varias metas y la persona cuenta en cada una: las metas no se suman.",
        ),
    ),
    Definition(
        "both-languages",
        "1.0",
        ("Worked in both languages", "Trabajo en ambos idiomas"),
        (
            "Persons who completed lessons or handed in attempts in English and in Spanish, of those who started.",
            "Personas que concluyeron lecciones o entregaron intentos en inglés y en español, de quienes iniciaron.",
        ),
        "persons with both / persons started",
        SHARE,
        ("persons with work in both languages", "personas con trabajo en ambos idiomas"),
        ("persons who opened a course", "personas que abrieron un curso"),
        ENROLLED,
        CUT_OFF,
        OURS,
        NO_CAVEAT,
    ),
    Definition(
        "language-use",
        "1.0",
        ("Language of work", "Idioma de trabajo"),
        (
            "Lessons completed and attempts handed in, by their language.",
            "Lecciones concluidas e intentos entregados, por idioma.",
        ),
        "in a language / all",
        SHARE,
        ("lessons, or attempts, in the language", "lecciones, o intentos, en el idioma"),
        ("all lessons, or attempts", "todas las lecciones, o intentos"),
        ENROLLED,
        (
            "lessons: until the cut-off; attempts: within the period",
            "lecciones: a la fecha de corte; intentos: en el periodo",
        ),
        OURS,
        (
            "A lesson counts in the language in which it was last read, an attempt in that of its start.",
            "La lección cuenta en el idioma en que se leyó por última vez; el intento, en el de su inicio.",
        ),
    ),
    Definition(
        "valid-certificates",
        "1.0",
        ("Holders of a valid certificate", "Titulares de un certificado vigente"),
        (
            "Distinct persons with at least one certificate that was issued by the cut-off and not revoked.",
            "Personas distintas con al menos un certificado emitido a la fecha de corte y no revocado.",
        ),
        "|{person : a certificate valid at the cut-off}|",
        PERSONS,
        ("persons, not certificates", "personas, no certificados"),
        NONE,
        ENROLLED,
        CUT_OFF,
        OURS,
        NO_CAVEAT,
    ),
)
