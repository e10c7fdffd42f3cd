"""The addresses of this floor that officers use."""

from __future__ import annotations

from django.urls import path

from .views import evaluation

urlpatterns = [path("my-learning/evaluate/<int:pk>/", evaluation.evaluate, name="course_evaluation")]
