"""What a rule noticed, as a plain value."""

import hashlib
import json
from dataclasses import dataclass

from projects.enums import Severity


@dataclass(frozen=True)
class Notice:
    """One remark by one rule about one place.

    `field` names the place within its object: a form field, a row, or "" for the whole.
    `figures` are the values the remark rests on; an answer stands as long as they do.
    """

    rule: str
    field: str
    message: str
    figures: tuple[object, ...] = ()
    severity: Severity = Severity.FINDING

    @property
    def is_blocking(self) -> bool:
        return self.severity == Severity.BLOCKING

    @property
    def fingerprint(self) -> str:
        """Return a stable key of rule, place and figures; the wording does not matter."""
        text = json.dumps([self.rule, self.field, [str(figure) for figure in self.figures]], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]
