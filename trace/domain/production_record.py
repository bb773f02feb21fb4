"""What the law asks of a co-op's production record and spray record, and what is missing in them.

农产品质量安全法 Art. 27 asks for each input's name, source, use, amount, first and last date; for
pests, diseases and their control; for the dates of harvest. 农药管理条例 Art. 36 asks of each
spraying its time, place and crop, and the pesticide's name, amount and manufacturer; Art. 34 that
its interval is kept, which nobody can see without knowing it. One row of DUTIES is one fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from .errors import N_
from .key_data import ART27, PESTICIDE34, PESTICIDE36

RECORD, INPUT, PURCHASE = "record", "input", "purchase"
"""Where a missing fact is mended: in the record, in the list of inputs, by writing a purchase."""

TRAPS = "traps"
"""The field work that is itself a control of pests."""


@dataclass(frozen=True)
class Duty:
    """One fact the law asks for: of which kinds of records, by which article, and what mends it."""

    fact: str
    label: str
    clause: str
    event_types: tuple[str, ...]
    place: str
    mend: str


_USES = ("fertilising", "spraying")

DUTIES: tuple[Duty, ...] = (
    Duty("input", N_("Name of the input"), ART27, _USES, RECORD,
         N_("Correct the record: say what was used.")),
    Duty("source", N_("Where the input came from"), ART27, _USES, PURCHASE,
         N_("Write down the purchase, then correct the record to take from it.")),
    Duty("use", N_("How the input was used"), ART27, ("fertilising",), RECORD,
         N_("Correct the record: say how it was given.")),
    Duty("amount", N_("Amount"), ART27, (*_USES, "planting"), RECORD,
         N_("Correct the record: say how much.")),
    Duty("target", N_("Which pest or disease"), ART27, ("spraying",), RECORD,
         N_("Correct the record: say against what it was sprayed.")),
    Duty("picked", N_("What was picked, and where"), ART27, ("harvesting",), RECORD,
         N_("Correct the record: say from which planting.")),
    Duty("place", N_("Place"), PESTICIDE36, ("spraying",), RECORD,
         N_("Correct the record: say on which plot.")),
    Duty("crop", N_("Crop"), PESTICIDE36, ("spraying",), RECORD,
         N_("Correct the record: say on which crop.")),
    Duty("input", N_("Name of the pesticide"), PESTICIDE36, ("spraying",), RECORD,
         N_("Correct the record: say what was used.")),
    Duty("amount", N_("Amount"), PESTICIDE36, ("spraying",), RECORD,
         N_("Correct the record: say how much.")),
    Duty("manufacturer", N_("Manufacturer"), PESTICIDE36, ("spraying",), INPUT,
         N_("Complete the input in the list: its manufacturer stands on the label.")),
    Duty("interval", N_("Pre-harvest interval"), PESTICIDE34, ("spraying",), INPUT,
         N_("Complete the input in the list: its interval stands on the label.")),
)  # fmt: skip

NAME_FIRST = N_("The input is not in the list: add it, then correct the record to name it.")
"""What mends a fact of an input that only its name tells of."""


@dataclass(frozen=True)
class Kept:
    """One record as far as the law asks about it: which of the facts it has.

    `input_id` is empty where the input is not in the co-op's list. A record that was struck out
    is not given here: what stands in its place is.
    """

    entry_id: str
    event_type: str
    on: date
    facts: frozenset[str] = field(default_factory=frozenset)
    input_id: str = ""


@dataclass(frozen=True)
class Missing:
    """A fact that a record lacks; of an input in the list once, with the number of its records."""

    duty: Duty
    entry_id: str
    event_type: str
    on: date
    input_id: str = ""
    times: int = 1

    @property
    def mend(self) -> str:
        """What would mend it."""
        nameless = self.duty.place == INPUT and not self.input_id
        return NAME_FIRST if nameless else self.duty.mend

    @property
    def place(self) -> str:
        """Where it is mended."""
        return RECORD if self.duty.place == INPUT and not self.input_id else self.duty.place


def missing_facts(records: Iterable[Kept]) -> tuple[Missing, ...]:
    """Every fact the law asks for that is not there, by article, then in the order of the days."""
    found: dict[tuple[Duty, str], Missing] = {}
    for record in sorted(records, key=lambda one: (one.on, one.entry_id)):
        for duty in DUTIES:
            if record.event_type not in duty.event_types or duty.fact in record.facts:
                continue
            of_input = record.input_id if duty.place == INPUT else ""
            key = (duty, f"input {of_input}" if of_input else record.entry_id)
            if key in found:
                found[key] = replace(found[key], times=found[key].times + 1)
            else:
                found[key] = Missing(
                    duty, record.entry_id, record.event_type, record.on, record.input_id
                )
    return tuple(sorted(found.values(), key=lambda one: (DUTIES.index(one.duty), one.on)))


def facts_named(**said: object) -> frozenset[str]:
    """The names of the facts that are filled in.

    >>> sorted(facts_named(input='嘧菌酯', source='', amount=None, interval=0))
    ['input', 'interval']
    """
    return frozenset(name for name, value in said.items() if value not in (None, "", ()))
