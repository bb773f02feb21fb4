"""What somebody recorded: in words a page can show, struck-out records with who, when and why."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ..repository import declared, field_work, ledger
from ..repository.database import Connection, Row
from ..repository.declared import Declared
from ..repository.events import answered
from ..repository.instance import Instance

FIELD_TYPES = (
    "planting", "irrigation", "fertilising", "spraying", "field_work", "harvesting", "inspection",
)  # fmt: skip
LAST_DAYS = timedelta(days=30)


@dataclass(frozen=True)
class Part:
    """A planting or lot that a record names, in its role, with the amount where there is one."""

    node_id: str
    role: str
    kind: str
    plot: Declared | None
    product: Declared | None
    input: Declared | None
    lot_number: str
    quantity: str
    unit: str

    def name(self, language: str) -> str:
        """How people call it: plot and crop, the input's name, or the lot number."""
        named = [one.in_language("name", language) for one in (self.plot, self.product) if one]
        if self.kind == "planting":
            return " ".join(named)
        if self.input:
            return self.input.in_language("name", language)
        return " ".join([*named, self.lot_number])


@dataclass(frozen=True)
class Struck:
    """That a record was declared wrong: by whom, when, and why in their words."""

    by: Declared | None
    at: datetime
    reason: str
    note: str
    replaced_by: str


@dataclass(frozen=True)
class FieldRecord:
    """One record as its writer sees it again."""

    entry_id: str
    entry_index: int
    event_type: str
    on: date
    record_time: datetime
    is_late: bool
    already_happened: bool
    what: dict[str, Any]
    breaches: tuple[str, ...]
    parts: tuple[Part, ...]
    photos: tuple[str, ...]
    papers: tuple[str, ...]
    note: str
    performed_by: Declared | None
    recorded_by_id: str
    plot: Declared | None
    struck: Struck | None
    submission_id: str

    def of_role(self, *roles: str) -> tuple[Part, ...]:
        """The parts in these roles."""
        return tuple(part for part in self.parts if part.role in roles)

    @property
    def plantings(self) -> tuple[Part, ...]:
        """The plantings it was done to."""
        return tuple(
            part for part in self.parts if part.kind == "planting" and part.role != "output"
        )

    @property
    def used(self) -> Part | None:
        """The input lot that was used."""
        return next((part for part in self.parts if part.kind == "input_lot"), None)

    @property
    def made(self) -> tuple[Part, ...]:
        """What came out of it."""
        return self.of_role("output")


@dataclass(frozen=True)
class Proof:
    """Where a record stands in the ledger, and the newest checkpoint that covers it."""

    entry_index: int
    leaf_hash: str
    covered_by: int


def my_records(
    instance: Instance, coop_id: str, party_id: str, now: datetime, within: timedelta = LAST_DAYS
) -> tuple[FieldRecord, ...]:
    """What a party recorded on the field in the last 30 days or less, newest day first."""
    since = (now - within).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with instance.database.reading() as connection:
        events = field_work.recorded_by(connection, coop_id, party_id, since, list(FIELD_TYPES))
        return _records(connection, coop_id, events)


def planting_records(
    instance: Instance, coop_id: str, planting_id: str, most: int
) -> tuple[FieldRecord, ...]:
    """The last records of one planting, whoever wrote them, wrong ones left out."""
    with instance.database.reading() as connection:
        keys = [
            one["node_key"]
            for one in field_work.plantings_of(connection, coop_id)
            if one["node_id"] == planting_id
        ]
        events = field_work.events_on(connection, keys, list(FIELD_TYPES))[:most]
        return _records(connection, coop_id, events)


def record_of(instance: Instance, coop_id: str, entry_id: str) -> FieldRecord | None:
    """One record of the co-op's field work."""
    with instance.database.reading() as connection:
        found = field_work.events_by_ids(connection, coop_id, [entry_id])
        events = [one for one in found.values() if one["event_type"] in FIELD_TYPES]
        records = _records(connection, coop_id, events)
    return records[0] if records else None


