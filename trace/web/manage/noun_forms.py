"""How the forms of what a co-op declares are laid out for people: order, hints, pictures, units.

The fields themselves, their checks and their names are the domain's (`domain.declared.NOUNS`).
"""

from dataclasses import dataclass, field

from ...domain.declared import Field, fields
from ...domain.errors import N_

_CROPS = (
    *("cucumber", "tomato", "grapes", "strawberry", "potato", "leafy-green", "mushroom"),
    *("potted-plant", "carrot", "corn", "onion", "beans", "herb", "egg", "honey"),
)
_PEOPLE = (
    *("farmer", "woman-farmer", "packer", "tester", "office-worker", "woman-office-worker"),
    *("shop", "lorry", "office", "test-tube", "house"),
)


@dataclass(frozen=True)
class Shelf:
    """One list of the desk: its noun, words, pictures, and which fields stand first in its form.

    `folded` fields are asked for under "More"; `about` is the field that says a line's second half.
    """

    noun: str
    title: str
    add: str
    picture: str
    empty: str
    first: tuple[str, ...]
    folded: tuple[str, ...]
    pictures: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    hints: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    @property
    def first_fields(self) -> list[Field]:
        """The fields that are seen at once."""
        return [fields(self.noun)[name] for name in self.first]

    @property
    def folded_fields(self) -> list[Field]:
        """The fields under "More"."""
        return [fields(self.noun)[name] for name in self.folded]


SHELVES: dict[str, Shelf] = {
    "plots": Shelf(
        "plot", N_("Plots"), N_("Add a plot"), "tractor",
        N_("A plot is a greenhouse or a field with its grower: sowing begins there."),
        ("name", "kind", "grower_id", "site_id", "area_mu"), ("name_en",),
        about=("kind", "grower_id", "area_mu"),
        hints={"name": N_("As you call it, such as: Greenhouse 17")},
        units={"area_mu": "mu"},
    ),
    "products": Shelf(
        "product", N_("Products"), N_("Add a product"), "basket",
        N_("What you grow and sell, and what its label needs first."),
        ("name", "picture", "unit", "unit_mass_kg", "label_needs", "lot_prefix"),
        ("name_en", "growing_words", "standard", "standard_en", "gtin", "top_yield_kg_per_mu",
         "tolerance_percent", "store_from_celsius", "store_to_celsius"),
        pictures=_CROPS, about=("unit", "unit_mass_kg"),
        hints={
            "label_needs": N_("Without it no label is printed."),
            "lot_prefix": N_("One to six capital letters; HG makes HG-261121-01."),
            "gtin": N_("The number under the bar code, where you have one."),
            "tolerance_percent": N_("How far weights may differ before the books say so."),
            "standard": N_("As it is to stand on the shopper's page."),
        },
        units={"unit_mass_kg": "kg", "tolerance_percent": "%", "store_from_celsius": "℃",
               "store_to_celsius": "℃", "top_yield_kg_per_mu": "kg"},
    ),
    "inputs": Shelf(
        "input", N_("Farm inputs"), N_("Add an input"), "bottle",
        N_("Pesticides, fertilisers and seed you use, with the figures of their registration."),
        ("name", "kind", "unit", "registration_number", "ingredients",
         "pre_harvest_interval_days", "most_uses", "figures_source"),
        ("full_name", "manufacturer", "picture", "name_en", "full_name_en"),
        pictures=("bottle", "bucket", "water", "seedling", "herb", "basket"),
        about=("kind", "pre_harvest_interval_days", "registration_number"),
        hints={
            "pre_harvest_interval_days": N_("Pesticides: days between spraying and picking."),
            "ingredients": N_("Several with commas between them."),
            "figures_source": N_("Such as: the label, or the registration's page."),
        },
        units={"pre_harvest_interval_days": "day"},
    ),
    "customers": Shelf(
        "party", N_("People and businesses"), N_("Add a person or business"), "shop",
        N_("Growers, customers, suppliers, carriers, laboratories and offices you deal with."),
        ("name", "kind", "phone", "address"),
        ("picture", "coop_id", "words", "name_en", "words_en"),
        pictures=_PEOPLE, about=("phone", "address"),
        hints={
            "phone": N_("Seen by your own people only; a recall lists it."),
            "address": N_("Seen by your own people only."),
            "coop_id": N_(
                "Its exact name or credit code. It then sees what you send it, and no more."
            ),
            "words": N_("A grower's own sentence for the shopper's page."),
        },
    ),
    "certificates": Shelf(
        "certificate", N_("Certificates"), N_("Add a certificate"), "clipboard",
        N_("Green food, organic, and the like: for which products and bases, and how long."),
        ("kind", "name", "number", "issuer", "valid_from", "valid_until", "product_ids",
         "site_ids", "file"), ("quantity_kg", "name_en", "issuer_en"),
        about=("number", "valid_until"),
        hints={
            "file": N_("A PDF or a photo of it. Shoppers can open it."),
            "product_ids": N_("None ticked means all."),
            "site_ids": N_("None ticked means all."),
            "quantity_kg": N_("Where the certificate states one. Nothing is shown beyond it."),
        },
        units={"quantity_kg": "kg"},
    ),
    "sites": Shelf(
        "site", N_("Sites"), N_("Add a site"), "house",
        N_("Growing bases, packing houses, cold stores and shops."),
        ("name", "kind", "village"), ("name_en", "village_en", "latitude", "longitude"),
        about=("kind", "village"),
    ),
    "coop": Shelf(
        "coop", N_("The co-op itself"), "", "office", "",
        ("name", "origin_name", "address", "phone", "credit_code", "time_zone"),
        ("name_en", "origin_name_en", "address_en"),
        hints={
            "origin_name": N_("As it stands on the label."),
            "phone": N_("Stands on every shopper's page."),
            "time_zone": N_("Such as Asia/Shanghai."),
        },
    ),
}  # fmt: skip
"""By the last part of their address. The co-op has itself only."""

TILE_MOST = 4
"""Choices of at most this many are tiles; more are a drop-down."""
