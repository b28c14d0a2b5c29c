"""The tablet at the door: sign in, sign out, walk in. No page of it lists visitors or staff."""

from __future__ import annotations

import base64
import binascii
import secrets
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe
from PIL import Image, UnidentifiedImageError

from adhere.areas.visitors import arriving
from adhere.areas.visitors.announcing import Guest
from adhere.areas.visitors.forms import WalkInForm
from adhere.areas.visitors.models import (
    Announcement,
    Desk,
    DeskSettings,
    Invited,
    Signed,
    Stay,
    VisitRecord,
    visits,
)
from adhere.areas.visitors.rules import rules_in, spoken
from adhere.areas.visitors.views.book import label_response
from adhere.areas.visitors.views.common import COOKIE, desk_only, digest, recorder_of, told
from adhere.console.access import public
from adhere.core.models import Person
from adhere.errors import Problem

YEAR = 365 * 24 * 3600
LARGEST_SIGNATURE, LARGEST_PHOTO, PHOTO = 300_000, 12_000_000, (640, 640)


def _page(request: HttpRequest, template: str, language: str = "", **context: Any) -> HttpResponse:
    """A page of the tablet, in the visitor's language where it is known."""
    chosen = spoken(language or request.GET.get("l", "") or translation.get_language() or "en")
    translation.activate(chosen)
    request.LANGUAGE_CODE = chosen
    return render(request, template, {"l": chosen, **context})


@public
@require_safe
def pair(request: HttpRequest, secret: str) -> HttpResponse:
    """What a tablet opens once: from then on it is the desk, until it is revoked."""
    if not Desk.objects.filter(secret_sha256=digest(secret)).exists():
        raise PermissionDenied
    response = redirect("visitors:desk")
    response.set_cookie(
        COOKIE, secret, max_age=YEAR, httponly=True, samesite="Strict", secure=request.is_secure()
    )
    return response


@desk_only
def welcome(request: HttpRequest) -> HttpResponse:
    """One field for code, badge or name, and what to do with it."""
    problem = ""
    words = request.POST.get("who", "")
    if request.method == "POST":
        try:
            if request.POST.get("what") == "out":
                visit = arriving.present(words)
                return redirect("visitors:desk-out", secret=_stay(visit).secret)
            invited = arriving.expected(words, timezone.now())
        except Problem as error:
            problem = told(error)
        else:
            return redirect("visitors:desk-sign", code=invited.code)
    return _page(request, "visitors/desk/welcome.html", problem=problem, words=words)


def _stay(visit: VisitRecord) -> Stay:
    found, _new = Stay.objects.get_or_create(
        pk=visit.key, defaults={"secret": secrets.token_hex(16)}
    )
    return found


@desk_only
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """The house rules in the visitor's language, signed with a finger or by typing the name."""
    invited = get_object_or_404(Invited, code=code, removed_at=None)
    language = spoken(request.GET.get("l", "") or invited.language)
    problem = ""
    if request.method == "POST":
        try:
            arriving.expected(code, timezone.now())
            visit = arriving.sign_in(invited, _signature(request, language), recorder_of(request))
        except Problem as error:
            problem = told(error)
        else:
            return redirect("visitors:desk-done", secret=_stay(visit).secret)
    return _page(
        request,
        "visitors/desk/sign.html",
        language,
        invited=invited,
        host=invited.announcement.host,
        rules=rules_in(language).splitlines(),
        photo=DeskSettings.current().photo,
        problem=problem,
    )


def _signature(request: HttpRequest, language: str) -> arriving.Signature:
    drawn = _drawn(request.POST.get("signature", ""))
    upload = request.FILES.get("photo") if DeskSettings.current().photo else None
    photo = _small(upload) if upload else None
    return arriving.Signature(language, drawn, request.POST.get("typed", ""), photo)


def _drawn(address: str) -> bytes:
    head, _comma, body = address.partition(",")
    if not address:
        return b""
    try:
        data = base64.b64decode(body, validate=True)
    except binascii.Error:
        data = b""
    fits = len(data) <= LARGEST_SIGNATURE and data.startswith(b"\x89PNG\r\n\x1a\n")
    if head != "data:image/png;base64" or not fits:
        raise Problem("the signature cannot be read", expected="to sign once more")
    return data


def _small(upload: Any) -> bytes:
    """The photo made small, without what the camera wrote beside it."""
    expected = "a picture from the camera, or none"
    if upload.size > LARGEST_PHOTO:
        raise Problem("the photo is too large", expected=expected)
    try:
        with Image.open(upload) as image:
            image.draft("RGB", PHOTO)
            plain = image.convert("RGB")
            plain.thumbnail(PHOTO)
            file = BytesIO()
            plain.save(file, "JPEG", quality=80)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise Problem("the photo cannot be read", expected=expected) from error
    return file.getvalue()


@desk_only
@require_safe
def done(request: HttpRequest, secret: str) -> HttpResponse:
    """Signed in: who was told, and the badge."""
    stay = get_object_or_404(Stay, secret=secret)
    visit = get_object_or_404(visits(), key=stay.visit)
    host = Person.objects.filter(pk=visit.host).first()
    signed = Signed.objects.filter(visit=stay.visit).first()
    language = signed.language if signed else ""
    found = {"visit": visit, "host": host, "secret": secret}
    return _page(request, "visitors/desk/done.html", language, **found)


@desk_only
@require_safe
def desk_label(request: HttpRequest, secret: str) -> HttpResponse:
    """The badge of who has just signed in, to print."""
    stay = get_object_or_404(Stay, secret=secret)
    return label_response(get_object_or_404(visits(), key=stay.visit), stay)


def _leave(request: HttpRequest, secret: str, template: str) -> HttpResponse:
    stay = get_object_or_404(Stay, secret=secret)
    visit = get_object_or_404(visits(), key=stay.visit)
    signed = Signed.objects.filter(visit=stay.visit).first()
    problem = ""
    if request.method == "POST":
        returned = request.POST.get("badge") != "no"
        try:
            arriving.sign_out(visit, recorder_of(request), returned=returned)
        except Problem as error:
            problem = told(error)
        else:
            visit = get_object_or_404(visits(), key=stay.visit)
    language = signed.language if signed else ""
    return _page(request, template, language, visit=visit, problem=problem)


@desk_only
def out(request: HttpRequest, secret: str) -> HttpResponse:
    """Signing out at the desk: with the badge given back, or without."""
    return _leave(request, secret, "visitors/desk/out.html")


@public
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """What the code on a badge opens, on the visitor's own phone too."""
    return _leave(request, secret, "visitors/desk/out.html")


@desk_only
def ask(request: HttpRequest) -> HttpResponse:
    """Somebody unannounced says who they are and whom they visit."""
    form = WalkInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            host = arriving.host_named(found["host"], timezone.now())
        except Problem as problem:
            form.add_error("host", told(problem))
        else:
            guest = Guest(found["name"], "", spoken(request.GET.get("l", "")))
            made = arriving.walk_in([guest], host, found["company"], found["purpose"])
            return redirect("visitors:desk-wait", code=made.invited.get().code)
    return _page(request, "visitors/desk/ask.html", form=form)


@desk_only
@require_safe
def wait(request: HttpRequest, code: str) -> HttpResponse:
    """Until the host has decided; the page looks by itself every five seconds."""
    invited = get_object_or_404(Invited.objects.select_related("announcement"), code=code)
    announcement: Announcement = invited.announcement
    if announcement.approved_at:
        return redirect("visitors:desk-sign", code=code)
    refused = bool(announcement.refused_at)
    return _page(request, "visitors/desk/wait.html", invited.language, refused=refused)
