"""Every event type in one table: our word, EPCIS 2.0 type, CBV 2.0 step and disposition, the FSMA
204 event where there is one, and the Chinese record it belongs to.

CBV has no planting, irrigation, spraying, harvesting or cooling step, so those steps are URIs of
our own namespace; harvest is `creating_class_instance` as published by GS1.
"""

from dataclasses import dataclass

from .errors import N_

OWN_STEP = "https://qijimu.example.org/bizstep/"

FIELD, PACKHOUSE, TRADE, CHECK, STATE, STORE_ROOM = (
    "field",
    "packhouse",
    "trade",
    "check",
    "state",
    "store_room",
)


@dataclass(frozen=True)
class EventType:
    """One event type.

    `stage` is where on the way it stands; `picture` names its picture; `is_public` whether a
    shopper's page tells it; `record` the part of the Chinese production record (Art. 27) it fills.
    """

    name: str
    label: str
    stage: str
    picture: str
    epcis_type: str
    business_step: str
    disposition: str | None
    fsma_event: str | None
    record: str | None
    is_public: bool = True


def _row(
    name: str,
    label: str,
    stage: str,
    picture: str,
    epcis: tuple[str, str, str | None],
    fsma_event: str | None = None,
    record: str | None = None,
    *,
    is_public: bool = True,
) -> EventType:
    return EventType(name, label, stage, picture, *epcis, fsma_event, record, is_public)


_OBJECT, _TRANSFORMATION, _AGGREGATION = "ObjectEvent", "TransformationEvent", "AggregationEvent"
_INPUTS, _PESTS, _HARVEST = "投入品使用", "病虫害防治", "收获"


def _own(step: str) -> tuple[str, str, str | None]:
    return _OBJECT, OWN_STEP + step, None


EVENT_TYPES: dict[str, EventType] = {
    row.name: row
    for row in (
        _row("planting", N_("Sowing"), FIELD, "seedling", _own("planting"), record=_INPUTS),
        _row("irrigation", N_("Watering"), FIELD, "water", _own("irrigation")),
        _row("fertilising", N_("Fertilising"), FIELD, "potted-plant", _own("fertilising"),
             record=_INPUTS),
        _row("spraying", N_("Spraying"), FIELD, "bottle", _own("spraying"), record=_PESTS),
        _row("field_work", N_("Field work"), FIELD, "sheaf", _own("field_work")),
        _row("inspection", N_("Inspection"), CHECK, "test-tube",
             (_OBJECT, "inspecting", "conformant")),
        _row("harvesting", N_("Picking"), FIELD, "basket",
             (_OBJECT, "creating_class_instance", "active"), "harvesting", _HARVEST),
        _row("cooling", N_("Cooling"), STORE_ROOM, "snowflake", _own("cooling"), "cooling"),
        _row("packing", N_("Packing"), PACKHOUSE, "box",
             (_TRANSFORMATION, "creating_class_instance", "active"), "initial_packing"),
        _row("splitting", N_("Splitting a lot"), PACKHOUSE, "box",
             (_TRANSFORMATION, "creating_class_instance", "active"), "transformation"),
        _row("merging", N_("Merging lots"), PACKHOUSE, "box",
             (_TRANSFORMATION, "creating_class_instance", "active"), "transformation"),
        _row("repacking", N_("Repacking"), PACKHOUSE, "box",
             (_TRANSFORMATION, "creating_class_instance", "active"), "transformation"),
        _row("package_made", N_("Making a package"), PACKHOUSE, "gift",
             (_AGGREGATION, "packing", "active"), "transformation"),
        _row("labels_issued", N_("Labels printed"), PACKHOUSE, "tag",
             (_OBJECT, "commissioning", "active"), is_public=False),
        _row("labels_voided", N_("Labels voided"), PACKHOUSE, "tag",
             (_OBJECT, "decommissioning", "inactive"), is_public=False),
        _row("certificate_issued", N_("Certificate of conformity issued"), PACKHOUSE, "clipboard",
             (_OBJECT, "inspecting", "conformant")),
        _row("storing", N_("Storing"), STORE_ROOM, "snowflake", (_OBJECT, "storing", "active")),
        _row("storage_reading", N_("Storage temperature"), STORE_ROOM, "thermometer",
             (_OBJECT, "sensor_reporting", "active")),
        _row("shipping", N_("Shipping"), TRADE, "lorry",
             (_OBJECT, "shipping", "in_transit"), "shipping"),
        _row("receiving", N_("Arrival"), TRADE, "cart",
             (_OBJECT, "receiving", "in_progress"), "receiving"),
        _row("returning", N_("Return"), TRADE, "cart", (_OBJECT, "receiving", "returned")),
        _row("selling", N_("Sale"), TRADE, "cart", (_OBJECT, "retail_selling", "retail_sold")),
        _row("destroying", N_("Destroying"), STATE, "warning",
             (_OBJECT, "destroying", "destroyed")),
        _row("loss", N_("Loss"), STORE_ROOM, "basket", _own("loss"), is_public=False),
        _row("input_purchase", N_("Buying farm inputs"), STORE_ROOM, "bottle",
             _own("input_purchase"), record=_INPUTS, is_public=False),
        _row("input_issue", N_("Handing out farm inputs"), STORE_ROOM, "bottle",
             _own("input_issue"), record=_INPUTS, is_public=False),
        _row("hold", N_("Hold"), STATE, "warning", (_OBJECT, "holding", "non_sellable_other")),
        _row("hold_lifted", N_("Hold lifted"), STATE, "clipboard",
             (_OBJECT, "inspecting", "active")),
        _row("recall", N_("Recall"), STATE, "warning", (_OBJECT, "holding", "recalled")),
        _row("recall_updated", N_("News of a recall"), STATE, "loudspeaker",
             (_OBJECT, "holding", "recalled")),
        _row("recall_acknowledged", N_("Answer to a recall"), STATE, "shop",
             (_OBJECT, "holding", "recalled"), is_public=False),
        _row("recall_closed", N_("Recall closed"), STATE, "clipboard",
             (_OBJECT, "inspecting", "recalled")),
        _row("error_declaration", N_("Correction"), STATE, "clipboard",
             (_OBJECT, "inspecting", None)),
    )
}  # fmt: skip
