"""The words of the report, English and Spanish side by side, of equal rank. Sentences stand in two more files."""

from __future__ import annotations

from typing import Literal

from .sentences_closing import CLOSING
from .sentences_opening import OPENING, Pair

LABELS: dict[str, Pair] = {
    # furniture
    "report": ("Report to the Executive Steering Committee", "Informe al Comité Directivo Ejecutivo"),
    "title": ("Training together", "Formación conjunta"),
    "subtitle": ("{first} to {last}", "Del {first} al {last}"),
    "contents": ("Contents", "Contenido"),
    "demonstration": (
        "Demonstration figures: nobody in them is real",
        "Cifras de demostración: nadie en ellas es real",
    ),
    "hash": ("SHA-256 of the figures", "SHA-256 de las cifras"),
    "page": ("{n} of {all}", "{n} de {all}"),
    "figure": ("Figure {n}.", "Figura {n}."),
    "table": ("Table {n}.", "Cuadro {n}."),
    "goes_on": ("{label}, continued", "{label}, continuación"),
    # sections
    "s1": ("Summary", "Resumen"),
    "s2": ("Goals of the Declaration", "Metas de la Declaración"),
    "s3": ("Cohorts against their plan", "Grupos frente a su plan"),
    "s4": ("Coverage of requirements", "Cobertura de los requisitos"),
    "s5": ("Completion", "Conclusión"),
    "s6": ("Passed at the first attempt", "Aprobación al primer intento"),
    "s7": ("Languages of work", "Idiomas de trabajo"),
    "s8": ("Definitions, suppression, reproduction", "Definiciones, supresión y reproducción"),
    # heads of columns
    "h_place": ("Participant and agency", "Participante y dependencia"),
    "h_office": ("Participant, agency and office", "Participante, dependencia y oficina"),
    "h_trained": ("Trained", "Formados"),
    "h_not_trained": ("Not trained", "No formados"),
    "h_enrolled": ("Enrolled", "Inscritos"),
    "h_share": ("Share", "Proporción"),
    "h_goal": ("Goal", "Meta"),
    "h_persons": ("Persons", "Personas"),
    "h_course": ("Course", "Curso"),
    "h_hours": ("Hours", "Horas"),
    "h_completions": ("Completions", "Conclusiones"),
    "h_person_hours": ("Person-hours", "Horas-persona"),
    "h_cohort": ("Cohort", "Grupo"),
    "h_target": ("Target", "Objetivo"),
    "h_planned": ("Planned to date", "Plan a la fecha"),
    "h_completed": ("Completed", "Concluidos"),
    "h_pace": ("Pace", "Avance"),
    "h_attained": ("Of target", "Del objetivo"),
    "h_due": ("Last day", "Último día"),
    "h_in_progress": ("In progress", "En curso"),
    "h_not_started": ("Not started", "Sin iniciar"),
    "h_withdrawn": ("Withdrawn", "Bajas"),
    "h_required": ("Required", "Requeridos"),
    "h_met": ("Met", "Cumplidos"),
    "h_unmet": ("Not yet", "Aún no"),
    "h_curriculum": ("Curriculum", "Programa"),
    "h_week": ("Week", "Semana"),
    "h_band": ("95% band", "Franja de 95 %"),
    "h_on_time": ("Completed on time", "Concluidas a tiempo"),
    "h_of_enrolled": ("Of enrolled", "De inscritas"),
    "h_started": ("Started", "Iniciadas"),
    "h_of_started": ("Of started", "De iniciadas"),
    "h_enrollments": ("Enrolled", "Inscritas"),
    "h_handed_in": ("Handed in", "Entregados"),
    "h_passed": ("Passed", "Aprobados"),
    "h_interval": ("95% interval", "Intervalo de 95 %"),
    "h_work": ("Work", "Trabajo"),
    "h_spanish": ("In Spanish", "En español"),
    "h_english": ("In English", "En inglés"),
    "h_all": ("All", "Total"),
    "h_share_spanish": ("Share in Spanish", "Proporción en español"),
    # rows
    "total": ("Total", "Total"),
    "both": ("Both", "Ambos"),
    "courses_of_goal": ("Courses that serve the goal", "Cursos que atienden la meta"),
    "offices_withheld": ("Offices withheld: {n}", "Oficinas reservadas: {n}"),
    "target": ("target {n}", "objetivo {n}"),
    "enrolled_instead": ("enrolled {n}", "inscritos {n}"),
    "plan": ("planned {n}", "plan {n}"),
    "lessons": ("Lessons completed", "Lecciones concluidas"),
    "attempts": ("Attempts handed in", "Intentos entregados"),
    "over": ("over", "terminado"),
    # curve
    "c_week": ("weeks since the start", "semanas desde el inicio"),
    "c_completed": ("Completed", "Conclusión"),
    "c_withdrawn": ("Withdrawn", "Baja"),
    "c_half": ("half", "la mitad"),
    # reproduction
    "suppression": ("What is withheld", "Qué se reserva"),
    "reproduction": ("How to make this report again", "Cómo elaborar de nuevo este informe"),
    "r_extract": ("Extract", "Extracto"),
    "r_definitions": ("Definitions", "Definiciones"),
    "r_declaration": ("Declaration of Principles", "Declaración de Principios"),
    "r_software": ("Software", "Programa informático"),
    "r_time_zone": ("Time zone", "Zona horaria"),
    "r_smallest": ("Smallest count shown (k)", "Cuenta mínima que se muestra (k)"),
    "r_content": ("SHA-256 of the facts in the extract", "SHA-256 de los hechos del extracto"),
    "r_figures": ("SHA-256 of the figures", "SHA-256 de las cifras"),
    "r_command": ("Command", "Comando"),
}


TEXTS = LABELS | OPENING | CLOSING


def say(key: str, language: Literal["en", "es"], **values: str) -> str:
    """A text of the report."""
    text = TEXTS[key][int(language == "es")].format(**values)
    return text.replace(" %", "\u00a0%")
