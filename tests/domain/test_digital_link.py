"""GS1 Digital Links, against literals of GS1's own syntax engine."""

import json
from pathlib import Path

import pytest

from trace.domain.digital_link import (
    DigitalLink,
    DigitalLinkError,
    element_string,
    format_digital_link,
    parse_digital_link,
    parse_gtin,
)


def test_the_published_links_read_as_published(vectors_dir: Path) -> None:
    vectors = json.loads((vectors_dir / "gs1" / "digital_link_parse.json").read_text("utf-8"))
    strict_ones = {one["uri"] for one in vectors if one["valid"]}
    for vector in vectors:
        # one link stands there twice: refused as it is, read where zeros may be left out
        zeros_left_out = vector["valid"] or vector["uri"] not in strict_ones
        try:
            read = element_string(parse_digital_link(vector["uri"], zeros_left_out))
        except DigitalLinkError:
            read = ""
        assert read == vector["element_string"], vector["uri"]


def test_what_is_written_reads_back() -> None:
    uri = format_digital_link("https://x.example", "09520123456788", "HG-1", "7K3M9QX2D4HT8VRB")
    link = parse_digital_link(uri)
    assert (link.gtin, link.lot, link.serial) == ("09520123456788", "HG-1", "7K3M9QX2D4HT8VRB")


def test_a_link_of_the_product_alone_has_no_lot() -> None:
    assert parse_digital_link("https://x.example/01/09520123456788") == DigitalLink(
        "09520123456788"
    )


def test_a_wrong_check_digit_is_refused() -> None:
    with pytest.raises(DigitalLinkError, match="check digit of 09520123456789"):
        parse_gtin("09520123456789")


@pytest.mark.parametrize("text", ["", "12", "0952012345678a", "０９５２０１２３４５６７８８"])
def test_what_is_no_gtin_is_refused(text: str) -> None:
    with pytest.raises(DigitalLinkError):
        parse_gtin(text)


def test_qualifiers_out_of_order_are_refused() -> None:
    with pytest.raises(DigitalLinkError, match="order"):
        parse_digital_link("https://x.example/01/09520123456788/21/A/10/B")


def test_a_lot_that_cannot_stand_in_an_address_is_not_written() -> None:
    with pytest.raises(DigitalLinkError, match="AI 10"):
        format_digital_link("https://x.example", "09520123456788", "a/b")
