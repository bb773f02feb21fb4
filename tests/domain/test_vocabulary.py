"""One table of event types, in the words of EPCIS, CBV, FSMA 204 and the Chinese record."""

import pytest

from trace.domain.key_data import KEY_DATA
from trace.domain.vocabulary import EVENT_TYPES, OWN_STEP, EventType

# CBV 2.0 chapters 7.1 and 7.2, as far as they are used here.
BUSINESS_STEPS = {
    "commissioning", "creating_class_instance", "decommissioning", "destroying", "holding",
    "inspecting", "packing", "receiving", "retail_selling", "sensor_reporting", "shipping",
    "storing",
}  # fmt: skip
DISPOSITIONS = {
    "active", "conformant", "destroyed", "in_progress", "in_transit", "inactive",
    "non_sellable_other", "recalled", "retail_sold", "returned",
}  # fmt: skip
EVERY = pytest.mark.parametrize("event_type", EVENT_TYPES.values(), ids=list(EVENT_TYPES))


def test_every_event_type_has_its_key_data() -> None:
    assert set(EVENT_TYPES) == set(KEY_DATA)


@EVERY
def test_an_event_type_has_label_picture_and_stage(event_type: EventType) -> None:
    assert event_type.label
    assert event_type.picture
    assert event_type.stage in ("field", "packhouse", "trade", "check", "state", "store_room")


@EVERY
def test_a_business_step_is_of_the_vocabulary_or_our_own(event_type: EventType) -> None:
    own = event_type.business_step.startswith(OWN_STEP)
    assert own or event_type.business_step in BUSINESS_STEPS


@EVERY
def test_a_disposition_is_of_the_vocabulary_or_left_out(event_type: EventType) -> None:
    assert event_type.disposition is None or event_type.disposition in DISPOSITIONS


@EVERY
def test_the_type_is_one_of_epcis(event_type: EventType) -> None:
    assert event_type.epcis_type in ("ObjectEvent", "TransformationEvent", "AggregationEvent")


def test_what_the_food_law_asks_for_has_an_event_each() -> None:
    named = {row.fsma_event for row in EVENT_TYPES.values() if row.fsma_event}
    assert {"shipping", "receiving", "transformation"} <= named


def test_the_production_record_of_article_27_has_its_three_parts() -> None:
    records = {row.record for row in EVENT_TYPES.values() if row.record}
    assert records == {"投入品使用", "病虫害防治", "收获"}


def test_the_house_alone_sees_labels_and_the_store_of_inputs() -> None:
    hidden = {name for name, row in EVENT_TYPES.items() if not row.is_public}
    assert hidden == {
        "labels_issued", "labels_voided", "input_purchase", "input_issue", "loss",
        "recall_acknowledged",
    }  # fmt: skip
