"""What vouches for a lot: sprayings against tests, certificates in and out of their scope."""

from pathlib import Path
from typing import Any

import pytest

from tests.field_season import Season, field_season
from tests.seasons import paper
from trace.query.label_text import label_words
from trace.query.lot_proofs import LotProofs, lot_proofs
from trace.query.public_record import public_page


@pytest.fixture
def season(tmp_path: Path) -> Season:
    """Cucumbers of two plots of the base, and of a third plot on a hill."""
    season = field_season(tmp_path)
    hill = season.declare("hill", "site", name="山上", kind="base")
    season.declare("slope", "plot", name="坡地", site_id=hill, grower_id=season.ids["yu"],
                   kind="open_field")  # fmt: skip
    sown = {"plot": season.ids["slope"], "product": season.ids["cucumber"], "variety": "本地"}
    season.make("uphill", "planting", sown, when="2026-09-20")
    return season


def pick(season: Season, called: str, *plantings: str, when: str = "2026-11-23") -> str:
    takes = [{"node": season.ids[one], "quantity": "20"} for one in plantings]
    return season.make(called, "harvesting", {"takes": takes}, when=when)


def pack(season: Season, called: str, *lots: str) -> str:
    takes = [{"node": season.ids[lot], "quantity": "20"} for lot in lots]
    sent = {"takes": takes, "packed_quantity": str(40 * len(lots)), "unit": "bundle"}
    return season.make(called, "packing", sent)


def report(season: Season, subject: str, *analytes: str, **more: Any) -> None:
    sent = {
        "inspection_kind": "laboratory_report", "subjects": [season.ids[subject]], "passed": "yes",
        "laboratory": season.ids["lab"], "report_number": "SL-1",
        "results": [{"analyte": one, "result": "0.01"} for one in analytes],
    }  # fmt: skip
    season.report("inspection", sent | more, report_file=paper())


def proofs(season: Season, called: str) -> LotProofs:
    found = lot_proofs(season.instance, season.coop_id, season.ids[called])
    assert found is not None
    return found


def states(season: Season, called: str) -> dict[str, str]:
    return {one.declared.text("name"): one.state for one in proofs(season, called).certificates}


def shown(season: Season, called: str) -> list[str]:
    record = public_page(season.instance, season.ids[called]).record
    return [one.declared.text("name") for one in record.certificates if one.state == "valid"]


def test_what_was_sprayed_is_told_with_day_and_plot(season: Season) -> None:
    pick(season, "picked", "cucumbers")
    (line,) = proofs(season, "picked").sprayed
    assert (line.substance, line.on.isoformat(), line.state) == ("嘧菌酯", "2026-11-12", "missing")
    assert line.plot is not None
    assert line.plot.text("name") == "17号大棚"
    assert line.name("en") == "azoxystrobin"


def test_a_test_of_one_part_covers_that_part_of_a_mixed_lot(season: Season) -> None:
    spray = {"plantings": [season.ids["others"]], "input_lot": season.ids["bottle"],
             "amount": "5"}  # fmt: skip
    season.report("spraying", spray, when="2026-11-15")
    pick(season, "one", "cucumbers")
    pick(season, "two", "others")
    pack(season, "mixed", "one", "two")
    report(season, "one", "Azoxystrobin")
    told = {(line.plot.text("name") if line.plot else "", line.state)
            for line in proofs(season, "mixed").sprayed}  # fmt: skip
    assert told == {("17号大棚", "covered"), ("18号大棚", "missing")}
    report(season, "mixed", "嘧菌酯")
    assert proofs(season, "mixed").lacking == ()


def test_a_report_on_the_plot_covers_what_was_picked_while_it_was_valid(season: Season) -> None:
    plots = {"subjects": [], "plots": [season.ids["house17"]], "valid_until": "2026-11-23"}
    report(season, "cucumbers", "嘧菌酯", **plots)
    pick(season, "today", "cucumbers")
    season.on("2026-11-24", "08:00")
    pick(season, "late", "cucumbers", when="2026-11-24")
    assert proofs(season, "today").lacking == ()
    assert [one.state for one in proofs(season, "late").sprayed] == ["missing"]


def test_a_spraying_after_the_picking_is_not_on_the_lot(season: Season) -> None:
    pick(season, "picked", "cucumbers", when="2026-11-11")
    assert proofs(season, "picked").sprayed == ()


def test_a_correction_of_a_spraying_takes_it_off_the_lot(season: Season) -> None:
    sent = {"plantings": [season.ids["uphill"]], "input_lot": season.ids["bottle"], "amount": "5"}
    wrong = season.report("spraying", sent, when="2026-11-15").entry_ids[0]
    pick(season, "picked", "uphill")
    assert len(proofs(season, "picked").sprayed) == 1
    season.correct(wrong, "打的是别的地", None, "yu")
    assert proofs(season, "picked").sprayed == ()


def test_certificates_are_judged_by_the_day_of_picking(season: Season) -> None:
    pick(season, "picked", "cucumbers")
    assert states(season, "picked") == {"绿色食品": "valid", "无公害农产品": "expired"}
    assert shown(season, "picked") == ["绿色食品"]


def test_another_product_is_out_of_scope_and_not_on_the_shoppers_page(season: Season) -> None:
    season.on("2026-11-26", "09:00")
    pick(season, "red", "tomatoes", when="2026-11-26")
    assert set(states(season, "red").values()) == {"out_of_scope"}
    record = public_page(season.instance, season.ids["red"]).record
    assert record.certificates == ()


def test_a_lot_with_a_part_of_another_base_is_out_of_scope(season: Season) -> None:
    season.declare(
        "based", "certificate", kind="organic", name="有机", number="ORG-1", issuer="某中心",
        valid_from="2026-01-01", valid_until="2026-12-31", site_ids=[season.ids["base"]],
    )  # fmt: skip
    pick(season, "one", "cucumbers")
    pick(season, "two", "uphill")
    pack(season, "mixed", "one", "two")
    assert states(season, "one")["有机"] == "valid"
    assert states(season, "two")["有机"] == states(season, "mixed")["有机"] == "out_of_scope"
    assert "有机" not in shown(season, "mixed")
    kept = label_words(season.instance, season.ids["mixed"])
    assert "有机" not in str(kept), "what does not hold is on no label"


def test_what_was_picked_beyond_the_stated_quantity_is_out_of_scope(season: Season) -> None:
    season.declare(
        "few", "certificate", kind="organic", name="有机", number="ORG-1", issuer="某中心",
        valid_from="2026-01-01", valid_until="2026-12-31",
        product_ids=[season.ids["cucumber"]], quantity_kg="40",
    )  # fmt: skip
    pick(season, "first", "cucumbers", when="2026-11-20")
    pick(season, "second", "others", when="2026-11-21")
    pick(season, "third", "cucumbers", when="2026-11-22")
    found = [states(season, one)["有机"] for one in ("first", "second", "third")]
    assert found == ["valid", "valid", "out_of_scope"]


def test_bought_in_goods_have_no_certificate_of_ours(season: Season) -> None:
    sent = {"supplier": season.ids["supplier"], "product": season.ids["cucumber"],
            "quantity": "20"}  # fmt: skip
    season.make("bought", "receiving", sent)
    assert set(states(season, "bought").values()) == {"out_of_scope"}


def test_an_input_lot_and_another_co_ops_lot_have_no_proofs(season: Season) -> None:
    assert lot_proofs(season.instance, season.coop_id, season.ids["bottle"]) is None
    assert lot_proofs(season.instance, "OTHER", season.ids["cucumbers"]) is None
