"""Test before label: what each product states that a label needs first."""

from ..domain.errors import N_, Problem
from ..repository import declared, inspections
from ..repository.database import Connection

NEEDS_RAPID_TEST = N_("%(product)s needs a passed rapid test before its labels are printed.")
NEEDS_LABORATORY = N_("%(product)s needs a laboratory report before its labels are printed.")
ENOUGH = {
    "rapid_test": ("rapid_test", "laboratory_report"),
    "laboratory": ("laboratory_report",),
}
MESSAGE = {"rapid_test": NEEDS_RAPID_TEST, "laboratory": NEEDS_LABORATORY}


def label_needs_problems(connection: Connection, key: int) -> list[Problem]:
    """What is still missing for every product in this lot or package: each part is tested."""
    inside = inspections.lots_by_product(connection, key)
    products = declared.by_ids(connection, "product", [product_id for _, product_id in inside])
    missing: dict[str, Problem] = {}
    for lot_key, product_id in inside:
        product = products[product_id]
        need = product.text("label_needs")
        if need in ENOUGH and not inspections.is_tested(connection, lot_key, ENOUGH[need]):
            said = {"product": product.text("name")}
            missing[product_id] = Problem("lot", MESSAGE[need], said)
    return list(missing.values())
