"""Addresses that stand in no language: the code of the room, which both read, and calendar feeds."""

from __future__ import annotations

from django.urls import path

from .views import my_sessions

urlpatterns = [
    path("a/<str:code>", my_sessions.attend_here, name="attend_by_code"),
    path("calendar/<str:token>.ics", my_sessions.feed, name="calendar_feed"),
]
