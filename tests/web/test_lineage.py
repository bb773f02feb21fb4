"""The manager's picture of a lineage: who is in a lot with which share, and what a shopper sees."""

import gzip
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.two_coops import NEIGHBOUR, TwoCoops, make_two_coops, words
from trace.capture import declaring

SHARES = (("王", "60"), ("李", "40"), ("赵", "20"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> TwoCoops:
    return make_two_coops(tmp_path_factory.mktemp("two"))


@pytest.fixture
def two(built: TwoCoops, tmp_path: Path) -> Iterator[TwoCoops]:
    fresh = built.copied(tmp_path / "copy")
    yield fresh
    fresh.instance.database.close()


def declare(two: TwoCoops, noun: str, **fields: str) -> str:
    return declaring.declare(two.recorder, two.ours.actors["manager"], noun, fields)


def planted(two: TwoCoops, grower: str, plot: str) -> str:
    ids = two.ours.ids
    who = declare(two, "party", name=grower, kind="person")
    where = declare(two, "plot", name=plot, site_id=ids["site"], grower_id=who, kind="greenhouse")
    sown = {"plot": where, "product": ids["product"], "variety": "津优35"}
    return two.record(two.ours, "manager", "planting", sown)[1]


def picked(two: TwoCoops, planting: str, kilos: str) -> str:
    takes = {"takes": [{"node": planting, "quantity": kilos}]}
    return two.record(two.ours, "manager", "harvesting", takes)[1]


def three_growers(two: TwoCoops) -> str:
    """A packed lot of three growers: a half, a third and a sixth."""
    lots = [
        (picked(two, planted(two, name, f"{name}家大棚"), kilos), kilos) for name, kilos in SHARES
    ]
    made = {
        "takes": [{"node": lot, "quantity": kilos} for lot, kilos in lots],
        "packed_quantity": "240", "unit": "bundle",
    }  # fmt: skip
    return two.record(two.ours, "packer", "packing", made)[1]


def taken_over(two: TwoCoops) -> str:
    """Our lot of what the neighbour sent."""
    ids = two.ours.ids
    source = {"node": ids["arriving lot"], "quantity": "60", "unit": "bundle"}
    sent = {"shipping": ids["arriving"], "product": ids["product"], "source": [source]}
    return two.record(two.ours, "packer", "receiving", sent | {"temperature": "7"})[1]


def lineage(two: TwoCoops, code: str, role: str = "manager") -> str:
    answer = two.client(role).get(f"/manage/lineage/{code}")
    assert answer.status_code == 200
    return words(answer)


def test_three_growers_in_one_lot_stand_with_a_half_a_third_and_a_sixth(two: TwoCoops) -> None:
    said = lineage(two, three_growers(two))
    assert re.search("王 50% .*李 1/3 · 33.3% .*赵 1/6 · 16.7%", said)


def test_the_lots_page_leads_to_its_lineage_and_every_own_node_to_its_page(two: TwoCoops) -> None:
    code = three_growers(two)
    client = two.client()
    assert f"/manage/lineage/{code}" in client.get(f"/manage/lots/{code}").text
    page = client.get(f"/manage/lineage/{code}").text
    for link in set(re.findall('href="(/manage/lots/[0-9A-Z]{16})"', page)):
        assert client.get(link).status_code == 200


def test_the_drawing_says_the_same_in_words(two: TwoCoops) -> None:
    page = two.client().get(f"/manage/lineage/{three_growers(two)}").text
    drawing, outline = page.split('<ol class="family-rows">')
    for told in ("王家大棚", "60\N{NO-BREAK SPACE}kg", "16.7%"):
        assert told in drawing and told in outline
    assert "Went into:" in outline


def test_customers_ends_and_what_came_back_are_drawn(two: TwoCoops) -> None:
    code, ids = three_growers(two), two.ours.ids
    lots = [{"node": code, "quantity": "30", "unit": "bundle"}]
    two.record(two.ours, "packer", "shipping", {"lots": lots, "customer": ids["customer"]})
    back = [{"node": code, "quantity": "4", "unit": "bundle"}]
    two.record(two.ours, "packer", "returning",
               {"lots": back, "customer": ids["customer"], "reason": "多了"})  # fmt: skip
    two.record(two.ours, "packer", "destroying", {"lots": back, "reason": "坏了"})
    said = lineage(two, code)
    assert "东社客户 30 bundles 4 bundles back" in said
    assert "Destroying 4 bundles" in said


def test_returned_and_sold_again_it_stays_one_lot(two: TwoCoops) -> None:
    code, ids = three_growers(two), two.ours.ids
    everything = [{"node": code, "quantity": "240", "unit": "bundle"}]
    sent = {"lots": everything, "customer": ids["customer"]}
    two.record(two.ours, "packer", "shipping", sent)
    assert "all gone out" in words(two.client().get(f"/manage/lots/{code}"))
    two.record(two.ours, "packer", "returning", sent | {"reason": "没卖掉"})
    assert "in stock" in words(two.client().get(f"/manage/lots/{code}"))
    two.record(two.ours, "packer", "selling", {"lots": everything, "channel": "gate"})
    assert "all gone out" in words(two.client().get(f"/manage/lots/{code}"))
    said = lineage(two, code)
    assert "东社客户 240 bundles 240 bundles back" in said
    assert "farm gate 240 bundles" in said
    shopper = words(two.app.test_client().get(f"/t/{code}", headers={"Accept-Language": "en"}))
    assert shopper.index("Sent off") < shopper.index("Came back") < shopper.index("Sold by")


def test_held_and_recalled_nodes_are_marked_by_icon_word_and_colour(two: TwoCoops) -> None:
    code = three_growers(two)
    held = {"subjects": [code], "reason": "看一看"}
    two.record(two.ours, "manager", "hold", held)
    page = two.client().get(f"/manage/lineage/{code}").text
    flag = page.split('class="flag no"')[1].split("</g>")[0]
    assert '<svg class="i"' in flag
    assert "on hold" in flag
    assert "stopped" in page.split("box lot")[1][:60] or " focus stopped" in page


def test_a_pesticide_sprayed_after_the_picking_is_not_in_what_was_picked(two: TwoCoops) -> None:
    planting = planted(two, "王", "王家大棚")
    takes = {"takes": [{"node": planting, "quantity": "9"}]}
    lot = two.record(two.ours, "manager", "harvesting", takes, when="2026-11-19")[1]
    spray = {"plantings": [planting], "input_lot": two.ours.ids["input_lot"], "amount": "30"}
    two.record(two.ours, "manager", "spraying", spray, when="2026-11-20")
    assert "东社药" not in lineage(two, lot)
    assert "东社药" in lineage(two, planting)


def test_of_what_a_pesticide_is_in_no_share_is_told(two: TwoCoops) -> None:
    assert "share" not in lineage(two, two.ours.ids["input_lot"]).replace("larger the share", "")


def test_where_units_cannot_be_weighed_the_share_is_said_to_be_unknown(two: TwoCoops) -> None:
    ids = two.ours.ids
    eggs = declare(two, "product", name="鸡蛋", unit="piece", label_needs="nothing")
    bought = {"supplier": ids["supplier"], "product": eggs, "quantity": "90",
              "quantity_unit": "piece"}  # fmt: skip
    lot = two.record(two.ours, "packer", "receiving", bought)[1]
    made = {
        "takes": [{"node": lot, "quantity": "30", "unit": "piece"},
                  {"node": ids["lot"], "quantity": "20", "unit": "bundle"}],
        "package_name": "礼盒", "packed_quantity": "10",
    }  # fmt: skip
    box = two.record(two.ours, "packer", "package_made", made)[1]
    assert "90 pieces share not known" in lineage(two, box)


def test_a_gift_box_shows_each_product_with_its_share_to_shoppers_too(two: TwoCoops) -> None:
    ids = two.ours.ids
    grapes = declare(two, "product", name="葡萄", name_en="Grapes", unit="box",
                     unit_mass_kg="2", label_needs="nothing")  # fmt: skip
    sown = {"plot": ids["plot"], "product": grapes, "variety": "夏黑"}
    lot = picked(two, two.record(two.ours, "manager", "planting", sown)[1], "30")
    made = {
        "takes": [{"node": lot, "quantity": "30"},
                  {"node": ids["lot"], "quantity": "20", "unit": "bundle"}],
        "package_name": "礼盒", "packed_quantity": "10",
    }  # fmt: skip
    box = two.record(two.ours, "packer", "package_made", made)[1]
    shopper = two.app.test_client().get(f"/t/{box}", headers={"Accept-Language": "en"}).text
    assert 'aria-label="Grapes 75%; 东社黄瓜 25%"' in shopper
    assert "2 products in one box" in shopper
    assert "30 kg 75%" in lineage(two, box)


def test_the_shoppers_picture_names_each_grower_with_the_share(two: TwoCoops) -> None:
    code = three_growers(two)
    page = two.app.test_client().get(f"/t/{code}", headers={"Accept-Language": "en"}).text
    assert "3 growers in one lot" in page
    assert 'aria-label="王 50% · 王家大棚; 李 33.3% · 李家大棚; 赵 16.7% · 赵家大棚"' in page


def test_another_co_ops_nodes_show_what_its_shoppers_see(two: TwoCoops) -> None:
    ids, own = two.ours.ids, taken_over(two)
    answer = two.client().get(f"/manage/lineage/{own}")
    assert NEIGHBOUR in words(answer)
    assert re.search(f'href="/t/{ids["arriving lot"]}"', answer.text, re.IGNORECASE)
    assert two.neighbour.mark not in answer.text
    shopper = two.app.test_client().get(f"/t/{own}", headers={"Accept-Language": "en"})
    said = words(shopper)
    assert f"Grown by {NEIGHBOUR}" in said
    assert f"Taken over from another co-op From {NEIGHBOUR}" in said


def test_the_senders_shoppers_read_nothing_of_the_receiver(two: TwoCoops) -> None:
    taken_over(two)
    page = two.app.test_client().get(f"/t/{two.ours.ids['arriving lot']}")
    assert two.ours.mark not in page.text


@pytest.fixture(scope="module")
def merged(
    built: TwoCoops, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TwoCoops, str]]:
    """A lot merged from 500 pickings of three growers."""
    two = built.copied(tmp_path_factory.mktemp("many") / "copy")
    plantings = [planted(two, name, f"{name}家大棚") for name, _ in SHARES]
    lots = [picked(two, plantings[at % 3], "1") for at in range(500)]
    takes = [{"node": lot, "quantity": "1"} for lot in lots]
    yield two, two.record(two.ours, "packer", "merging", {"takes": takes})[1]
    two.instance.database.close()


def test_a_lot_merged_from_500_is_drawn_in_a_few_boxes_within_300_ms(
    merged: tuple[TwoCoops, str],
) -> None:
    two, code = merged
    two.serve()
    client = two.client()
    client.get(f"/manage/lineage/{code}")
    took = []
    for _ in range(3):
        start = time.perf_counter()
        page = client.get(f"/manage/lineage/{code}")
        took.append(time.perf_counter() - start)
    assert page.text.count('class="box ') < 20
    assert "494 more" in words(page)
    assert min(took) < 0.3, took


def test_the_shoppers_page_of_500_pickings_stays_small(merged: tuple[TwoCoops, str]) -> None:
    two, code = merged
    two.serve()
    page = two.app.test_client().get(f"/t/{code}")
    assert "3位农户" in page.text
    assert len(gzip.compress(page.data, 6)) < 60_000
