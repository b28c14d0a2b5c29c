"""The addresses of this area."""

from __future__ import annotations

from django.urls import path

from adhere.areas.training.views import attendance, feeds, overview, sessions

app_name = "training"
urlpatterns = [
    path("", sessions.index, name="sessions"),
    path("mine/", overview.mine, name="mine"),
    path("mine/feed/", feeds.renew, name="renew-feed"),
    path("feed/<str:secret>.ics", feeds.feed, name="feed"),
    path("programmes/<path:programme>/", overview.programme, name="programme"),
    path("sessions/new/", sessions.create, name="new-session"),
    path("sessions/<path:key>/edit/", sessions.edit, name="edit-session"),
    path("sessions/<path:key>/cancel/", sessions.cancel_session, name="cancel-session"),
    path("sessions/<path:key>/sign-up/", sessions.sign_up_self, name="sign-up"),
    path("sessions/<path:key>/calendar.ics", feeds.session_calendar, name="calendar"),
    path("sessions/<path:key>/certificate/", overview.own_certificate, name="certificate"),
    path("sessions/<path:key>/attendance/", attendance.roll, name="attendance"),
    path("sessions/<path:key>/door/", attendance.door, name="door"),
    path("sessions/<path:key>/here/<str:code>/", attendance.here, name="here"),
    path("sessions/<path:key>/", sessions.session, name="session"),
]
