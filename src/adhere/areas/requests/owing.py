"""What a person owes of requests: to decide one, or to renew what ends soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from adhere.areas.requests.listings import title_of
from adhere.core.areas import Task
from adhere.core.exempting import SECURITY
from adhere.core.models import Person, Request
from adhere.core.request_lists import open_for, standing

AHEAD = timedelta(days=14)


def tasks(person: str, day: date) -> Iterator[Task]:
    """Open requests for each member of the security team; to who asked, what ends in 14 days."""
    known = Person.objects.filter(pk=person).first()
    if known and SECURITY in known.teams:
        for each in open_for(person, day).order_by("start"):
            title = _("Decide on a request: %(what)s") % {"what": title_of(each)}
            yield Task(title, each.reason, each.start, _address(each))
    ending = standing(Request.objects.filter(requested_by=person), "consented", day)
    renewed = Request.objects.exclude(renews="").values("renews")
    for each in ending.filter(until__lte=day + AHEAD).exclude(key__in=renewed):
        title = _("Renew it or let it end: %(what)s") % {"what": title_of(each)}
        yield Task(
            title, _("After that day the consent holds no more."), each.until, _address(each)
        )


def _address(found: Request) -> str:
    return reverse("requests:request", args=[found.key])
