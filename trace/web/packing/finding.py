"""Finding a lot in a long list: by its number, its product, its plots, growers or suppliers."""

from ...query.packing import PackingLot

IS_LONG = 8
"""A list of more lots than this can be searched."""


def matches(lot: PackingLot, find: str) -> bool:
    """Whether every word looked for is in the lot's number, its names, its plots or growers."""
    nouns = [*lot.origin.plots, *lot.origin.growers, *lot.origin.suppliers]
    named = [lot.lot_number, lot.title("zh"), lot.title("en")]
    named += [noun.in_language("name", language) for noun in nouns for language in ("zh", "en")]
    text = " ".join(named).casefold()
    return all(word in text for word in find.casefold().split())
