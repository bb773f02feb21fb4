"""What can be wrong, said as facts: a message id, the values in it, and the clause behind it.

The web translates message ids; this layer never formats a sentence in a language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as _field


def N_(message: str) -> str:  # noqa: N802 - the name gettext's extractor looks for
    """Mark an English message id for translation; the text itself is unchanged."""
    return message


@dataclass(frozen=True)
class Problem:
    """One thing wrong: which field, what, with which values, and the clause behind the rule.

    `message` is an English message id with %(name)s places for `values`. `label` is the message id
    of the field's own name, empty where the problem belongs to no single field.
    """

    field: str
    message: str
    values: Mapping[str, str] = _field(default_factory=dict)
    label: str = ""
    clause: str = ""

    def __str__(self) -> str:
        text = self.message % dict(self.values) if self.values else self.message
        return f"{self.label or self.field}: {text}" if self.field else text


class QijimuError(Exception):
    """Base of every error of ours; never raised itself."""


class Refused(QijimuError, ValueError):
    """A deed that may not be done, with every reason at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class NotAllowed(QijimuError, PermissionError):
    """This role may not do this deed, or the thing belongs to another co-op."""


class NotFound(QijimuError, LookupError):
    """Nothing with this id or code is known to the person who asks."""


class ClockRanBack(QijimuError, RuntimeError):
    """The clock stands more than two seconds before the newest record: recording stops."""


def refuse(field_name: str, message: str, /, label: str = "", **values: object) -> Refused:
    """A refusal with a single problem."""
    said = {name: str(value) for name, value in values.items()}
    return Refused([Problem(field_name, message, said, label)])
