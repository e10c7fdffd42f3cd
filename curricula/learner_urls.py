"""The addresses of this floor that officers use."""

from __future__ import annotations

from django.urls import path

from .views import evaluation, my_sessions

urlpatterns = [
    path("my-learning/evaluate/<int:pk>/", evaluation.evaluate, name="course_evaluation"),
    path("my-learning/sessions/", my_sessions.mine, name="my_sessions"),
    path("my-learning/sessions/<int:pk>/", my_sessions.one, name="my_session"),
    path("my-learning/sessions/<int:pk>/sign-up/", my_sessions.take_place, name="my_session_sign_up"),
    path("my-learning/sessions/<int:pk>/decline/", my_sessions.decline, name="my_session_decline"),
    path("my-learning/sessions/<int:pk>/session.ics", my_sessions.calendar_of_one, name="my_session_calendar"),
    path("my-learning/calendar/", my_sessions.calendar, name="my_calendar"),
    path("attend/<str:code>/", my_sessions.attend, name="attend"),
]
