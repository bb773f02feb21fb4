"""The example's people and its hero label, for the first page of an example instance.

The example leaves two facts with the instance: `personas`, role to membership id, and `hero`, the
codes of the unit label and the lot the shopper's button shows.
"""

import json
from dataclasses import dataclass

from ..repository import declared, people
from ..repository.instance import Instance, read_fact

PERSONAS, HERO = "personas", "hero"


@dataclass(frozen=True)
class Persona:
    """One of the example's people and the role that the button signs in as."""

    role: str
    membership_id: str
    name: str
    name_en: str
    picture: str

    def in_language(self, language: str) -> str:
        """The person's name, in English where English is asked for."""
        return (self.name_en if language == "en" else "") or self.name


def personas(instance: Instance) -> tuple[Persona, ...]:
    """The example's people, in the order of the buttons; none in a real installation."""
    with instance.database.reading() as connection:
        said = read_fact(connection, PERSONAS)
        if said is None:
            return ()
        found = []
        for role, membership_id in json.loads(said).items():
            member = people.membership(connection, membership_id)
            if member is None or member["ended_at"]:
                continue
            parties = declared.by_ids(connection, "party", [member["party_id"]])
            party = parties.get(member["party_id"])
            if party:
                found.append(
                    Persona(
                        role,
                        membership_id,
                        party.text("name"),
                        party.text("name_en"),
                        party.text("picture"),
                    )
                )
        return tuple(found)


def hero_codes(instance: Instance) -> tuple[str, str] | None:
    """The codes of the hero's unit label and lot."""
    said = instance.fact(HERO)
    if said is None:
        return None
    codes = json.loads(said)
    return codes["unit"], codes["lot"]
