"""The addresses of this area."""

from __future__ import annotations

from django.urls import path

from adhere.areas.incidents.views import cases, others, report

app_name = "incidents"
urlpatterns = [
    path("", cases.index, name="index"),
    path("quick/", report.quick, name="quick"),
    path("report/", report.report, name="report"),
    path("receipt/<str:token>/", report.receipt, name="receipt"),
    path("receipt/<str:token>/file/", report.receipt_file, name="receipt-file"),
    path("receipt/<str:token>/withdraw/", report.withdraw, name="withdraw"),
    path("take/<str:token>/", others.take, name="take"),
    path("handling/", others.handling, name="handling"),
    path("told/<path:key>/", others.subject, name="told"),
    path("at/<path:key>/photo/", cases.photo, name="photo"),
    path("at/<path:key>/edit/", cases.edit, name="edit"),
    path("at/<path:key>/do/<slug:what>/", cases.act, name="act"),
    path("at/<path:key>/", cases.incident, name="incident"),
]
