"""Words around a demand, of all languages together."""

from __future__ import annotations

import re

# Words that point from a lead-in to the list below it.
POINTING = re.compile(
    r"\b(?:following|below|listed|volgende|hieronder|onderstaande|suivante?s?"
    r"|ci-(?:dessous|après)|folgende\w*|nachfolgend\w*|nachstehend\w*|untenstehend\w*)\b|:\W*$",
    re.IGNORECASE,
)
FORBIDDING_HEADING = re.compile(
    r"\b(?:prohibited|forbidden|unacceptable|verboden|onaanvaardbaar|interdite?s?|prohibée?s?"
    r"|verbotene?\w*|untersagte?\w*|unzulässige?\w*)\b",
    re.IGNORECASE,
)
# A relative clause right before a modal verb: "which must", "that the employee is not".
RELATIVE = re.compile(
    r"\b(?:which|that|who|whom|whose|what|how|whether|if|when|where)\s+"
    r"(?:(?:the|an?|any|each|every|this|their|your|our|its)\s+\w+\s+)?$",
    re.IGNORECASE,
)
# Words that open a subordinate clause, whose modal verb demands nothing more.
SUBORDINATE = re.compile(
    r"\b(?:which|that|who|whom|whose|if|when|where|whether|because|unless|until|while|as"
    r"|die|dat|wie|als|indien|wanneer|omdat|tenzij|zodat|waar"
    r"|qui|que|dont|si|lorsque|lorsqu|quand|où|afin"
    r"|der|das|wenn|falls|sobald|weil|dass|damit|sofern)\b[^,;.]*$",
    re.IGNORECASE,
)
