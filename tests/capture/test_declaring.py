"""Declaring: every version an entry, every personal value outside the ledger."""

from typing import Any

import pytest

from trace.capture.declaring import declare
from trace.domain.errors import NotAllowed, NotFound, Refused
from trace.repository import declared

from .ledger_reading import entries, last_body
from .small_farm import SmallFarm

COOP = {"name": "大丰收", "time_zone": "Asia/Shanghai"}


def again(farm: SmallFarm, noun: str, noun_id: str, **fields: Any) -> str:
    return declare(farm.recorder, farm.actor(), noun, fields, noun_id)


def current(farm: SmallFarm, noun: str, noun_id: str) -> declared.Declared:
    with farm.instance.database.reading() as connection:
        found = declared.one_of(connection, farm.coop_id, noun, noun_id)
    assert found is not None
    return found


def test_a_new_version_takes_the_place_of_the_old_one(farm: SmallFarm) -> None:
    site = farm.ids["site"]
    assert again(farm, "site", site, name="新基地", kind="base") == site
    found = current(farm, "site", site)
    assert (found.version, found.text("name")) == (2, "新基地")
    with farm.instance.database.reading() as connection:
        versions = declared.history(connection, farm.coop_id, "site", site)
    assert [one.text("name") for one in versions] == ["基地", "新基地"]


def test_a_version_says_all_and_keeps_nothing_of_the_one_before(farm: SmallFarm) -> None:
    again(farm, "party", farm.ids["shop"], name="鲜果店", kind="customer")
    assert current(farm, "party", farm.ids["shop"]).text("phone") == ""


def test_a_name_is_private_and_its_kind_is_not(farm: SmallFarm) -> None:
    again(farm, "party", farm.ids["shop"], name="鲜果店", kind="customer")
    body = last_body(farm)
    assert body["fields"] == {"kind": "customer"}
    assert set(body["commitments"]) == {"name"}
    assert "鲜果店" not in str(body)


def test_every_problem_is_said_at_once_and_nothing_is_written(farm: SmallFarm) -> None:
    before = entries(farm)
    with pytest.raises(Refused) as refused:
        farm.declare("plot", name=" ", site_id="nowhere", grower_id=farm.ids["site"])
    assert {problem.field for problem in refused.value.problems} == {
        "name", "site_id", "grower_id", "kind",
    }  # fmt: skip
    assert entries(farm) == before


def test_a_retired_noun_is_offered_no_more_and_still_read(farm: SmallFarm) -> None:
    fields = {"name": "基地", "kind": "base"}
    declare(farm.recorder, farm.actor(), "site", fields, farm.ids["site"], retired=True)
    with pytest.raises(Refused, match="not known here"):
        farm.declare(
            "plot", name="18号", site_id=farm.ids["site"], grower_id=farm.ids["grower"],
            kind="greenhouse",
        )  # fmt: skip
    assert current(farm, "site", farm.ids["site"]).is_retired
    again(farm, "site", farm.ids["site"], **fields)
    assert not current(farm, "site", farm.ids["site"]).is_retired


def test_what_another_co_op_declared_is_neither_used_nor_changed(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    with pytest.raises(NotAllowed):
        again(farm, "site", theirs.ids["site"], name="抢来的", kind="base")
    with pytest.raises(Refused, match="not known here"):
        farm.declare(
            "plot", name="18号", site_id=theirs.ids["site"], grower_id=theirs.ids["grower"],
            kind="greenhouse",
        )  # fmt: skip


def test_a_noun_that_is_not_there_has_no_second_version(farm: SmallFarm) -> None:
    with pytest.raises(NotFound):
        again(farm, "site", "NOWHERE", name="基地", kind="base")


def test_an_id_of_another_noun_is_not_there(farm: SmallFarm) -> None:
    with pytest.raises(NotFound):
        again(farm, "site", farm.ids["plot"], name="基地", kind="base")


def test_a_manager_declares_their_own_co_op_and_no_other(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    again(farm, "coop", farm.coop_id, **COOP, phone="0532-1")
    assert current(farm, "coop", farm.coop_id).text("phone") == "0532-1"
    for other in (theirs.coop_id, "NEW", None):
        with pytest.raises(NotAllowed):
            declare(farm.recorder, farm.actor(), "coop", COOP, other)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Asia", "../../etc/passwd", "/etc", "北京"])
def test_a_time_zone_is_one_that_exists(farm: SmallFarm, zone: str) -> None:
    with pytest.raises(Refused, match="Time zone"):
        again(farm, "coop", farm.coop_id, name="大丰收", time_zone=zone)
    farm.plant()


@pytest.mark.parametrize("role", ["grower", "packer", "tester"])
def test_managers_alone_declare(farm: SmallFarm, role: str) -> None:
    with pytest.raises(NotAllowed):
        declare(farm.recorder, farm.actor(role), "site", {"name": "x", "kind": "base"})


GREEN_FOOD = {
    "kind": "green_food", "name": "绿色食品", "number": "LB-1", "issuer": "某中心",
    "valid_from": "2026-01-01", "valid_until": "2026-12-31",
}  # fmt: skip


def test_a_certificate_is_for_products_and_bases_of_our_own(farm: SmallFarm) -> None:
    theirs = SmallFarm(farm.instance, farm.now)
    scope = {"product_ids": [farm.ids["cucumber"], theirs.ids["cucumber"], "NOTHING"],
             "site_ids": [theirs.ids["site"]]}  # fmt: skip
    with pytest.raises(Refused) as refused:
        farm.declare("certificate", **GREEN_FOOD, **scope)
    assert [(one.field, one.values["given"]) for one in refused.value.problems] == [
        ("product_ids", theirs.ids["cucumber"]),
        ("product_ids", "NOTHING"),
        ("site_ids", theirs.ids["site"]),
    ]


def test_a_product_retired_since_stays_in_the_scope_and_is_put_in_no_new_one(
    farm: SmallFarm,
) -> None:
    scope = {"product_ids": [farm.ids["cucumber"]], "site_ids": [farm.ids["site"]]}
    certificate = farm.declare("certificate", **GREEN_FOOD, **scope)
    cucumber = {"name": "黄瓜", "unit": "bundle", "label_needs": "nothing"}
    declare(farm.recorder, farm.actor(), "product", cucumber, farm.ids["cucumber"], retired=True)
    renewed = GREEN_FOOD | scope | {"valid_until": "2027-12-31"}
    assert declare(farm.recorder, farm.actor(), "certificate", renewed, certificate) == certificate
    with pytest.raises(Refused, match="not known here"):
        farm.declare("certificate", **GREEN_FOOD, **scope)


def test_a_version_says_who_declared_it(farm: SmallFarm) -> None:
    farm.declare("site", name="北基地", kind="base")
    assert last_body(farm)["declared_by"] == farm.ids["manager"]
