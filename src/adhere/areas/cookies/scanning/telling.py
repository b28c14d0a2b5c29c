"""Mail to those who keep data protection, when something new appears before consent."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from adhere.areas.cookies.scan_models import Scan
from adhere.areas.cookies.scanning.differing import new_before_consent
from adhere.areas.cookies.scanning.shape import Found, report_of
from adhere.console.language import language_of
from adhere.console.mailing import can_mail
from adhere.console.models import Account

ROLE = "data-protection"


def news(scan: Scan) -> tuple[Found, ...]:
    """What appears before consent in a scan and did not in the one before it."""
    earlier = Scan.objects.filter(site=scan.site, started__lt=scan.started)
    before = earlier.order_by("-started", "-pk").first()
    return new_before_consent(report_of(before.report) if before else None, report_of(scan.report))


def tell_new(scan: Scan) -> int:
    """Ask for a mail to each of them, if there is news; how many."""
    if not can_mail() or not news(scan):
        return 0
    now = timezone.now()
    accounts = Account.objects.filter(is_active=True).select_related("person")
    told = [each for each in accounts if each.has_role(ROLE) and not each.ended(now)]
    for each in told:
        mail_news.enqueue(scan=scan.pk, account=each.pk)
    return len(told)


@task()
def mail_news(scan: int, account: int) -> None:
    """One mail, in the language of who gets it."""
    chosen = Scan.objects.get(pk=scan)
    reader = Account.objects.select_related("person").get(pk=account)
    with translation.override(language_of(reader) or settings.LANGUAGE_CODE):
        context = {
            "account": reader,
            "scan": chosen,
            "news": news(chosen),
            "url": settings.URL + reverse("cookies:scan", args=[chosen.pk]),
        }
        text = render_to_string("cookies/scans/mail.txt", context)
        subject = gettext("New before consent on %(site)s") % {"site": chosen.site}
        send_mail(subject, text, None, [reader.email])
