"""How the access matrix fills addresses and forms; a new route needs a line only for a new name.

Values name things of a co-op (`Coop.ids`); every other text is sent as it stands.
"""

PUBLIC = frozenset(
    {"static", "home.home", "home.persona", "health.alive", "health.ready"}
    | {"signing_in.sign_in", "signing_in.invitation", "signing_in.use_invitation"}
    | {"scan.typed", "scan.by_code", "scan.by_lot", "scan.by_product"}
    | {"scan_files.file", "scan_files.photo"}
    | {"recalls.all_recalls", "recalls.one_recall", "recalls.shop", "recalls.shop_answers"}
)
"""Pages nobody signs in for: the first page, shoppers' pages, signing in, the machine's own."""

PARAMETERS: dict[str, str] = {
    "code": "lot",
    "customer_id": "customer",
    "drill_id": "drill",
    "entry_id": "entry",
    "file_id": "file",
    "job_id": "job",
    "kind": "=ship",
    "lot_id": "lot",
    "membership_id": "membership",
    "name": "=plots",
    "noun_id": "plot",
    "planting_id": "planting",
    "sha256": "file",
    "work": "=irrigation",
}
"""A parameter of an address, and the thing that fills it; `=` marks a word, not a thing."""

ELSEWHERE: dict[str, dict[str, str]] = {
    "inspect.correction_form": {"entry_id": "inspection"},
    "inspect.correct": {"entry_id": "inspection"},
    "farm.tested": {"entry_id": "inspection"},
    "manage.recalled": {"entry_id": "recall"},
    "manage.close_recall": {"entry_id": "recall"},
    "manage.recall_news": {"entry_id": "recall"},
    "manage.recall_poster": {"entry_id": "reaching recall"},
    "manage.recall_phone_list": {"entry_id": "reaching recall"},
    "manage.recall_customer": {"entry_id": "reaching recall"},
    "manage.contact_customer": {"entry_id": "reaching recall"},
    "manage.customer_link": {"entry_id": "reaching recall"},
    "manage.write_answer": {"entry_id": "reaching recall"},
    "manage.all_links": {"entry_id": "reaching recall"},
    "manage.lift_form": {"code": "held", "entry_id": "hold"},
    "manage.lift": {"code": "held", "entry_id": "hold"},
    "manage.gone_form": {"lot_id": "input_lot"},
    "manage.gone": {"lot_id": "input_lot"},
    "packing.saved": {"entry_id": "packing"},
    "packing.arrival": {"entry_id": "arriving", "code": "arriving lot"},
    "packing.take_over": {"entry_id": "arriving", "code": "arriving lot"},
}
"""Where a parameter means something else than usual."""

_FIELD_WORK = {"plantings": "planting", "when": "=2026-11-21"}

_INSPECTED = {
    "inspection_kind": "=field_inspection", "subjects": "planting", "plots": "plot",
    "passed": "=yes", "when": "=2026-11-21",
}  # fmt: skip

