"""Reading what was declared: the current version, its history, and what was erased left out."""

from pathlib import Path

import pytest

from tests.capture.small_farm import SmallFarm, make_farm
from trace.capture.declaring import declare
from trace.repository import declared
from trace.repository.database import Connection


@pytest.fixture
def farm(tmp_path: Path) -> SmallFarm:
    """A small co-op."""
    return make_farm(tmp_path)


def rename(farm: SmallFarm, name: str, *, retired: bool = False) -> None:
    sent = {"name": name, "name_en": "Base", "kind": "base"}
    declare(farm.recorder, farm.actor(), "site", sent, farm.ids["site"], retired=retired)


def names(
    connection: Connection, farm: SmallFarm, noun: str, *, retired: bool = False
) -> list[str]:
    found = declared.all_current(connection, farm.coop_id, noun, with_retired=retired)
    return [one.text("name") for one in found]


def test_the_current_versions_stand_in_the_order_of_declaring(farm: SmallFarm) -> None:
    with farm.instance.database.reading() as connection:
        assert names(connection, farm, "party") == [
            "赵建国",
            "王长财",
            "李秀兰",
            "孙敏",
            "邻家鲜果店",
        ]


def test_a_retired_one_is_left_out_unless_asked_for(farm: SmallFarm) -> None:
    rename(farm, "老基地", retired=True)
    with farm.instance.database.reading() as connection:
        assert names(connection, farm, "site") == []
        assert names(connection, farm, "site", retired=True) == ["老基地"]
        ids = [farm.ids["site"]]
        assert declared.existing_ids(connection, farm.coop_id, "site", ids) == frozenset()
        assert declared.by_ids(connection, "site", ids)[farm.ids["site"]].is_retired


def test_history_has_every_version_oldest_first(farm: SmallFarm) -> None:
    rename(farm, "新基地")
    with farm.instance.database.reading() as connection:
        told = declared.history(connection, farm.coop_id, "site", farm.ids["site"])
        assert [(one.version, one.text("name")) for one in told] == [(1, "基地"), (2, "新基地")]
        assert declared.history(connection, "another", "site", farm.ids["site"]) == []


def test_one_of_another_co_op_is_not_ours(farm: SmallFarm) -> None:
    with farm.instance.database.reading() as connection:
        site = farm.ids["site"]
        assert declared.one_of(connection, farm.coop_id, "site", site) is not None
        assert declared.one_of(connection, "another", "site", site) is None
        assert declared.one_of(connection, farm.coop_id, "plot", site) is None
        assert declared.existing_ids(connection, "another", "site", [site]) == frozenset()


def test_personal_values_are_joined_and_an_erased_one_is_simply_absent(farm: SmallFarm) -> None:
    shop = farm.ids["shop"]
    with farm.instance.database.reading() as connection:
        before = declared.by_ids(connection, "party", [shop])[shop]
    assert (before.text("name"), before.text("phone")) == ("邻家鲜果店", "0532-1")
    with farm.instance.database.writing() as connection:
        connection.execute("DELETE FROM private_value WHERE entry_id = ?", (before.entry_id,))
        after = declared.by_ids(connection, "party", [shop])[shop]
    assert (after.text("name"), after.text("phone"), after.text("kind")) == ("", "", "customer")


def test_a_field_is_in_english_where_there_is_english(farm: SmallFarm) -> None:
    rename(farm, "新基地")
    with farm.instance.database.reading() as connection:
        site = declared.by_ids(connection, "site", [farm.ids["site"]])[farm.ids["site"]]
        plot = declared.by_ids(connection, "plot", [farm.ids["plot"]])[farm.ids["plot"]]
    assert (site.in_language("name", "en"), site.in_language("name", "zh")) == ("Base", "新基地")
    assert plot.in_language("name", "en") == "17号大棚"


def test_ids_may_be_asked_for_whatever_their_noun(farm: SmallFarm) -> None:
    wanted = {farm.ids["site"], farm.ids["shop"], "NOTHING", ""}
    with farm.instance.database.reading() as connection:
        found = declared.by_any_ids(connection, wanted)
        assert declared.by_ids(connection, "site", []) == {}
    assert {one.noun for one in found.values()} == {"site", "party"}


def test_more_people_than_one_query_takes_are_read(farm: SmallFarm) -> None:
    with farm.recorder.recording() as recording:
        for number in range(600):
            body = {"v": 1, "kind": "declared", "noun": "party", "id": f"P{number}", "version": 1,
                    "fields": {"kind": "person"}}  # fmt: skip
            recording.append(farm.coop_id, body, {"name": f"社员{number}"})
    with farm.instance.database.reading() as connection:
        found = names(connection, farm, "party")
    assert found[-1] == "社员599"
    assert "" not in found


def test_a_co_op_has_its_time_zone_and_all_are_listed(farm: SmallFarm) -> None:
    other = SmallFarm(farm.instance, farm.now)
    with farm.instance.database.reading() as connection:
        assert declared.time_zone(connection, farm.coop_id) == "Asia/Shanghai"
        assert declared.time_zone(connection, "nobody") == "Asia/Shanghai"
        assert [one.id for one in declared.all_coops(connection)] == [farm.coop_id, other.coop_id]
