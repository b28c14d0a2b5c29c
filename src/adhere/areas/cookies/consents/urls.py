"""The addresses of consents, below the area's own."""

from __future__ import annotations

from django.urls import path

from adhere.areas.cookies.consents import (
    expiry_views,
    notice_views,
    proof_views,
    rates_views,
    record_views,
)

urlpatterns = [
    path("", rates_views.overview, name="consents"),
    path("records/", record_views.records, name="consent-records"),
    path("records/<str:pk>/", record_views.record, name="consent-record"),
    path("records/<str:pk>/verify/", record_views.verify, name="consent-verify"),
    path("records/<str:pk>/receipt.json", record_views.receipt, name="consent-receipt"),
    path("records/<str:pk>/proof.txt", record_views.inclusion, name="consent-inclusion"),
    path("notices/<str:sha256>/", notice_views.seen, name="consent-notice"),
    path("notices/<str:sha256>/live/", notice_views.live, name="consent-notice-live"),
    path("notices/<str:sha256>/banner.js", notice_views.banner, name="consent-notice-banner"),
    path("expiry/", expiry_views.expiry, name="consent-expiry"),
    path("receipt/", proof_views.by_receipt, name="consent-proof"),
    path("receipt/erase/", proof_views.erase, name="consent-erase"),
    path("receipt/withdraw/", proof_views.withdraw, name="consent-withdraw"),
]
