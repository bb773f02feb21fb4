"""How often a pesticide may be used in a season: the figure of its registration, per planting.

A planting is one crop season (一季). More is a fact like any other and recorded as it happened; it
is asked about before saving and told to the manager (农药管理条例 Art. 34: 按照标签使用).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .errors import N_, Problem
from .key_data import PESTICIDE34

ONCE_MORE = N_(
    "%(input)s was already used %(used)s times on %(planting)s; its registration allows %(most)s"
    " a season. Was it used once more?"
)
LABEL = N_("Pesticide")


@dataclass(frozen=True)
class Use:
    """One spraying of one planting with one listed input."""

    planting: str
    input: str


@dataclass(frozen=True)
class TooOften:
    """A planting that was sprayed more often with an input than its registration allows."""

    planting: str
    input: str
    used: int
    most: int


def used_too_often(uses: Iterable[Use], most: Mapping[str, int]) -> tuple[TooOften, ...]:
    """Where the uses of an input on a planting are more than allowed, in a fixed order.

    `most` maps an input to its most uses a season; one that is not there has no such figure.
    """
    counted: dict[tuple[str, str], int] = {}
    for one in uses:
        if one.input in most:
            key = (one.planting, one.input)
            counted[key] = counted.get(key, 0) + 1
    return tuple(
        TooOften(planting, name, used, most[name])
        for (planting, name), used in sorted(counted.items())
        if used > most[name]
    )


def ask_once_more(input_name: str, used: int, most: int | None, planting: str) -> list[Problem]:
    """What is asked before one use more of an input that was used this often on a planting."""
    if most is None or used < most:
        return []
    said = {"input": input_name, "used": str(used), "most": str(most), "planting": planting}
    return [Problem("input_lot", ONCE_MORE, said, LABEL, PESTICIDE34)]
