"""The words of a reminder mail, in the languages that people read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.conf import settings

from adhere.core.areas import Task
from adhere.core.models import Person

_SUBJECT = {
    "en": ("1 thing to do at {company}", "{count} things to do at {company}"),
    "nl": ("1 zaak te doen bij {company}", "{count} zaken te doen bij {company}"),
    "fr": ("1 chose à faire chez {company}", "{count} choses à faire chez {company}"),
    "de": ("1 Aufgabe bei {company}", "{count} Aufgaben bei {company}"),
}
_GREETING = {"en": "Dear {name},", "nl": "Beste {name},", "fr": "Bonjour {name},"} | {
    "de": "Guten Tag {name},"
}
_LEAD = {
    "en": "this is still open for you:",
    "nl": "dit staat nog voor u open:",
    "fr": "voici ce qui vous attend :",
    "de": "das ist für Sie noch offen:",
}
_REPORTS = {
    "en": "People whom you supervise are late with this:",
    "nl": "Mensen die u leidt zijn hiermee over tijd:",
    "fr": "Des personnes de votre équipe sont en retard pour ceci :",
    "de": "Damit sind Personen, die Ihnen unterstehen, überfällig:",
}
_DUE = {"en": "by {day}", "nl": "tegen {day}", "fr": "avant le {day}", "de": "bis {day}"}
_OVERDUE = {
    "en": "overdue since {day}",
    "nl": "over tijd sinds {day}",
    "fr": "en retard depuis le {day}",
    "de": "überfällig seit {day}",
}
_FOOT = {
    "en": "Everything that you owe: {url}\nYou get at most one such mail a day, until it is done.",
    "nl": "Alles wat u nog moet doen: {url}\n"
    "U krijgt hoogstens één zo'n bericht per dag, tot het gedaan is.",
    "fr": "Tout ce qui vous reste à faire : {url}\n"
    "Vous recevez au plus un tel message par jour, jusqu'à ce que ce soit fait.",
    "de": "Alles, was noch offen ist: {url}\n"
    "Sie erhalten höchstens eine solche Nachricht am Tag, bis es erledigt ist.",
}


def subject(language: str, count: int, company: str) -> str:
    """The mail's subject, on one line whatever the company is called."""
    one, more = _SUBJECT[language]
    text = (one if count == 1 else more).format(count=count, company=company)
    return " ".join(text.split())


def body(
    person: Person,
    tasks: Sequence[Task],
    reports: Sequence[tuple[Person, Task]],
    day: date,
    home: str,
) -> str:
    """The mail's text; each task comes with its whole address."""
    language = person.language
    parts = [_GREETING[language].format(name=person.name)]
    if tasks:
        parts.append(_LEAD[language])
        parts += [_task(language, task, day) for task in tasks]
    if reports:
        parts.append(_REPORTS[language])
        parts += [f"{who.name}:\n{_task(language, task, day)}" for who, task in reports]
    parts.append(_FOOT[language].format(url=home))
    return "\n\n".join(parts) + "\n"


def _task(language: str, task: Task, day: date) -> str:
    due = ""
    if task.due:
        words = _OVERDUE if task.due < day else _DUE
        due = f" ({words[language].format(day=task.due.isoformat())})"
    return f"- {task.title}{due}\n  {task.why}\n  {settings.URL}{task.url}"
