"""The addresses of this area."""

from __future__ import annotations

from django.urls import path

from adhere.areas.clean_desk.views import desks, plans, rounds

app_name = "clean_desk"
urlpatterns = [
    path("", rounds.index, name="rounds"),
    path("mine/", desks.mine, name="mine"),
    path("mine/<int:pk>/answer/", desks.answer, name="answer"),
    path("findings/", desks.findings, name="findings"),
    path("plan/", plans.plan, name="plan"),
    path("plan/new/", plans.create, name="new-rota"),
    path("plan/<path:floor>/edit/", plans.edit, name="edit-rota"),
    path("plan/<path:floor>/remove/", plans.remove, name="remove-rota"),
    path("workplaces/", desks.workplaces, name="workplaces"),
    path("new-workplace/", desks.create, name="new-workplace"),
    path("workplaces/<path:place>/edit/", desks.edit, name="edit-workplace"),
    path("workplaces/<path:place>/", desks.desk, name="desk"),
    path("photos/<path:key>/", desks.photo, name="photo"),
    path("rounds/<str:day>/<path:floor>/tick/", rounds.tick, name="tick"),
    path("rounds/<str:day>/<path:floor>/end/", rounds.end, name="end"),
    path("rounds/<str:day>/<path:floor>/add/", rounds.add_desk, name="add-desk"),
    path("rounds/<str:day>/<path:floor>/", rounds.walk, name="round"),
]
