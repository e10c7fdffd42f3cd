"""The addresses of courses. They are the addresses of the Wagtail pages, served from frozen content."""

from __future__ import annotations

from django.urls import path

from .views import attempts, catalog, exercises, lessons, pairs, pre_assessment, questions

urlpatterns = [
    path("courses/", catalog.catalog, name="catalog"),
    path("courses/<slug:course_slug>/", catalog.course, name="course"),
    path("courses/<slug:course_slug>/quiz/", attempts.start, name="quiz"),
    path("courses/<slug:course_slug>/before/", pre_assessment.pre_assessment, name="pre_assessment"),
    path("courses/<slug:course_slug>/exercises/<slug:exercise_slug>/", exercises.exercise, name="exercise"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/", lessons.lesson, name="lesson"),
    path("courses/<slug:course_slug>/<slug:lesson_slug>/complete/", lessons.complete, name="lesson_complete"),
    path("attempts/<int:attempt_id>/", attempts.answer, name="attempt"),
    path("attempts/<int:attempt_id>/review/", attempts.review, name="attempt_review"),
    path("attempts/<int:attempt_id>/result/", attempts.result, name="attempt_result"),
    path("manage/pairs/<int:pk>/confirm/", pairs.confirm, name="pair_confirm"),
    path("manage/questions/", questions.import_questions, name="question_import"),
    path("manage/questions/export/", questions.export_questions, name="question_export"),
    path("manage/questions/export/file/", questions.question_file, name="question_file"),
    path("manage/questions/<str:sha256>/apply/", questions.apply_questions, name="question_apply"),
    path("manage/questions/<str:sha256>/report/", questions.question_report, name="question_report"),
]
