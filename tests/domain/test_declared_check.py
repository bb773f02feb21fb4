"""Reading what a co-op declares about itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trace.domain.declared import NOUN_LABELS, NOUNS, fields
from trace.domain.declared_check import check_declared
from trace.domain.event_check import Known

KNOWN = Known(ids={"site": frozenset({"site"}), "party": frozenset({"grower"})})
PRODUCT = {"name": "黄瓜", "unit": "bundle", "label_needs": "nothing"}
CERTIFICATE = {
    "kind": "green_food", "name": "绿色食品", "number": "LB-1", "issuer": "中心",
    "valid_from": "2026-01-01", "valid_until": "2028-12-31",
}  # fmt: skip
PLOT = {"name": "17号大棚", "site_id": "site", "grower_id": "grower", "kind": "greenhouse"}
INPUT = {"name": "嘧菌酯", "kind": "pesticide", "unit": "ml"}


def public(noun: str, sent: dict[str, Any]) -> dict[str, Any]:
    found, _, problems = check_declared(noun, sent, KNOWN)
    assert not problems
    return found


def said(noun: str, sent: dict[str, Any]) -> str:
    return "; ".join(str(problem) for problem in check_declared(noun, sent, KNOWN)[2])


@pytest.mark.parametrize("noun", NOUNS)
def test_an_empty_form_names_every_required_field_at_once(noun: str) -> None:
    _, _, problems = check_declared(noun, {}, KNOWN)
    assert [problem.field for problem in problems] == [
        field.name for field in NOUNS[noun] if field.required
    ]


@pytest.mark.parametrize("noun", NOUNS)
def test_only_spaces_say_nothing(noun: str) -> None:
    blank = dict.fromkeys(fields(noun), " \t ")
    assert said(noun, blank) == said(noun, {})


@pytest.mark.parametrize("noun", NOUNS)
def test_every_noun_has_a_label(noun: str) -> None:
    assert NOUN_LABELS[noun]


@given(st.sampled_from(sorted(NOUNS)), st.data())
def test_whatever_is_sent_is_read_or_refused_and_never_breaks(
    noun: str, data: st.DataObject
) -> None:
    value = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.text())
    sent = {name: data.draw(value) for name in fields(noun)}
    found, private, _ = check_declared(noun, sent, KNOWN)
    assert not set(found) & set(private)


def test_what_is_private_is_kept_apart() -> None:
    found, private, problems = check_declared(
        "party", {"name": " 王 长财 ", "phone": "138", "kind": "person", "other": "x"}, KNOWN
    )
    assert (found, private, problems) == (
        {"kind": "person"},
        {"name": "王 长财", "phone": "138"},
        [],
    )


def test_what_was_not_sent_is_not_filled_in() -> None:
    assert public("product", PRODUCT) == PRODUCT


def test_ids_are_known_and_ours() -> None:
    assert public("plot", PLOT) == PLOT
    assert said("plot", PLOT | {"site_id": "theirs"}) == "Base: theirs is not known here."


def test_a_choice_is_one_of_the_choices() -> None:
    assert "“ton” is not one of the choices" in said("product", PRODUCT | {"unit": "ton"})


def test_a_text_too_long_is_refused() -> None:
    assert "At most 200 characters" in said("product", PRODUCT | {"name": "瓜" * 201})


@pytest.mark.parametrize("typed", ["甲，乙, ,丙 丁", ["甲", " 乙 ", "", "丙  丁"]])
def test_a_list_is_typed_with_commas_or_sent_as_one(typed: Any) -> None:
    assert public("input", INPUT | {"ingredients": typed})["ingredients"] == ["甲", "乙", "丙 丁"]


def test_a_list_has_no_endless_entries() -> None:
    assert "these are 201" in said("input", INPUT | {"ingredients": ["药" * 201, "乙"]})


@pytest.mark.parametrize(
    ("typed", "kept"), [("３", 3), ("0", 0), ("1.5", None), ("-1", None), ("三", None)]
)
def test_an_interval_is_a_whole_number_of_days_and_may_be_none(
    typed: str, kept: int | None
) -> None:
    found, _, problems = check_declared(
        "input", INPUT | {"pre_harvest_interval_days": typed}, KNOWN
    )
    assert found.get("pre_harvest_interval_days") == kept
    assert len(problems) == (kept is None)


@pytest.mark.parametrize(("typed", "wrong"), [("0.50", False), ("0", True), ("-1", True)])
def test_a_mass_is_more_than_zero(typed: str, wrong: bool) -> None:
    assert bool(said("product", PRODUCT | {"unit_mass_kg": typed})) == wrong


def test_a_latitude_may_be_below_zero() -> None:
    site = {"name": "基地", "kind": "base", "latitude": "-12.50", "longitude": "0"}
    assert public("site", site) == site | {"latitude": "-12.5"}


@pytest.mark.parametrize("gtin", ["96385074", "036000291452", "6901234567892", "16901234567899"])
def test_a_gtin_of_any_length_with_its_check_digit_is_taken(gtin: str) -> None:
    assert public("product", PRODUCT | {"gtin": gtin})["gtin"] == gtin


@pytest.mark.parametrize(
    "gtin",
    ["6901234567893", "690123456789", "ABC", "６９０１２３４５６７８９２", "0690-1234567892"],
)
def test_what_is_no_gtin_is_refused(gtin: str) -> None:
    assert "is no GTIN" in said("product", PRODUCT | {"gtin": gtin})


@pytest.mark.parametrize("prefix", ["HG", "A1", "2026", "ABCDEF"])
def test_a_lot_prefix_has_capitals_and_digits(prefix: str) -> None:
    assert public("product", PRODUCT | {"lot_prefix": prefix})["lot_prefix"] == prefix


@pytest.mark.parametrize("prefix", ["hg", "黄瓜", "A-1", "ABCDEFG", "Ａ"])
def test_another_lot_prefix_is_refused(prefix: str) -> None:
    assert "At most 6 letters" in said("product", PRODUCT | {"lot_prefix": prefix})


def test_a_certificate_does_not_end_before_it_begins() -> None:
    assert public("certificate", CERTIFICATE) == CERTIFICATE
    assert "ends before" in said("certificate", CERTIFICATE | {"valid_until": "2025-12-31"})
    assert not said("certificate", CERTIFICATE | {"valid_until": "2026-01-01"})


def test_a_date_is_a_date() -> None:
    assert "“soon” is not a date" in said("certificate", CERTIFICATE | {"valid_from": "soon"})


def test_the_warmest_keeping_is_not_colder_than_the_coldest() -> None:
    keep = PRODUCT | {"store_from_celsius": "-2", "store_to_celsius": "0"}
    assert not said("product", keep)
    assert said("product", keep | {"store_to_celsius": "-3"})


def test_an_interval_longer_than_a_year_is_a_slip() -> None:
    assert public("input", INPUT | {"pre_harvest_interval_days": "366"})
    for days in ("367", "999999999999"):
        assert f"At most 366 days, not {days}." in said(
            "input", INPUT | {"pre_harvest_interval_days": days}
        )
