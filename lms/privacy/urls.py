"""The addresses of one's own data and of erasing a person."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/files/", views.ask, name="ask"),
    path("my-data/files/<int:pk>/<slug:kind>/", views.download, name="download"),
    path("manage/erasure/", views.find, name="find"),
    path("manage/erasure/<int:pk>/", views.erase, name="erase"),
]
