"""Who may do what: one table of role x deed that routes, buttons and tests read."""

from .errors import N_, NotAllowed

ROLES = {
    "grower": N_("grower"),
    "packer": N_("packer"),
    "tester": N_("tester"),
    "manager": N_("manager"),
    "inspector": N_("inspector"),
}

FIELD = ("grower", "manager")
PACKING = ("packer", "manager")
MANAGER = ("manager",)

DEEDS: dict[str, tuple[str, ...]] = {
    # field work; growers on their own plots only (see `own_plots_only`)
    "record_field_work": FIELD,
    "record_harvest": FIELD,
    "record_rapid_test": ("grower", "tester", "manager", "inspector"),
    "record_inspection": ("tester", "manager", "inspector"),
    "record_laboratory_report": ("tester", "manager"),
    "see_field_work": ("grower", "tester", "manager"),
    "take_back": ("grower", "tester", "manager"),
    # the packing house
    "see_packing": PACKING,
    "pack": PACKING,
    "print_labels": PACKING,
    "move_goods": PACKING,
    "receive_goods": PACKING,
    # the manager's desk
    "see_desk": MANAGER,
    "invite": MANAGER,
    "manage_people": MANAGER,
    "declare": MANAGER,
    "hold": MANAGER,
    "recall": MANAGER,
    "correct": MANAGER,
    # the inspector's desk
    "inspect": ("inspector",),
    "correct_own_inspection": ("inspector",),
    # whoever is signed in
    "use_session": tuple(ROLES),
}

EVENT_DEED: dict[str, str] = {
    **dict.fromkeys(
        ("planting", "irrigation", "fertilising", "spraying", "field_work"), "record_field_work"
    ),
    "harvesting": "record_harvest",
    "inspection": "record_inspection",
    **dict.fromkeys(
        ("packing", "splitting", "merging", "repacking", "package_made", "cooling"), "pack"
    ),
    "labels_issued": "print_labels",
    "labels_voided": "print_labels",
    "certificate_issued": "print_labels",
    **dict.fromkeys(
        ("storing", "storage_reading", "shipping", "returning", "selling", "destroying", "loss"),
        "move_goods",
    ),
    "receiving": "receive_goods",
    "input_purchase": "declare",
    "input_issue": "declare",
    "hold": "hold",
    "hold_lifted": "hold",
    "recall": "recall",
    "recall_updated": "recall",
    "recall_acknowledged": "recall",
    "recall_closed": "recall",
    "error_declaration": "correct",
}

INSPECTION_DEED = {
    "rapid_test": "record_rapid_test",
    "field_inspection": "record_inspection",
    "laboratory_report": "record_laboratory_report",
}
"""An inspection's deed follows its kind: only tester or manager enters a laboratory's report."""


def may(role: str, deed: str) -> bool:
    """Whether this role does this deed. An unknown deed is an error of the program."""
    return role in DEEDS[deed]


def own_plots_only(role: str) -> bool:
    """Growers record on their own plots only."""
    return role == "grower"


def require(role: str, deed: str) -> None:
    """Raise NotAllowed unless the role may do the deed."""
    if not may(role, deed):
        raise NotAllowed(f"the role {role} may not {deed.replace('_', ' ')}")
