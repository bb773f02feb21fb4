"""Test before label: what each product states that a label needs first."""

from ..domain.errors import N_, Problem
from ..repository import declared, inspections
from ..repository.database import Connection

MESSAGE = {
    "rapid_test": N_("%(product)s needs a passed rapid test before its labels are printed."),
    "laboratory": N_("%(product)s needs a laboratory report before its labels are printed."),
}


def label_needs_problems(connection: Connection, key: int) -> list[Problem]:
    """What is still missing for every product in this lot or package: each part is tested."""
    missing = inspections.untested(connection, key)
    products = declared.by_ids(connection, "product", list(missing))
    return [
        Problem("lot", MESSAGE[need], {"product": products[product_id].text("name")})
        for product_id, need in missing.items()
    ]
