"""The addresses of this area."""

from __future__ import annotations

from django.urls import path

from adhere.areas.requests.views import asking, deciding, registers

app_name = "requests"
urlpatterns = [
    path("", registers.mine, name="mine"),
    path("queue/", registers.queue, name="queue"),
    path("register/<str:sort>/", registers.register, name="register"),
    path("ask/<str:sort>/", asking.ask_for, name="ask"),
    path("clauses/", asking.clauses, name="clauses"),
    path("<str:key>/", deciding.show, name="request"),
    path("<str:key>/renew/", asking.renew, name="renew"),
    path("<str:key>/<str:decision>/", deciding.decide, name="decide"),
]
