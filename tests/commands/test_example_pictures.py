"""The example's photos and papers: alike for the same input, unlike each other, and marked."""

import io
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import combinations

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from trace.commands.example.paint import HEIGHT, WIDTH
from trace.commands.example.papers import (
    SCHEMES,
    ReceiptLine,
    Result,
    certificate,
    laboratory_report,
    purchase_receipt,
)
from trace.commands.example.pictures import SCENES, draw
from trace.repository.papers import check_pdf
from trace.repository.photos import clean_photo


@pytest.fixture(scope="module")
def photos() -> dict[str, bytes]:
    return {scene: draw(scene) for scene in SCENES}


def opened(photo: bytes) -> Image.Image:
    return Image.open(io.BytesIO(photo)).convert("RGB")


def report(results: list[Result]) -> bytes:
    return laboratory_report(
        number="SL-2026-1183",
        product="黄瓜",
        lot="HG-261121-17",
        client="大丰收农业合作社",
        sampled=date(2026, 11, 18),
        reported=date(2026, 11, 20),
        results=results,
    )


def receipt(lines: int) -> bytes:
    line = ReceiptLine("商品有机肥", "批 YJ2609", Decimal("2.5"), "袋", Decimal("36.10"))
    return purchase_receipt(
        number="0012763",
        shop="兴农农资店",
        buyer="王长财",
        bought=date(2026, 11, 1),
        lines=[line] * lines,
    )


def green_food() -> bytes:
    return certificate(
        "green_food",
        number="LB-15-0001",
        holder="大丰收农业合作社",
        product="黄瓜",
        scope="17–24 号大棚",
        valid_from=date(2025, 3, 1),
        valid_until=date(2028, 2, 29),
    )


def words(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return str(document[0].get_textpage().get_text_range())


PASSED = [Result("嘧菌酯 Azoxystrobin", "0.08", "0.5"), Result("毒死蜱", "未检出", "0.02")]
FAILED = [*PASSED, Result("氧乐果", "0.31", "0.02", is_passed=False)]


def test_every_scene_is_a_photo_of_full_size(photos: dict[str, bytes]) -> None:
    assert {opened(photo).size for photo in photos.values()} == {(WIDTH, HEIGHT)}


def test_every_scene_passes_through_the_cleaning_of_uploads(photos: dict[str, bytes]) -> None:
    for photo in photos.values():
        assert len(clean_photo(photo).card) <= 15_000


def test_the_same_seed_draws_the_same_photo(photos: dict[str, bytes]) -> None:
    assert draw("spraying") == photos["spraying"]


def test_another_seed_moves_the_leaves() -> None:
    assert draw("spraying", 1) != draw("spraying", 2)


def test_no_two_scenes_look_alike_as_thumbnails(photos: dict[str, bytes]) -> None:
    small = {scene: opened(photo).resize((16, 12)) for scene, photo in photos.items()}
    for one, other in combinations(small, 2):
        apart = ImageStat.Stat(ImageChops.difference(small[one], small[other])).rms
        assert sum(apart) / 3 > 12, (one, other)


def test_every_scene_bears_the_mark_of_an_example(photos: dict[str, bytes]) -> None:
    corner = (WIDTH - 128, 40, WIDTH - 40, 76)  # inside the mark's frame
    signs = {}
    for scene, photo in photos.items():
        mark = opened(photo).crop(corner).convert("L").point(lambda grey: 255 * (grey < 150))
        signs[scene] = ImageStat.Stat(mark).mean[0] / 255
    assert all(0.12 < share < 0.5 for share in signs.values()), signs


def test_an_unknown_scene_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match="seedlings"):
        draw("volcano")


@pytest.mark.parametrize("make", [lambda: report(PASSED), green_food, lambda: receipt(2)])
def test_a_paper_is_the_same_bytes_every_time(make) -> None:  # type: ignore[no-untyped-def]  # lambdas
    assert sha256(make()).digest() == sha256(make()).digest()


@pytest.mark.parametrize("pdf", [report(PASSED), report(FAILED), green_food(), receipt(8)])
def test_a_paper_is_one_page_marked_and_taken_as_an_upload(pdf: bytes) -> None:
    assert check_pdf(pdf).pages == 1
    assert "示例" in words(pdf)
    assert b"Helvetica" not in pdf  # only the embedded font is named


def test_a_report_names_its_results_and_limits() -> None:
    said = words(report(PASSED))
    for fact in ("SL-2026-1183", "嘧菌酯 Azoxystrobin", "0.08", "0.5", "mg/kg", "2026-11-18"):
        assert fact in said
    assert "不合格" not in said


def test_a_report_with_a_failed_analyte_says_so() -> None:
    assert "有项目超过" in words(report(FAILED))


@pytest.mark.parametrize("count", [0, 13])
def test_a_report_with_no_room_for_its_results_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"got {count}"):
        report(PASSED[:1] * count)


def test_a_full_report_keeps_clear_of_its_signatures() -> None:
    with pypdfium2.PdfDocument(report(PASSED[:1] * 12)) as document:
        text = document[0].get_textpage()
        said, _ = text.search("Within the limits").get_next()
        signed, _ = text.search("Checked").get_next()
        _, lower_edge, _, _ = text.get_charbox(said, loose=True)
        _, _, _, upper_edge = text.get_charbox(signed, loose=True)
    assert lower_edge > upper_edge + 10


@pytest.mark.parametrize("kind", SCHEMES)
def test_every_kind_of_certificate_has_its_title(kind) -> None:  # type: ignore[no-untyped-def]  # a Literal
    pdf = certificate(
        kind,
        number="1",
        holder="大丰收农业合作社",
        product="葡萄",
        scope="全社",
        valid_from=date(2025, 3, 1),
        valid_until=date(2028, 2, 29),
    )
    assert SCHEMES[kind].title in words(pdf)


def test_a_receipt_adds_up() -> None:
    assert "¥180.50" in words(receipt(2))


@pytest.mark.parametrize("count", [0, 9])
def test_a_receipt_with_no_room_for_its_lines_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"got {count}"):
        receipt(count)
