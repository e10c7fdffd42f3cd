"""The addresses of courses. They are the addresses of the Wagtail pages, served from frozen content."""

from __future__ import annotations

from django.urls import path

from .views import (
    accommodations,
    attempts,
    catalog,
    exercises,
    files,
    lessons,
    own,
    pairs,
    pre_assessment,
    questions,
    quiz_saving,
)

urlpatterns = [
    path("courses/", catalog.catalog, name="catalog"),
    path("courses/<slug:course_slug>/", catalog.course, name="course"),
    path("courses/<slug:course_slug>/quiz/", attempts.start, name="quiz"),
    path("courses/<slug:course_slug>/before/", pre_assessment.pre_assessment, name="pre_assessment"),
    path("courses/<slug:course_slug>/exercises/<slug:exercise_slug>/", exercises.exercise, name="exercise"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/", lessons.lesson, name="lesson"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/complete/", lessons.complete, name="lesson_complete"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/files/<str:name>", files.lesson_file, name="lesson_file"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/note/", own.note, name="lesson_note"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/place/", own.place, name="lesson_place"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/text/", own.text, name="lesson_text"),
    path("exercise-results/<int:pk>/photos/<int:number>/", exercises.exercise_photo, name="exercise_photo"),
    path("search/", own.search, name="course_search"),
    path("my-notes/", own.notes, name="my_notes"),
    path("attempts/<int:attempt_id>/", attempts.answer, name="attempt"),
    path("attempts/<int:attempt_id>/review/", attempts.review, name="attempt_review"),
    path("attempts/<int:attempt_id>/result/", attempts.result, name="attempt_result"),
    path("attempts/<int:attempt_id>/save/", quiz_saving.save, name="attempt_save"),
    path("attempts/<int:attempt_id>/questions/", quiz_saving.questions, name="attempt_questions"),
    path("attempts/<int:attempt_id>/break/", quiz_saving.pause, name="attempt_break"),
    path("manage/accommodations/", accommodations.accommodation_list, name="accommodations"),
    path("manage/accommodations/<int:pk>/", accommodations.accommodate, name="accommodate"),
    path("manage/pairs/<int:pk>/confirm/", pairs.confirm, name="pair_confirm"),
    path("manage/questions/", questions.import_questions, name="question_import"),
    path("manage/questions/export/", questions.export_questions, name="question_export"),
    path("manage/questions/export/file/", questions.question_file, name="question_file"),
    path("manage/questions/<str:sha256>/apply/", questions.apply_questions, name="question_apply"),
    path("manage/questions/<str:sha256>/report/", questions.question_report, name="question_report"),
]
