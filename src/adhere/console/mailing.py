"""Sends a sign-in link by mail, in the background, so that no answer tells who has an account."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from adhere.console.language import language_of
from adhere.console.links import make_sign_in_link, too_many
from adhere.console.models import Account
from adhere.core.models import Controller


def can_mail() -> bool:
    """Whether the company has told us its mail server."""
    return bool(settings.EMAIL_HOST)


@task()
def send_link(account_id: int) -> None:
    """Make a link here, not before, so that the queue never holds its token."""
    account = Account.objects.select_related("person").get(pk=account_id)
    if too_many(account, timezone.now()):
        return
    with translation.override(language_of(account) or settings.LANGUAGE_CODE):
        context = {
            "account": account,
            "controller": Controller.current(),
            "url": make_sign_in_link(account, trusted=False),
        }
        text = render_to_string("console/mail/sign_in_link.txt", context)
        send_mail(gettext("Your sign-in link"), text, None, [account.email])
