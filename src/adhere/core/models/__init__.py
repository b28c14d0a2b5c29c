from adhere.core.models.acknowledgements import Acknowledgement
from adhere.core.models.controller import Controller
from adhere.core.models.entries import Entry
from adhere.core.models.exemptions import Exemption
from adhere.core.models.facts import Fact
from adhere.core.models.findings import FindingRecord, Run
from adhere.core.models.incidents import Incident, IncidentEvent
from adhere.core.models.kept import Kept
from adhere.core.models.people import Person, PersonRecord
from adhere.core.models.policies import Policy, PolicyText, PolicyVersion
from adhere.core.models.reminders import Reminder
from adhere.core.models.requests import Decision, Request

__all__ = [
    "Acknowledgement",
    "Controller",
    "Decision",
    "Entry",
    "Exemption",
    "Fact",
    "FindingRecord",
    "Incident",
    "IncidentEvent",
    "Kept",
    "Person",
    "PersonRecord",
    "Policy",
    "PolicyText",
    "PolicyVersion",
    "Reminder",
    "Request",
    "Run",
]