def proof_facts(instance: Instance, entry_id: str) -> Proof | None:
    """What shows that a record has not been changed since."""
    with instance.database.reading() as connection:
        entry = field_work.entry_of(connection, entry_id)
        newest = ledger.newest_checkpoint(connection)
    if entry is None or newest is None:
        return None
    return Proof(entry["entry_index"], bytes(entry["leaf_hash"]).hex(), newest.size)


def _records(connection: Connection, coop_id: str, events: list[Row]) -> tuple[FieldRecord, ...]:
    indexes = [event["entry_index"] for event in events]
    parts = _parts(connection, field_work.nodes_of(connection, indexes))
    notes = field_work.notes_of(connection, [event["entry_id"] for event in events])
    files: dict[int, list[Row]] = {}
    for file in field_work.files_of(connection, indexes):
        files.setdefault(file["entry_index"], []).append(file)
    people = declared.by_ids(connection, "party", [event["performed_by"] for event in events])
    struck = _struck(connection, coop_id, events)
    told = [json.loads(event["what"]) for event in events]
    plots = declared.by_ids(connection, "plot", [str(what.get("plot", "")) for what in told])
    return tuple(
        FieldRecord(
            event["entry_id"],
            event["entry_index"],
            event["event_type"],
            date.fromisoformat(event["event_date"]),
            datetime.fromisoformat(event["record_time"]),
            bool(event["is_late"]),
            bool(event["already_happened"]),
            what,
            tuple(json.loads(event["breaches"])),
            tuple(parts.get(event["entry_index"], [])),
            _hashes(files.get(event["entry_index"], []), "image/jpeg"),
            _hashes(files.get(event["entry_index"], []), "application/pdf"),
            notes.get(event["entry_id"], ""),
            people.get(event["performed_by"]),
            event["recorded_by"],
            plots.get(what.get("plot", "")),
            struck.get(event["entry_id"]),
            event["submission_id"] or "",
        )
        for event, what in zip(events, told, strict=True)
    )


def _hashes(files: list[Row], media_type: str) -> tuple[str, ...]:
    return tuple(file["sha256"] for file in files if file["media_type"] == media_type)


def _parts(connection: Connection, found: list[Row]) -> dict[int, list[Part]]:
    def nouns(noun: str) -> dict[str, Declared]:
        ids = [one[f"{noun}_id"] for one in found if one[f"{noun}_id"]]
        return declared.by_ids(connection, noun, ids)

    plots, crops, inputs = nouns("plot"), nouns("product"), nouns("input")
    parts: dict[int, list[Part]] = {}
    for one in found:
        parts.setdefault(one["entry_index"], []).append(
            Part(
                one["node_id"],
                one["role"],
                one["kind"],
                plots.get(one["plot_id"]),
                crops.get(one["product_id"]),
                inputs.get(one["input_id"]),
                one["lot_number"] or "",
                one["quantity"] or "",
                one["unit"] or "",
            )
        )
    return parts


def _struck(connection: Connection, coop_id: str, events: list[Row]) -> dict[str, Struck]:
    by_wrong = {
        event["entry_id"]: event["declared_wrong_by"]
        for event in events
        if event["declared_wrong_by"]
    }
    declarations = field_work.events_by_ids(connection, coop_id, list(by_wrong.values()))
    notes = field_work.notes_of(connection, list(declarations))
    people = declared.by_ids(
        connection, "party", [one["recorded_by"] for one in declarations.values()]
    )
    replacing = field_work.replacements_of(connection, coop_id, list(by_wrong))
    found = {}
    for wrong, entry_id in by_wrong.items():
        told = declarations.get(entry_id)
        if told:
            found[wrong] = Struck(
                people.get(told["recorded_by"]),
                datetime.fromisoformat(told["record_time"]),
                json.loads(told["what"]).get("declaration_reason", ""),
                notes.get(entry_id, ""),
                replacing.get(wrong, ""),
            )
    return found


def records_told(
    connection: Connection, coop_id: str, events: list[Row]
) -> tuple[FieldRecord, ...]:
    """Events of any type as records a page can show: for the desks, which list all of them."""
    return _records(connection, coop_id, events)


def was_sent(instance: Instance, coop_id: str, submission_id: str) -> bool:
    """Whether a form of this id was recorded already, so that it only repeats itself."""
    with instance.database.reading() as connection:
        return answered(connection, coop_id, submission_id) is not None
