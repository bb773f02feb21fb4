"""What a co-op declares about itself: nouns whose every version is an entry of the ledger.

One table says which fields a noun has. `private` fields are personal values: the ledger holds a
commitment, the value lives in `private_value` alone.
"""

from dataclasses import dataclass

from .errors import N_
from .quantity import INPUT, PACKED, UNITS


@dataclass(frozen=True)
class Field:
    """One field of a declared noun.

    kind is text, decimal, count, date, flag, choice, list or another noun; `lists` is the noun
    whose ids a list holds.
    """

    name: str
    kind: str
    label: str
    required: bool = False
    private: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    longest: int = 200
    lists: str = ""


def _f(name: str, label: str, kind: str = "text", required: bool = False) -> Field:
    return Field(name, kind, label, required)


def _private(name: str, label: str, required: bool = False) -> Field:
    return Field(name, "text", label, required, private=True)


def _choice(name: str, label: str, *choices: tuple[str, str], required: bool = True) -> Field:
    return Field(name, "choice", label, required, choices=choices)


_NAME, _NAME_EN = _f("name", N_("Name"), required=True), _f("name_en", N_("Name in English"))


def _units(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, UNITS[name].label) for name in names)


NOUNS: dict[str, tuple[Field, ...]] = {
    "coop": (
        _NAME, _NAME_EN,
        _f("credit_code", N_("Unified social credit code")),
        _f("address", N_("Address")), _f("address_en", N_("Address in English")),
        _f("phone", N_("Phone")),
        _f("time_zone", N_("Time zone"), required=True),
        _f("origin_name", N_("Origin, short")),
        _f("origin_name_en", N_("Origin in English, short")),
    ),
    "party": (
        Field("name", "text", N_("Name"), True, private=True),
        _private("name_en", N_("Name in English")),
        _private("phone", N_("Phone")), _private("address", N_("Address")),
        _private("words", N_("Their own words")),
        _private("words_en", N_("Their own words in English")),
        _choice("kind", N_("Kind"), ("person", N_("person")), ("customer", N_("customer")),
                ("supplier", N_("supplier")), ("carrier", N_("carrier")),
                ("laboratory", N_("laboratory")), ("office", N_("public office"))),
        _f("picture", N_("Picture")),
        _f("coop_id", N_("Co-op on this server"), "coop"),
    ),
    "site": (
        _NAME, _NAME_EN,
        _choice("kind", N_("Kind"), ("base", N_("growing base")),
                ("packhouse", N_("packing house")),
                ("cold_store", N_("cold store")), ("shop", N_("shop"))),
        _f("village", N_("Village")), _f("village_en", N_("Village in English")),
        _f("latitude", N_("Latitude"), "decimal"), _f("longitude", N_("Longitude"), "decimal"),
    ),
    "plot": (
        _NAME, _NAME_EN,
        _f("site_id", N_("Base"), "site", True),
        _f("grower_id", N_("Grower"), "party", True),
        _choice("kind", N_("Kind"), ("greenhouse", N_("greenhouse")),
                ("open_field", N_("open field")), ("orchard", N_("orchard")),
                ("house", N_("growing house"))),
        _f("area_mu", N_("Area in mu"), "decimal"),
    ),
    "product": (
        _NAME, _NAME_EN,
        _f("picture", N_("Picture")),
        _f("lot_prefix", N_("Letters before its lot numbers")),
        _f("gtin", N_("GTIN")),
        Field("unit", "choice", N_("Packed as"), True, choices=_units(PACKED)),
        _f("unit_mass_kg", N_("Mass of one, in kg"), "decimal"),
        _choice("label_needs", N_("Before labels it needs"), ("nothing", N_("nothing")),
                ("rapid_test", N_("a passed rapid test")),
                ("laboratory", N_("a laboratory report"))),
        _f("standard", N_("Safety standard")), _f("standard_en", N_("Safety standard in English")),
        _f("top_yield_kg_per_mu", N_("Highest yield, kg per mu"), "decimal"),
        _f("tolerance_percent", N_("Tolerance, percent"), "decimal"),
        _choice("growing_words", N_("Words for growing"), ("sown", N_("sown")),
                ("planted", N_("planted")), ("inoculated", N_("inoculated")), required=False),
        _f("store_from_celsius", N_("Keep from, in °C"), "decimal"),
        _f("store_to_celsius", N_("Keep to, in °C"), "decimal"),
    ),
    "input": (
        _NAME, _NAME_EN,
        _choice("kind", N_("Kind"), ("seed", N_("seed")), ("fertiliser", N_("fertiliser")),
                ("pesticide", N_("pesticide"))),
        _f("full_name", N_("Full name on the label")),
        _f("full_name_en", N_("Full name in English")),
        _f("manufacturer", N_("Manufacturer")),
        _f("registration_number", N_("Registration number")),
        _f("ingredients", N_("Active ingredients"), "list"),
        _f("pre_harvest_interval_days", N_("Pre-harvest interval, in days"), "count"),
        _f("most_uses", N_("Most uses in a season"), "count"),
        _f("figures_source", N_("Where these figures stand")),
        Field("unit", "choice", N_("Measured in"), True, choices=_units(INPUT)),
        _f("picture", N_("Picture")),
    ),
    "certificate": (
        _choice("kind", N_("Kind"), ("pollution_free", N_("pollution-free (historical)")),
                ("green_food", N_("green food")), ("organic", N_("organic")),
                ("geographical_indication", N_("geographical indication")),
                ("commitment", N_("commitment"))),
        _NAME, _NAME_EN,
        _f("number", N_("Number"), required=True),
        _f("issuer", N_("Issued by"), required=True), _f("issuer_en", N_("Issuer in English")),
        _f("valid_from", N_("Valid from"), "date", True),
        _f("valid_until", N_("Valid until"), "date", True),
        Field("product_ids", "list", N_("For which products"), lists="product"),
        Field("site_ids", "list", N_("For which bases"), lists="site"),
        _f("quantity_kg", N_("For how much in all"), "decimal"),
        _f("file", N_("File")),
    ),
}  # fmt: skip

NOUN_LABELS = {
    "coop": N_("Co-op"),
    "party": N_("People and businesses"),
    "site": N_("Site"),
    "plot": N_("Plot"),
    "product": N_("Product"),
    "input": N_("Farm input"),
    "certificate": N_("Certificate"),
}

LOT_PREFIX_LONGEST = 6


def fields(noun: str) -> dict[str, Field]:
    """The fields of one noun by name."""
    return {field.name: field for field in NOUNS[noun]}