BODIES: dict[str, dict[str, str]] = {
    "signing_in.choose": {"membership": "own membership"},
    "farm.save_work": _FIELD_WORK | {"method": "=drip"},
    "farm.again": {"planting": "planting"},
    "farm.save_harvest": {"total-{planting}": "=5", "when": "=2026-11-21"},
    "farm.save_inspection": {
        "inspection_kind": "=rapid_test", "subjects": "harvest", "passed": "=yes",
        "when": "=2026-11-21",
    },
    "farm.save_tests": {
        "row": "harvest", "passed-{harvest}": "=yes", "limit": "=50", "method": "=酶抑制率法",
        "when": "=2026-11-21",
    },
    "packing.save_certificate": {"basis": "=own_control"},
    "packing.save_packing": {
        "amount-{harvest}": "=1", "packed_quantity": "=2", "packed_quantity_unit": "=bundle",
        "product": "product", "site": "site", "when": "=2026-11-21",
    },
    "packing.save_box": {
        "amount-{lot}": "=2", "package_name": "=礼盒", "packed_quantity": "=1",
        "when": "=2026-11-21",
    },
    "packing.save_out": {
        "amount-{lot}": "=1", "customer": "customer", "carrier": "supplier",
        "when": "=2026-11-21",
    },
    "packing.take_over": {
        "quantity": "=60", "quantity_unit": "=bundle", "product": "product", "when": "=2026-11-21",
    },
    "manage.gone": {"happened": "=spoiled", "quantity": "=1", "quantity_unit": "=ml",
                    "when": "=2026-11-21"},
    "packing.save_split": {"lot": "lot", "part-1": "=1", "part-2": "=2", "when": "=2026-11-21"},
    "packing.save_merge": {"lot": "lot", "amount-{lot}": "=1", "when": "=2026-11-21"},
    "packing.save_repack": {
        "lot": "lot", "amount-{lot}": "=1", "packed_quantity": "=1",
        "packed_quantity_unit": "=bundle", "product": "product", "site": "site",
        "when": "=2026-11-21",
    },
    "packing.save_void": {"first": "=1", "last": "=2", "reason": "=spoiled"},
    "packing.save_arrival": {
        "supplier": "supplier", "product": "product", "quantity": "=5", "quantity_unit": "=kg",
        "kept_report": "file", "when": "=2026-11-21",
    },
    "manage.add": {
        "name": "=新棚", "kind": "=greenhouse", "site_id": "site", "grower_id": "grower",
    },
    "manage.change": {
        "name": "=改名棚", "kind": "=greenhouse", "site_id": "site", "grower_id": "grower",
    },
    "manage.change_coop": {"name": "=东社新名", "time_zone": "=Asia/Shanghai"},
    "manage.purchase": {"input": "input", "supplier": "supplier", "quantity": "=5",
                        "when": "=2026-11-20"},
    "manage.make_invitation": {"role": "=grower", "party": "grower"},
    "manage.hold": {"reason": "=看一看"},
    "manage.lift": {"reason": "=没事"},
    "manage.recall": {"causes": "input_lot", "reason": "=坏药"},
    "manage.check_recall": {"causes": "input_lot", "reason": "=坏药"},
    "manage.look_for_cause": {"q": "lot", "causes": "lot"},
    "manage.close_recall": {"reason": "=都收回了"},
    "manage.recall_news": {"words": "=大部分收回"},
    "manage.contact_customer": {"outcome": "=called"},
    "manage.customer_link": {"outcome": "=link"},
    "manage.all_links": {"outcome": "=links"},
    "manage.write_answer": {"answered_by": "=店长", "taken_off-bundle": "=6"},
    "manage.begin_drill": {"cause_kind": "=plot_days", "plots": "plot",
                           "from_day": "=2026-09-01", "until_day": "=2026-11-21"},
    "manage.tick_drill": {"steps": "=lots_found"},
    "manage.hand_out": {"lot": "input_lot", "quantity": "=5", "quantity_unit": "=ml",
                        "recipient": "grower", "when": "=2026-11-20"},
    "manage.correct": {"reason": "=did_not_occur", "note": "=记错了"},
    **dict.fromkeys(("inspect.check", "inspect.change_result", "inspect.sign"), _INSPECTED),
    "inspect.correct": _INSPECTED | {"reason": "=incorrect_data", "why": "=写错了"},
}  # fmt: skip
"""A form that is taken, where one is known; others are sent with nothing.

A thing in braces is part of the field's own name.
"""

NAMES_THINGS: dict[str, str] = {
    **dict.fromkeys(("plantings", "planting", "planting_id"), "planting"),
    **dict.fromkeys(("takes", "lots", "lot", "subjects", "subject", "node", "code"), "lot"),
    **dict.fromkeys(("causes", "cause", "input_lot", "seed_lot"), "input_lot"),
    **dict.fromkeys(("plots", "plot"), "plot"),
    **dict.fromkeys(("product", "product_ids"), "product"),
    **dict.fromkeys(("site", "site_id", "site_ids"), "site"),
    **dict.fromkeys(("party", "customer", "carrier", "laboratory"), "customer"),
    **dict.fromkeys(("performed_by", "grower_id", "recipient"), "grower"),
    **dict.fromkeys(("entry", "wrong", "shipping"), "entry"),
    **dict.fromkeys(("kept_photo", "kept_report", "file_kept", "receipt_kept"), "file"),
    "input": "input", "supplier": "supplier", "hold": "hold", "recall": "recall",
    "membership": "membership", "job": "job", "job_id": "job",
}  # fmt: skip
"""Fields of forms and addresses that name things: all at once they are filled with another's."""
