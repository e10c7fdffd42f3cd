"""The sentences of sections 4 to 8. A message describes; which one is printed depends on the figures."""

from __future__ import annotations

from .sentences_opening import Pair

CLOSING: dict[str, Pair] = {
    # 4 coverage
    "m4": (
        "{share} of the requirements are met by a valid certificate: {part} of {whole}.",
        "Con un certificado vigente se cumple el {share} de los requisitos: {part} de {whole}.",
    ),
    "m4_none": (
        "No requirements are recorded.",
        "No hay requisitos registrados.",
    ),
    "m4_small": (
        "The counts of requirements met are too small to be shown.",
        "Las cuentas de requisitos cumplidos son demasiado pequeñas para mostrarse.",
    ),
    "t_coverage": (
        "Requirements and those met",
        "Requisitos y los que se cumplen",
    ),
    "u_coverage": (
        (
            "One requirement is one officer in one curriculum, at the cut-off. Offices stand in the order of their "
            "names and are not ranked. The dashed line is the total."
        ),
        (
            "Un requisito es un oficial en un programa, a la fecha de corte. Las oficinas van por orden de nombre, "
            "no por posición. La línea punteada es el total."
        ),
    ),
    "n_basis": (
        "Requirements by post are not recorded yet: who is on a roster counts as required.",
        "Aún no se registran los requisitos por puesto: quien está en una lista cuenta como requerido.",
    ),
    "n_withheld": (
        "[s] withheld, to protect persons: see section 8. Offices: {all}; withheld: {n}.",
        "[s] reservado, para proteger a las personas: vea la sección 8. Oficinas: {all}; reservadas: {n}.",
    ),
    "t_curricula": (
        "By curriculum",
        "Por programa",
    ),
    # 5 completion
    "m5": (
        "{part} of {whole} enrollments in the cohorts of the period were completed by their last day.",
        "{part} de {whole} inscripciones en los grupos del periodo se concluyeron a más tardar en su último día.",
    ),
    "m5_none": (
        "Nobody was enrolled in a cohort that was open in the period.",
        "Nadie estuvo inscrito en un grupo abierto en el periodo.",
    ),
    "m5_small": (
        "The counts of completions are too small to be shown.",
        "Las cuentas de conclusiones son demasiado pequeñas para mostrarse.",
    ),
    "f_curve": (
        "Completion of {name}",
        "Conclusión de {name}",
    ),
    "u_curve": (
        (
            "Percent of the cohort that had completed, with a 95% band, and that had withdrawn. Each step is at "
            "least {k} persons."
        ),
        (
            "Por ciento del grupo que había concluido, con franja de 95 %, y que había causado baja. Cada escalón es "
            "de al menos {k} personas."
        ),
    ),
    "a_curve": (
        "Completion curve; its values are in the table that follows.",
        "Curva de conclusión; sus valores están en el cuadro que sigue.",
    ),
    "t_curve": (
        "The curve of {name} in figures",
        "La curva de {name} en cifras",
    ),
    "e_curve": (
        "The curve of {name} is withheld [s], as counts behind it are small.",
        "La curva de {name} se reserva [s], pues hay cuentas pequeñas detrás de ella.",
    ),
    "e_steps": (
        "No step of the curve of {name} is large enough to be shown yet.",
        "Ningún escalón de la curva de {name} es aún lo bastante grande para mostrarse.",
    ),
    "t_rates": (
        "Completion rates with both denominators, by Participant and agency",
        "Tasas de conclusión con ambos denominadores, por Participante y dependencia",
    ),
    "t_rates_cohorts": (
        "Completion rates with both denominators, by cohort",
        "Tasas de conclusión con ambos denominadores, por grupo",
    ),
    "u_rates": (
        "Enrollments in cohorts open in the period, completed by the last day of the cohort and by the cut-off.",
        (
            "Inscripciones en grupos abiertos en el periodo, concluidas a más tardar el último día del grupo y a la "
            "fecha de corte."
        ),
    ),
    # 6 first attempts
    "m6": (
        "{part} of {whole} first attempts handed in during the period reached the pass mark.",
        "{part} de {whole} primeros intentos entregados en el periodo alcanzaron la puntuación aprobatoria.",
    ),
    "m6_none": (
        "No first attempt was handed in during the period.",
        "En el periodo no se entregó ningún primer intento.",
    ),
    "m6_small": (
        "The counts of first attempts are too small to be shown.",
        "Las cuentas de primeros intentos son demasiado pequeñas para mostrarse.",
    ),
    "t_first_courses": (
        "Passed at the first attempt, by course",
        "Aprobación al primer intento, por curso",
    ),
    "u_first": (
        "Attempts, not persons. Dot: share; bar: 95% interval (Wilson).",
        "Intentos, no personas. Punto: proporción; barra: intervalo de 95 % (Wilson).",
    ),
    "t_first_places": (
        "Passed at the first attempt, by Participant and agency",
        "Aprobación al primer intento, por Participante y dependencia",
    ),
    "t_first_curricula": (
        "Passed at the first attempt, by curriculum",
        "Aprobación al primer intento, por programa",
    ),
    # 7 languages
    "m7": (
        "{part} of {whole} officers who started have worked in both languages.",
        "{part} de {whole} oficiales que iniciaron han trabajado en ambos idiomas.",
    ),
    "m7_none": (
        "No officer has started a course.",
        "Ningún oficial ha iniciado un curso.",
    ),
    "m7_small": (
        "The number of officers who worked in both languages, or of those who did not, is too small to be shown.",
        (
            "El número de oficiales que trabajaron en ambos idiomas, o el de quienes no, es demasiado pequeño para "
            "mostrarse."
        ),
    ),
    "t_languages": (
        "Lessons and attempts, by language",
        "Lecciones e intentos, por idioma",
    ),
    "u_languages": (
        "Lessons until the cut-off, attempts within the period. Full bar: in Spanish; light bar: in English.",
        ("Lecciones a la fecha de corte, intentos en el periodo. Barra oscura: en español; barra clara: en inglés."),
    ),
    "k_both": (
        "Worked in both languages",
        "Trabajo en ambos idiomas",
    ),
    "kd_both": (
        (
            "Persons with completed lessons or attempts handed in in English and in Spanish, of those who started a "
            "course: {part} of {whole}."
        ),
        (
            "Personas con lecciones concluidas o intentos entregados en inglés y en español, de quienes iniciaron un "
            "curso: {part} de {whole}."
        ),
    ),
    # 8 definitions
    "m8": (
        "What each figure counts, what is withheld and why, and how to make this report again.",
        "Qué cuenta cada cifra, qué se reserva y por qué, y cómo elaborar de nuevo este informe.",
    ),
    "d_of": (
        "Counts: {part}. Of: {whole}.",
        "Cuenta: {part}. De: {whole}.",
    ),
    "d_alone": (
        "Counts: {part}.",
        "Cuenta: {part}.",
    ),
    "d_other": (
        "This software defines another version of this metric.",
        "Este programa informático define otra versión de esta métrica.",
    ),
    "d_formulas": (
        "Formulas, populations and sources stand in the reference of metrics that comes with the software.",
        (
            "Las fórmulas, poblaciones y fuentes están en la referencia de métricas que acompaña al programa "
            "informático."
        ),
    ),
    "supp_1": (
        (
            "A count from 1 to {most}, and a count that leaves 1 to {most} on the other side, is withheld, with as "
            "many more as it takes for no sum within a table to give such a count away. All carry the same sign, [s]; "
            "a dash (–) says that there is nothing to divide by."
        ),
        (
            "Se reserva una cuenta de 1 a {most}, la que deja de 1 a {most} del otro lado y cuantas más hagan falta "
            "para que ninguna suma dentro de un cuadro revele una cuenta así. Todas llevan el mismo signo, [s]; un "
            "guion (–) indica que no hay entre qué dividir."
        ),
    ),
    "supp_2": (
        "Records with names stay on their own side: what both Participants see together is in this report.",
        ("Los registros con nombre permanecen de su lado: lo que ambos Participantes ven juntos está en este informe."),
    ),
    "repro": (
        (
            "The figures are one document, taken from a frozen extract. Both editions are drawn from it; to draw "
            "them again gives the same bytes. A correction is a new extract with a number of its own."
        ),
        (
            "Las cifras son un solo documento, tomado de un extracto congelado. De él se elaboran ambas ediciones; "
            "elaborarlas de nuevo da los mismos bytes. Una corrección es un nuevo extracto con su propio número."
        ),
    ),
}
