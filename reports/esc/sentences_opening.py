"""The sentences of the cover and of sections 1 to 3. Which message is printed depends on the figures."""

from __future__ import annotations

Pair = tuple[str, str]
"""English, Spanish."""

OPENING: dict[str, Pair] = {
    "dated": (
        "What was true at the end of {cut_off} ({zone}).",
        "Lo que era cierto al término del {cut_off} ({zone}).",
    ),
    "rank": (
        "English edition. The Spanish edition has equal rank and is drawn from the same figures.",
        "Edición en español. La edición en inglés tiene igual rango y se elabora con las mismas cifras.",
    ),
    # 1 summary
    "m1_none": (
        "No officer completed a shared curriculum in the period.",
        "Ningún oficial concluyó un programa compartido en el periodo.",
    ),
    "m1_small": (
        "The number of officers trained in the period is too small to be shown.",
        "El número de oficiales formados en el periodo es demasiado pequeño para mostrarse.",
    ),
    "m1": (
        "{persons} officers completed a shared curriculum in the period.",
        "{persons} oficiales concluyeron un programa compartido en el periodo.",
    ),
    "m1_coverage": (
        "{part} of {whole} requirements are met by a valid certificate.",
        "{part} de {whole} requisitos se cumplen con un certificado vigente.",
    ),
    "k_trained": (
        "Officers trained",
        "Oficiales formados",
    ),
    "kd_trained": (
        (
            "Distinct persons who completed a shared curriculum in the period, of {enrolled} persons enrolled. "
            "Completions: {completions}. Trained to date: {to_date}."
        ),
        (
            "Personas distintas que concluyeron un programa compartido en el periodo, de {enrolled} personas "
            "inscritas. Conclusiones: {completions}. Formadas a la fecha: {to_date}."
        ),
    ),
    "k_coverage": (
        "Coverage",
        "Cobertura",
    ),
    "kd_coverage": (
        (
            "Requirements met by a valid certificate at the cut-off: {part} of {whole}. A requirement is one officer "
            "in one curriculum."
        ),
        (
            "Requisitos cumplidos con un certificado vigente a la fecha de corte: {part} de {whole}. Un requisito es "
            "un oficial en un programa."
        ),
    ),
    "k_pace": (
        "Pace of the cohort with the largest target",
        "Avance del grupo con el objetivo más grande",
    ),
    "kd_pace": (
        "{name}: completions until the cut-off, of those planned until then: {completed} of {planned}.",
        "{name}: conclusiones a la fecha de corte, de las planeadas hasta entonces: {completed} de {planned}.",
    ),
    "kd_no_cohort": (
        "No cohort was open in the period.",
        "Ningún grupo estuvo abierto en el periodo.",
    ),
    "k_completion": (
        "Completion rate, of enrolled",
        "Tasa de conclusión, de inscritos",
    ),
    "kd_completion": (
        (
            "Enrollments completed by the last day of their cohort: {part} of {whole} enrolled. Of those started: "
            "{began_part} of {began}, {of_started}."
        ),
        (
            "Inscripciones concluidas a más tardar el último día de su grupo: {part} de {whole}. De las iniciadas: "
            "{began_part} de {began}, {of_started}."
        ),
    ),
    "k_holders": (
        "Holders of a valid certificate",
        "Titulares de un certificado vigente",
    ),
    "kd_holders": (
        "Distinct persons with at least one certificate valid at the cut-off, of {enrolled} persons enrolled.",
        (
            "Personas distintas con al menos un certificado vigente a la fecha de corte, de {enrolled} personas "
            "inscritas."
        ),
    ),
    "t_trained": (
        "Officers trained in the period, by Participant and agency",
        "Oficiales formados en el periodo, por Participante y dependencia",
    ),
    "u_trained": (
        "Distinct persons, each at the latest enrollment.",
        "Personas distintas, según su inscripción más reciente.",
    ),
    # 2 goals
    "m2_none": (
        "No course that serves a goal was completed in the period.",
        "En el periodo no se concluyó ningún curso que atienda una meta.",
    ),
    "m2_all": (
        "For each goal, officers completed at least one course that serves it.",
        "Para cada meta, hubo oficiales que concluyeron al menos un curso que la atiende.",
    ),
    "m2_some": (
        "For {n} of {all} goals, officers completed at least one course that serves the goal.",
        "Para {n} de {all} metas, hubo oficiales que concluyeron al menos un curso que las atiende.",
    ),
    "m2_plain": (
        "Persons who completed courses that serve the goals, and the courses themselves.",
        "Personas que concluyeron cursos que atienden las metas, y los cursos mismos.",
    ),
    "f_goals": (
        "Persons who completed at least one course that serves the goal",
        "Personas que concluyeron al menos un curso que atiende la meta",
    ),
    "u_goals": (
        (
            "Distinct persons in the period. A course may serve several goals: the goals do not add up. Length of "
            "the track: {enrolled} persons enrolled."
        ),
        (
            "Personas distintas en el periodo. Un curso puede atender varias metas: las metas no se suman. Largo de "
            "la pista: {enrolled} personas inscritas."
        ),
    ),
    "u_goals_open": (
        "Distinct persons in the period. A course may serve several goals: the goals do not add up.",
        "Personas distintas en el periodo. Un curso puede atender varias metas: las metas no se suman.",
    ),
    "t_matrix": (
        "Which course serves which goal, and how often it was completed",
        "Qué curso atiende qué meta y cuántas veces se concluyó",
    ),
    "u_matrix": (
        (
            "Full square: the primary goal; empty square: a further goal. Completions count a person once in a "
            "course; person-hours are completions times hours."
        ),
        (
            "Cuadro lleno: meta principal; cuadro vacío: otra meta. Las conclusiones cuentan a cada persona una vez "
            "por curso; las horas-persona son conclusiones por horas."
        ),
    ),
    "e_goals": (
        "No goals are recorded.",
        "No hay metas registradas.",
    ),
    "e_courses": (
        "No course was followed.",
        "No se siguió ningún curso.",
    ),
    # 3 cohorts
    "m3_none": (
        "No cohort was open in the period.",
        "Ningún grupo estuvo abierto en el periodo.",
    ),
    "m3_one": (
        "One cohort was open in the period. Its last day is {due}.",
        "Un grupo estuvo abierto en el periodo. Su último día es el {due}.",
    ),
    "m3_many": (
        ("{n} cohorts were open in the period. Each is compared with the plan to the cut-off and with its own target."),
        (
            "{n} grupos estuvieron abiertos en el periodo. Cada uno se compara con el plan a la fecha de corte y con "
            "su propio objetivo."
        ),
    ),
    "f_cohorts": (
        "Completed, planned to date and target",
        "Concluido, planeado a la fecha y objetivo",
    ),
    "u_cohorts": (
        (
            "Persons at the cut-off. Bar: completed; line across: planned to date; end of the track: target, or the "
            "enrolled where there is no target."
        ),
        (
            "Personas a la fecha de corte. Barra: concluido; línea: plan a la fecha; fin de la pista: objetivo, o "
            "los inscritos donde no hay objetivo."
        ),
    ),
    "t_cohorts": (
        "Cohorts open in the period",
        "Grupos abiertos en el periodo",
    ),
    "u_cohorts_table": (
        "Pace: completed, of planned to date. The plan: none in the first tenth of a cohort’s time, then evenly.",
        (
            "Avance: concluidos, de los planeados a la fecha. El plan: ninguno en la primera décima parte del tiempo "
            "del grupo; después, de manera uniforme."
        ),
    ),
    "t_states": (
        "Where the enrollments stand",
        "Situación de las inscripciones",
    ),
    "u_states": (
        "Enrollments, each in exactly one state at the cut-off.",
        "Inscripciones, cada una en un solo estado a la fecha de corte.",
    ),
}
