"""Recording what happened: complete or refused, once, in its co-op, on one's own plots."""

import pytest

from trace.capture.events import MADE_BY_SERVER
from trace.domain.errors import NotAllowed, Refused
from trace.domain.events import Photo
from trace.domain.key_data import KEY_DATA
from trace.domain.roles import EVENT_DEED, ROLES, may
from trace.repository import ledger, nodes

from .ledger_reading import entries, last_body
from .small_farm import SmallFarm, make_farm
from .small_reports import REPORTED, Stage


@pytest.fixture
def stage(farm: SmallFarm) -> Stage:
    """Something of everything."""
    return Stage(farm)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Something of everything, for tests that only add to it."""
    return Stage(make_farm(tmp_path_factory.mktemp("shared")))


@pytest.mark.parametrize("event_type", REPORTED)
def test_the_least_that_must_be_said_is_recorded(shared: Stage, event_type: str) -> None:
    receipt = shared.farm.record(event_type, shared.least(event_type))
    body = last_body(shared.farm)
    assert (body["entry_id"], body["event_type"]) == (receipt.entry_ids[0], event_type)


@pytest.mark.parametrize("event_type", REPORTED)
def test_what_is_written_is_what_was_said_and_no_more(shared: Stage, event_type: str) -> None:
    shared.farm.record(event_type, shared.least(event_type) | {"name": "王长财", "hidden": "x"})
    named = {element.name for element in KEY_DATA[event_type]}
    listed = {"input", "pre_harvest_interval_days", "registration_number", "ingredients"}
    assert set(last_body(shared.farm)["what"]) <= named | listed


@pytest.mark.parametrize("event_type", REPORTED)
def test_an_empty_report_is_refused_with_every_reason(shared: Stage, event_type: str) -> None:
    before = entries(shared.farm)
    with pytest.raises(Refused) as refused:
        shared.farm.record(event_type, {})
    required = {element.name for element in KEY_DATA[event_type] if element.required}
    assert required <= {problem.field for problem in refused.value.problems}
    assert entries(shared.farm) == before


def test_everything_wrong_around_a_report_is_said_with_what_is_wrong_in_it(
    farm: SmallFarm,
) -> None:
    with pytest.raises(Refused) as refused:
        farm.record(
            "irrigation", {"method": "river"}, when="someday", performed_by="nobody",
            note="长" * 2001, photos=(Photo("ab" * 32),),
        )  # fmt: skip
    assert {problem.field for problem in refused.value.problems} == {
        "when", "plantings", "method", "performed_by", "photos", "note",
    }  # fmt: skip


@pytest.mark.parametrize("event_type", MADE_BY_SERVER)
def test_what_is_a_deed_of_its_own_is_not_reported(shared: Stage, event_type: str) -> None:
    with pytest.raises(NotAllowed):
        shared.farm.record(event_type, {})


def test_a_kind_of_event_nobody_knows_is_refused(farm: SmallFarm) -> None:
    with pytest.raises(Refused, match="teleporting is not known here"):
        farm.record("teleporting", {})


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
@pytest.mark.parametrize("event_type", sorted(set(REPORTED) - {"inspection"}))
def test_a_role_records_what_is_its_to_record(shared: Stage, role: str, event_type: str) -> None:
    expected = Refused if may(role, EVENT_DEED[event_type]) else NotAllowed
    with pytest.raises(expected):
        shared.farm.record(event_type, {}, role)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        ("rapid_test", {"grower", "tester", "manager", "inspector"}),
        ("field_inspection", {"tester", "manager", "inspector"}),
        ("laboratory_report", {"tester", "manager"}),
        ("horoscope", {"tester", "manager", "inspector"}),
    ],
)
def test_an_inspection_is_for_those_whose_kind_it_is(
    farm: SmallFarm, kind: str, roles: set[str]
) -> None:
    farm.ids["inspector"] = farm.ids["tester"]
    for role in ROLES:
        with pytest.raises(Refused if role in roles else NotAllowed):
            farm.record("inspection", {"inspection_kind": kind}, role)


def test_what_belongs_to_another_co_op_is_not_known(farm: SmallFarm) -> None:
    theirs = Stage(SmallFarm(farm.instance, farm.now))
    for event_type in REPORTED:
        if event_type in ("spraying", "fertilising"):
            continue
        with pytest.raises(Refused) as refused:
            farm.record(event_type, theirs.least(event_type))
        assert all("is not known here" in str(one) for one in refused.value.problems)


def test_what_another_co_op_did_is_not_found_by_performer_or_photo(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    with pytest.raises(Refused, match="not known here"):
        farm.record("irrigation", {"plantings": [farm.plant()]}, performed_by=theirs.ids["grower"])


@pytest.fixture
def neighbour(farm: SmallFarm) -> str:
    """A planting on the plot of another grower of the same co-op."""
    farm.ids["other"] = farm.declare("party", name="刘桂英", kind="person")
    farm.ids["their plot"] = farm.declare(
        "plot", name="18号大棚", site_id=farm.ids["site"], grower_id=farm.ids["other"],
        kind="greenhouse",
    )  # fmt: skip
    sent = {"plot": farm.ids["their plot"], "product": farm.ids["cucumber"], "variety": "津优35"}
    return farm.record("planting", sent).made[0].node_id


def test_a_grower_records_on_their_own_plot_only(farm: SmallFarm, neighbour: str) -> None:
    farm.record("irrigation", {"plantings": [farm.plant()]}, "grower")
    with pytest.raises(Refused, match="not known here"):
        farm.record("irrigation", {"plantings": [neighbour]}, "grower")
    with pytest.raises(Refused, match="not known here"):
        farm.harvest(neighbour)


def test_a_grower_sows_on_their_own_plot_only(farm: SmallFarm, neighbour: str) -> None:
    sent = {"plot": farm.ids["their plot"], "product": farm.ids["cucumber"], "variety": "津优35"}
    with pytest.raises(Refused, match="not known here"):
        farm.record("planting", sent, "grower")


def test_a_grower_tests_what_comes_from_their_own_plot_only(
    farm: SmallFarm, neighbour: str
) -> None:
    mine = farm.pack(farm.harvest(farm.plant()))
    taken = {"takes": [{"node": neighbour, "quantity": "9"}]}
    theirs = farm.record("harvesting", taken).made[0].node_id
    test = {"inspection_kind": "rapid_test", "passed": "yes"}
    farm.record("inspection", test | {"subjects": [mine]}, "grower")
    with pytest.raises(Refused, match="not known here"):
        farm.record("inspection", test | {"subjects": [theirs]}, "grower")
    with pytest.raises(Refused, match="not known here"):
        farm.record("inspection", test | {"plots": [farm.ids["their plot"]]}, "grower")


def test_a_grower_uses_what_the_store_has(farm: SmallFarm) -> None:
    sent = {"plantings": [farm.plant()], "input_lot": farm.buy_pesticide(), "amount": "30"}
    assert farm.record("spraying", sent, "grower").entry_ids


def test_a_spraying_keeps_what_the_list_said_that_day(farm: SmallFarm) -> None:
    sent = {"plantings": [farm.plant()], "input_lot": farm.buy_pesticide(), "amount": "30"}
    farm.record("spraying", sent, "grower")
    what = last_body(farm)["what"]
    assert (what["input"], what["pre_harvest_interval_days"]) == (farm.ids["azoxystrobin"], 3)


def test_shipping_what_is_held_is_refused_with_the_reason(stage: Stage) -> None:
    stage.farm.rapid_test(stage.nodes["picked"], passed=False)
    with pytest.raises(Refused, match="HG-260301-03 is on hold"):
        stage.farm.record("shipping", stage.least("shipping"))


def test_what_has_already_left_is_recorded_and_flagged(stage: Stage) -> None:
    stage.farm.rapid_test(stage.nodes["picked"], passed=False)
    receipt = stage.farm.record("shipping", stage.least("shipping"), already_happened=True)
    assert receipt.breaches == ("held_lot_left",)
    assert last_body(stage.farm)["breaches"] == ["held_lot_left"]


def test_no_certificate_for_what_is_held_even_if_it_has_happened(stage: Stage) -> None:
    stage.farm.rapid_test(stage.nodes["picked"], passed=False)
    sent = stage.least("certificate_issued")
    with pytest.raises(Refused, match="on hold"):
        stage.farm.record("certificate_issued", sent, already_happened=True)


def test_more_than_is_there_is_recorded_and_flagged(farm: SmallFarm) -> None:
    picked = farm.harvest(farm.plant(), "100")
    sold = {"lots": [{"node": picked, "quantity": "100.5"}], "channel": "gate"}
    assert farm.record("selling", sold).breaches == ("more_than_there",)


def test_what_comes_back_in_a_foreign_unit_is_refused_and_the_lot_stays_readable(
    stage: Stage,
) -> None:
    back = {"node": stage.nodes["packed"], "quantity": "3", "unit": "box"}
    with pytest.raises(Refused, match="is kept in bundle: box cannot be turned into that"):
        stage.farm.record("returning", {"lots": [back], "reason": "蔫了"})
    stage.farm.record("shipping", stage.least("shipping"))


@pytest.mark.parametrize("when", ["2026-03-02", "2026-03-01T09:01", "2026-03-01 23:59"])
def test_the_future_is_refused(shared: Stage, when: str) -> None:
    with pytest.raises(Refused, match="lies in the future"):
        shared.farm.record("irrigation", shared.least("irrigation"), when=when)


@pytest.mark.parametrize(
    "when", ["yesterday", "2026-02-30", "2026-13-01T00:00", "0001-01-01T00:00+14:00", "1926-03-01"]
)
def test_what_is_no_time_is_refused(shared: Stage, when: str) -> None:
    with pytest.raises(Refused, match="is not a date"):
        shared.farm.record("irrigation", shared.least("irrigation"), when=when)


@pytest.mark.parametrize(
    ("when", "time", "precision", "late"),
    [
        ("", "2026-03-01T09:00:00+08:00", "minute", 0),
        ("2026-03-01", "2026-03-01T09:00:00+08:00", "day", 0),
        ("2026-02-28", "2026-02-28T12:00:00+08:00", "day", 0),
        ("2026-02-27", "2026-02-27T12:00:00+08:00", "day", 1),
        ("2026-02-28T09:00", "2026-02-28T09:00:00+08:00", "minute", 0),
        ("2026-02-28T08:59", "2026-02-28T08:59:00+08:00", "minute", 1),
        ("2026-03-01T00:30+00:00", "2026-03-01T08:30:00+08:00", "minute", 0),
    ],
)
def test_a_time_keeps_its_offset_and_precision_and_is_marked_when_late(
    shared: Stage, when: str, time: str, precision: str, late: int
) -> None:
    sent = shared.least("irrigation")
    entry_id = shared.farm.record("irrigation", sent, when=when).entry_ids[0]
    with shared.farm.instance.database.reading() as connection:
        found = connection.execute(
            "SELECT event_time, precision, is_late FROM event WHERE entry_id = ?", (entry_id,)
        ).fetchone()
    assert tuple(found) == (time, precision, late)


def test_no_name_and_no_note_stands_in_the_ledger(farm: SmallFarm) -> None:
    sent = {"plantings": [farm.plant()]}
    farm.record("irrigation", sent, performed_by=farm.ids["grower"], note="王长财说水太凉")
    farm.declare("party", name="张三", phone="13800000000", address="一号院", kind="customer")
    with farm.instance.database.reading() as connection:
        ledger_text = "".join(entry.body.decode() for entry in ledger.iterate_entries(connection))
        kept = connection.execute("SELECT value FROM private_value").fetchall()
    private = {one["value"] for one in kept}
    assert {"王长财说水太凉", "张三", "13800000000", "一号院", "王长财", "赵建国"} <= private
    assert not [value for value in private if value in ledger_text]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        *((text, text) for text in ("🥒黄瓜𠮷", "é", "e\u0301")),
        ("a\u0000b", "a b"),
        ("\u202etxt", "txt"),
    ],
)
def test_text_is_kept_as_it_was_written_but_for_signs_that_nobody_sees(
    shared: Stage, text: str, kept: str
) -> None:
    farm = shared.farm
    sent = {"plot": farm.ids["plot"], "product": farm.ids["cucumber"], "variety": text}
    planting = farm.record("planting", sent, note=text).made[0].node_id
    with farm.instance.database.reading() as connection:
        key = nodes.node_key(connection, planting)
        found = connection.execute(
            "SELECT variety FROM planting WHERE node_key = ?", (key,)
        ).fetchone()
    assert found["variety"] == kept
