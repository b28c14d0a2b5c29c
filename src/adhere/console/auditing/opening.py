"""What an auditor opened is recorded: each page and each download, with its address and time."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from adhere.console.access import OWN_MATTERS
from adhere.console.auditing.models import Opened
from adhere.console.models import Account

View = Callable[[HttpRequest], HttpResponse]


def remembered(get_response: View) -> View:
    """Middleware: an entry for every page that an account which only audits was shown."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        shown = request.method == "GET" and response.status_code == 200
        if shown and not request.path.startswith(OWN_MATTERS):
            who = request.user
            if isinstance(who, Account) and who.only_audits:
                Opened.objects.create(account=who, path=request.get_full_path()[:500])
        return response

    return middleware
