"""Key data elements: one table of what each event type must and may say, and how it is checked."""

from . import quantity
from .element import (
    ART27,
    FSMA_HARVEST,
    FSMA_PACK,
    FSMA_RECEIVE,
    FSMA_SHIP,
    FSMA_TRANSFORM,
    GOODS,
    INPUT,
    INPUT_LOT,
    LOT,
    OUTPUT,
    PACKAGE,
    PESTICIDE34,
    PESTICIDE36,
    PLANTING,
    REMOVED,
    RETURNED,
    SOURCE,
    SUBJECT,
    Element,
)
from .element import choice_element as _choice
from .element import measure_element as _measure
from .element import nodes_element as _nodes
from .element import ref_element as _ref
from .element import text_element as _text
from .errors import N_
from .recall_causes import CAUSE_KINDS
from .roles import INSPECTION_DEED

__all__ = [
    "ART27", "FSMA_TRANSFORM", "GOODS", "INPUT", "INPUT_LOT", "INSPECTION_KINDS", "KEY_DATA", "LOT",
    "OUTPUT", "PACKAGE", "PESTICIDE34", "PESTICIDE36", "PLANTING", "REMOVED", "RETURNED", "SOURCE",
    "SUBJECT", "Element", "elements",
]  # fmt: skip

_ANY_AMOUNT = (*quantity.MASS, *quantity.COUNT)
_PLANTINGS = _nodes("plantings", N_("Which plantings"), SUBJECT, (PLANTING,), clause=ART27)
_TEMPERATURE = _measure("temperature", N_("Temperature"), ("celsius",), signed=True)
_LOT_NUMBER = _text("lot_number", N_("Lot number"))
_TAKES = _nodes("takes", N_("What goes in"), INPUT, (LOT,), units=_ANY_AMOUNT,
                clause=FSMA_TRANSFORM)  # fmt: skip
_UNITS = tuple((name, quantity.UNITS[name].label) for name in quantity.PACKED)
_UNIT = Element("unit", "choice", N_("Unit"), True, choices=_UNITS)
_PACKED = (
    Element("packed_quantity", "count", N_("How many were packed"), True, clause=FSMA_PACK),
    _UNIT,
    _measure("unit_mass", N_("Mass of one"), ("g", "kg", "jin")),
    _LOT_NUMBER,
    _ref("product", N_("Product")),
    _ref("site", N_("Where")),
)
_REASON = _text("reason", N_("Reason"), True)


def _farm_input(kind_label: str, clause: str) -> tuple[Element, ...]:
    """An input lot of the store, or by its name what is not in our list, and how much of it."""
    return (
        _nodes("input_lot", kind_label, INPUT, (INPUT_LOT,), required=False, many=False),
        _ref("input", N_("From the list, not from our store")),
        _text("input_name", N_("Name of an input not in the list")),
        Element("amount", "decimal", N_("Amount"), True, units=quantity.INPUT, clause=clause),
    )


