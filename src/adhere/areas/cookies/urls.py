"""The addresses of this area."""

from __future__ import annotations

from django.urls import include, path

from adhere.areas.cookies.pages import inventory_views, proposal_views, site_views, word_views

app_name = "cookies"
urlpatterns = [
    path("", inventory_views.index, name="inventory"),
    path("trackers/new/", inventory_views.create, name="new-tracker"),
    path("trackers/undo/", inventory_views.undo, name="undo-tracker"),
    path("trackers/<int:pk>/", inventory_views.tracker, name="tracker"),
    path("trackers/<int:pk>/edit/", inventory_views.edit, name="edit-tracker"),
    path("trackers/<int:pk>/retire/", inventory_views.retire, name="retire-tracker"),
    path("reviewed/", inventory_views.review, name="reviewed"),
    path("publish/", inventory_views.publish, name="publish"),
    path("proposals/", proposal_views.index, name="proposals"),
    path("proposals/<int:pk>/", proposal_views.proposal, name="proposal"),
    path("proposals/<int:pk>/refuse/", proposal_views.refuse, name="refuse-proposal"),
    path("purposes/", word_views.purposes, name="purposes"),
    path("purposes/new/", word_views.new_purpose, name="new-purpose"),
    path("purposes/<slug:slug>/", word_views.purpose, name="purpose"),
    path("vendors/", word_views.vendors, name="vendors"),
    path("vendors/<path:name>/", word_views.vendor, name="vendor"),
    path("sites/", site_views.index, name="sites"),
    path("sites/new/", site_views.create, name="new-site"),
    path("sites/<slug:slug>/", site_views.site, name="site"),
    path("sites/<slug:slug>/check/", site_views.check, name="check-site"),
    path("sites/<slug:slug>/preview/", site_views.preview, name="preview"),
    path("sites/<slug:slug>/preview.js", site_views.preview_script, name="preview-script"),
    path("sites/<slug:slug>/packages/<slug:kind>/", site_views.download, name="package"),
    path("notices/", word_views.notices, name="notices"),
    path("consents/", include("adhere.areas.cookies.consents.urls")),
    path("scans/", include("adhere.areas.cookies.scanning.urls")),
]
