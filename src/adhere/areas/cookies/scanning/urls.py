"""The addresses of scans."""

from __future__ import annotations

from django.urls import path

from adhere.areas.cookies.scanning import download_views, life_views, views

urlpatterns = [
    path("", views.index, name="scans"),
    path("sites/<slug:slug>/", views.website, name="scans-of"),
    path("sites/<slug:slug>/now/", views.ask, name="scan-now"),
    path("progress/<int:pk>/", views.progress, name="scan-progress"),
    path("<int:pk>/", views.scan, name="scan"),
    path("<int:pk>/declared/", views.declared, name="scan-declared"),
    path("<int:pk>/changes/", views.compare, name="scan-changes"),
    path("<int:pk>/files/<slug:kind>/", download_views.download, name="scan-file"),
    path("<int:pk>/pictures/<str:name>", download_views.picture, name="scan-picture"),
    path("trackers/<int:pk>/", life_views.life, name="life"),
    path("trackers/<int:pk>/propose/", views.propose_row, name="propose-seen"),
    path("corrections/", life_views.corrections, name="corrections"),
    path("corrections/new/", life_views.correct, name="correct"),
    path("corrections/<int:pk>/", life_views.correction, name="correction"),
    path("corrections/<int:pk>/take-back/", life_views.take_back, name="take-back-correction"),
]