KEY_DATA: dict[str, tuple[Element, ...]] = {
    "planting": (
        _ref("plot", N_("Plot"), True),
        _ref("product", N_("Crop"), True, ART27),
        _text("variety", N_("Variety"), True),
        _nodes("seed_lot", N_("Seed"), INPUT, (INPUT_LOT,), required=False, many=False),
        _measure("seed_amount", N_("Amount of seed"), ("g", "kg", "bag", "packet", "piece")),
        _measure("area", N_("Area"), ("mu",)),
        _choice("method", N_("How"), ("sown", N_("sown")), ("transplanted", N_("transplanted")),
                ("inoculated", N_("inoculated"))),
    ),
    "irrigation": (
        _PLANTINGS,
        _choice("method", N_("How"), ("drip", N_("drip")), ("furrow", N_("furrow")),
                ("sprinkler", N_("sprinkler")), ("hose", N_("hose"))),
        _measure("volume", N_("Water"), ("m3", "l")),
    ),
    "fertilising": (
        _PLANTINGS,
        *_farm_input(N_("Fertiliser"), ART27),
        _choice("method", N_("How"), ("base", N_("dug in")), ("top_dressing", N_("top dressing")),
                ("with_water", N_("with the water")), ("foliar", N_("on the leaves"))),
    ),
    "spraying": (
        _PLANTINGS,
        *_farm_input(N_("Pesticide"), PESTICIDE36),
        _text("target", N_("Against what"), clause=ART27),
        _measure("water", N_("Water"), ("l",)),
    ),
    "field_work": (
        _PLANTINGS,
        _choice("work", N_("What was done"), ("weeding", N_("weeding")), ("tying", N_("tying up")),
                ("pruning", N_("pruning")), ("pollination", N_("pollination")),
                ("thinning", N_("thinning")), ("covering", N_("covering and airing")),
                ("traps", N_("insect traps")), ("clearing", N_("clearing up")),
                ("other", N_("other work")), required=True),
    ),
    "inspection": (
        Element("inspection_kind", "choice", N_("Kind of inspection"), True, choices=(
            ("rapid_test", N_("rapid test")), ("laboratory_report", N_("laboratory report")),
            ("field_inspection", N_("field inspection")))),
        _nodes("subjects", N_("What was inspected"), SUBJECT, (PLANTING, LOT, INPUT_LOT, PACKAGE),
               required=False),
        Element("plots", "plot", N_("Plots"), many=True),
        Element("passed", "flag", N_("Result"), True),
        _text("method", N_("Method")),
        Element("results", "results", N_("Measured values")),
        _text("report_number", N_("Report number")),
        _ref("party", N_("Laboratory"), name="laboratory"),
        Element("sampled_on", "date", N_("Sampled on")),
        Element("valid_until", "date", N_("Valid until")),
    ),
    "harvesting": (
        _nodes("takes", N_("Which plantings"), INPUT, (PLANTING,), units=quantity.MASS,
               clause=f"{ART27}; {FSMA_HARVEST}"),
        Element("crates", "count", N_("Crates")),
        _choice("picked_by", N_("Picked by"), ("grower", N_("the grower")),
                ("visitors", N_("visitors"))),
        _LOT_NUMBER,
    ),
    "cooling": (
        _nodes("lots", N_("Which lots"), SUBJECT, (LOT,)), _ref("site", N_("Where")), _TEMPERATURE,
    ),
    "packing": (
        _nodes("takes", N_("What goes in"), INPUT, (LOT, PLANTING), units=_ANY_AMOUNT,
               clause=FSMA_PACK),
        *_PACKED,
    ),
    "splitting": (
        _nodes("takes", N_("Which lot"), INPUT, (LOT,), many=False, units=_ANY_AMOUNT),
        Element("parts", "decimal", N_("Parts"), True, many=True, units=_ANY_AMOUNT),
    ),
    "merging": (_TAKES, _LOT_NUMBER),
    "repacking": (_TAKES, *_PACKED),
    "package_made": (
        _nodes("takes", N_("What goes in"), INPUT, (LOT,), units=_ANY_AMOUNT,
               clause=FSMA_TRANSFORM),
        _text("package_name", N_("Name of the package"), True),
        _text("package_name_en", N_("Name of the package in English")),
        Element("packed_quantity", "count", N_("How many were made"), True),
        _LOT_NUMBER,
        _ref("site", N_("Where")),
    ),
    "labels_issued": (
        _nodes("lot", N_("Lot"), SUBJECT, GOODS, many=False),
        Element("count", "count", N_("How many labels"), True),
        Element("first_sequence", "count", N_("First number"), True),
        _text("codes_hash", N_("Hash of the codes"), True),
        _text("stock", N_("Label stock"), True),
    ),
    "labels_voided": (
        _nodes("lot", N_("Lot"), SUBJECT, GOODS, many=False),
        Element("first_sequence", "count", N_("First number"), True),
        Element("count", "count", N_("How many labels"), True),
        _REASON,
    ),
    "certificate_issued": (
        _nodes("lot", N_("Lot"), SUBJECT, GOODS, many=False),
        _choice("basis", N_("Basis"), ("own_control", N_("own quality control")),
                ("own_test", N_("own test passed")), ("laboratory", N_("laboratory test passed")),
                required=True),
        _text("number", N_("Number"), True),
    ),
    "storing": (
        _nodes("lots", N_("Which lots"), SUBJECT, GOODS),
        _ref("site", N_("Where"), True), _TEMPERATURE,
        _measure("humidity", N_("Humidity"), ("percent",)),
    ),
    "storage_reading": (
        _nodes("lots", N_("Which lots"), SUBJECT, GOODS),
        _ref("site", N_("Where")),
        Element("temperature", "decimal", N_("Temperature"), True, units=("celsius",), signed=True),
        _measure("humidity", N_("Humidity"), ("percent",)),
    ),
    "shipping": (
        _nodes("lots", N_("What goes out"), REMOVED, GOODS, units=_ANY_AMOUNT, clause=FSMA_SHIP),
        _ref("party", N_("Customer"), True, FSMA_SHIP, "customer"),
        _ref("party", N_("Carrier"), name="carrier"), _text("vehicle", N_("Vehicle")), _TEMPERATURE,
        _text("reference", N_("Delivery note")),
    ),
    "receiving": (
        _nodes("lots", N_("What arrived"), SUBJECT, GOODS, required=False, clause=FSMA_RECEIVE),
        _ref("entry", N_("The shipping it belongs to"), name="shipping"),
        _nodes("source", N_("What another co-op sent"), SOURCE, GOODS, required=False, many=False,
               units=_ANY_AMOUNT, clause=FSMA_RECEIVE),
        _ref("party", N_("Supplier"), name="supplier"), _ref("product", N_("Product")),
        Element("quantity", "decimal", N_("Quantity"), units=_ANY_AMOUNT, clause=FSMA_RECEIVE),
        _text("supplier_lot_number", N_("Supplier's lot number")),
        _text("supplier_certificate", N_("Supplier's certificate number")), _LOT_NUMBER,
        _TEMPERATURE,
    ),
    "returning": (
        _nodes("lots", N_("What came back"), RETURNED, GOODS, units=_ANY_AMOUNT),
        _ref("party", N_("From whom"), name="customer"), _REASON,
    ),
    "selling": (
        _nodes("lots", N_("What was sold"), REMOVED, GOODS, units=_ANY_AMOUNT),
        _choice("channel", N_("Sold through"), ("gate", N_("farm gate")),
                ("chat_group", N_("chat group")), ("picking", N_("picking by visitors")),
                ("shop", N_("own shop")), required=True),
        _ref("party", N_("Customer"), name="customer"),
    ),
    "destroying": (
        _nodes("lots", N_("What was destroyed"), REMOVED, (*GOODS, INPUT_LOT), required=False,
               units=(*_ANY_AMOUNT, *quantity.VOLUME)),
        _nodes("plantings", N_("Plantings ploughed under"), REMOVED, (PLANTING,), required=False),
        _REASON, _text("method", N_("How")),
    ),
    "loss": (
        _nodes("lots", N_("What was lost"), REMOVED, (*GOODS, INPUT_LOT),
               units=(*_ANY_AMOUNT, *quantity.VOLUME)),
        _choice("cause", N_("Why"), ("dried", N_("dried out")), ("trimmed", N_("trimmed off")),
                ("spoiled", N_("spoiled")), ("damaged", N_("damaged")),
                ("given_away", N_("given away or tasted")),
                ("missing", N_("missing when counted")), required=True),
    ),
    "input_purchase": (
        _ref("input", N_("Input"), True, ART27),
        _ref("party", N_("Supplier"), True, ART27, "supplier"),
        Element("quantity", "decimal", N_("Quantity"), True, units=quantity.INPUT, clause=ART27),
        _LOT_NUMBER, Element("expires_on", "date", N_("Expires on")),
    ),
    "input_issue": (
        _nodes("lots", N_("Which inputs"), SUBJECT, (INPUT_LOT,), units=quantity.INPUT),
        _ref("party", N_("To whom"), True, name="recipient"),
    ),
    "hold": (
        _nodes("subjects", N_("What is held"), SUBJECT, (PLANTING, LOT, INPUT_LOT, PACKAGE)),
        _REASON, _text("reason_en", N_("Reason in English")),
    ),
    "hold_lifted": (_ref("entry", N_("The hold"), True, name="hold"), _REASON),
    "recall": (
        _nodes("causes", N_("Cause"), SUBJECT, (PLANTING, LOT, INPUT_LOT, PACKAGE)), _REASON,
        _text("reason_en", N_("Reason in English")),
        _text("advice", N_("What buyers should do")),
        _text("advice_en", N_("What buyers should do, in English")),
        _choice("cause_kind", N_("It began at"), *CAUSE_KINDS.items()),
        Element("plots", "plot", N_("Which plots"), many=True),
        Element("from_day", "date", N_("Picked from")),
        Element("until_day", "date", N_("Picked until")),
        _ref("entry", N_("The failed inspection"), name="inspection"),
        Element("closure_count", "count", N_("Lots concerned")),
        _text("closure_hash", N_("Hash of the lots concerned")),
    ),
    "recall_updated": (
        _ref("entry", N_("The recall"), True, name="recall"),
        _text("words", N_("News for everybody"), True),
        _text("words_en", N_("News in English")),
    ),
    "recall_acknowledged": (
        _ref("entry", N_("The recall"), True, name="recall"),
        _ref("party", N_("Customer"), True, name="customer"),
        _choice("means", N_("How they answered"), ("own_link", N_("with their own link")),
                ("telephone", N_("on the telephone")), ("in_person", N_("in person")),
                required=True),
        Element("taken_off", "decimal", N_("Taken off sale"), many=True, units=_ANY_AMOUNT,
                signed=True),
        Element("still_there", "decimal", N_("Still in the shop"), many=True, units=_ANY_AMOUNT,
                signed=True),
        Element("sold", "decimal", N_("Sold already"), many=True, units=_ANY_AMOUNT, signed=True),
    ),
    "recall_closed": (
        _ref("entry", N_("The recall"), True, name="recall"), _REASON,
        _text("reason_en", N_("Reason in English")),
    ),
    "error_declaration": (
        _ref("entry", N_("The wrong record"), True, name="wrong"),
        _choice("declaration_reason", N_("What is wrong"),
                ("did_not_occur", N_("it did not happen")),
                ("incorrect_data", N_("something in it is wrong")), required=True),
    ),
}  # fmt: skip

INSPECTION_KINDS = tuple(INSPECTION_DEED)


def elements(event_type: str) -> dict[str, Element]:
    """The elements of one event type by name."""
    return {element.name: element for element in KEY_DATA[event_type]}
