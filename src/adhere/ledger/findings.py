"""What a verification found broken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Broken:
    """The first broken record: its leaf ``index``, its ``line`` in the file, and why.

    A number is None where the damage belongs to no single record.
    """

    index: int | None
    line: int | None
    reason: str

    def __str__(self) -> str:
        places = []
        if self.index is not None:
            places.append(f"record {self.index}")
        if self.line is not None:
            places.append(f"line {self.line}")
        return f"{', '.join(places)}: {self.reason}" if places else self.reason
