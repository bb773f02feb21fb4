"""Recorded uses that a list of banned substances names: an old record is judged by no later list.

A use is judged when it is recorded. When a list is imported afterwards, these are the records that
somebody should look at and hold by hand.
"""

import json
from dataclasses import dataclass
from datetime import date

from ..domain.banned import BannedSubstance, banned_among, names_of_input
from ..repository import banned, declared
from ..repository.instance import Instance


@dataclass(frozen=True)
class BannedUse:
    """One use that was not judged banned when it was recorded, and the substance that it names."""

    coop_id: str
    entry_id: str
    on: date
    substance: BannedSubstance


def unjudged_uses(instance: Instance, listed: tuple[BannedSubstance, ...]) -> list[BannedUse]:
    """The uses on or after the first day of a ban that their records do not call banned."""
    with instance.database.reading() as connection:
        uses = banned.uses_recorded(connection)
        said = {use["entry_id"]: json.loads(use["what"]) for use in uses}
        ids = sorted({what["input"] for what in said.values() if "input" in what})
        inputs = declared.by_ids(connection, "input", ids)
    found = []
    for use in uses:
        what = said[use["entry_id"]]
        known = inputs.get(what.get("input", ""))
        names = [str(what.get("input_name", "")), *(names_of_input(known.fields) if known else ())]
        judged = {one["name"] for one in what.get("banned", ())}
        on = date.fromisoformat(use["event_date"])
        found += [
            BannedUse(use["coop_id"], use["entry_id"], on, one)
            for one in banned_among(names, listed, on)
            if one.name not in judged
        ]
    return found
