"""The addresses of this area."""

from __future__ import annotations

from django.urls import path

from adhere.areas.visitors.views import announcements, book, desk, evacuation, setting

app_name = "visitors"
urlpatterns = [
    path("", announcements.index, name="announcements"),
    path("new/", announcements.create, name="new"),
    path("announcements/<int:pk>/", announcements.announcement, name="announcement"),
    path("announcements/<int:pk>/edit/", announcements.edit, name="edit"),
    path("announcements/<int:pk>/cancel/", announcements.cancel, name="cancel"),
    path("walk-ins/<int:pk>/", announcements.walk_in, name="walk-in"),
    path("book/", book.book, name="book"),
    path("badges/", book.badges, name="badges"),
    path("badges/<path:number>/", book.badge, name="badge"),
    path("settings/", setting.change, name="settings"),
    path("settings/desks/", setting.add_desk, name="add-desk"),
    path("settings/desks/<int:pk>/", setting.revoke_desk, name="revoke-desk"),
    path("inside/", evacuation.evacuation, name="evacuation"),
    path("inside/rows.json", evacuation.rows, name="evacuation-rows"),
    path("inside/ticks/", evacuation.ticks, name="evacuation-ticks"),
    path("inside/worker.js", evacuation.worker, name="evacuation-worker"),
    path("desk/", desk.welcome, name="desk"),
    path("desk/pair/<str:secret>/", desk.pair, name="pair"),
    path("desk/sign/<str:code>/", desk.sign, name="desk-sign"),
    path("desk/done/<str:secret>/", desk.done, name="desk-done"),
    path("desk/label/<str:secret>/", desk.desk_label, name="desk-label"),
    path("desk/out/<str:secret>/", desk.out, name="desk-out"),
    path("desk/ask/", desk.ask, name="desk-ask"),
    path("desk/wait/<str:code>/", desk.wait, name="desk-wait"),
    path("leave/<str:secret>/", desk.leave, name="leave"),
    path("visits/<path:key>/leave/", book.leave, name="sign-out"),
    path("visits/<path:key>/badge.pdf", book.print_badge, name="print-badge"),
    path("visits/<path:key>/<str:what>.image", book.signature, name="signature"),
    path("visits/<path:key>/", book.visit, name="visit"),
]
