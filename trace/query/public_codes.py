"""Finding what a GS1 Digital Link without a label's own code means: a lot, or a product."""

from ..domain.errors import NotFound
from ..repository import declared
from ..repository import public_events as stored
from ..repository.declared import Declared
from ..repository.instance import Instance


def _spellings(gtin14: str) -> list[str]:
    """A GTIN as it may have been entered: 14 digits, or without the zeros in front."""
    return list(
        dict.fromkeys([gtin14] + [gtin14[-n:] for n in (13, 12, 8) if not int(gtin14[:-n])])
    )


def code_of_lot(instance: Instance, gtin14: str, lot_number: str) -> str:
    """The code of a product's lot. Raises NotFound."""
    with instance.database.reading() as connection:
        products = stored.products_of_gtin(connection, _spellings(gtin14))
        code = stored.lot_of_product(connection, products, lot_number.upper())
    if code is None:
        raise NotFound(lot_number)
    return code


def product_of_gtin(instance: Instance, gtin14: str) -> Declared:
    """The product that carries this GTIN. Raises NotFound."""
    with instance.database.reading() as connection:
        products = stored.products_of_gtin(connection, _spellings(gtin14))
        found = declared.by_ids(connection, "product", products[:1])
    if not found:
        raise NotFound(gtin14)
    return found[products[0]]
