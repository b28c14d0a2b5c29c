"""The addresses of this area."""

from __future__ import annotations

from django.urls import path

from adhere.areas.conduct.views import overview, questions

app_name = "conduct"
urlpatterns = [
    path("understood/", overview.index, name="overview"),
    path("understood/<slug:slug>/", overview.policy, name="understood"),
    path("understood/<slug:slug>/remind/", overview.remind, name="remind"),
    path("questions/<slug:slug>/", questions.ask, name="questions"),
    path("questions/<slug:slug>/again/", questions.once_more, name="again"),
    path("questions/<slug:slug>/accept/", questions.accepting, name="accept"),
]
