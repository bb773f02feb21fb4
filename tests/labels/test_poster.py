"""The poster of a recall: one page, its words whole, its symbol readable."""

import pypdfium2
import pytest
import zxingcpp

from labels.errors import LabelTextTooLong, TextEmpty
from labels.fonts import width_mm
from labels.poster import PosterText, lines_of, poster_pdf, printable

ADDRESS = "https://qijimu.example/recalls/7K3M9QX2D4HT8VRB"


def words(**more: str) -> PosterText:
    said = {
        "title": "产品召回", "second_title": "Product recall", "products": "黄瓜",
        "lots_caption": "批号", "lots": "HG-261121-01、HG-261121-02", "reason_caption": "原因",
        "reason": "农药残留超过限量。", "advice": "请不要吃，拿回买的店。", "phone_caption": "电话",
        "phone": "0532-1234", "call": "扫码看全部通知", "address": ADDRESS, "coop": "大丰收合作社",
        "since": "2026年11月25日 15:20 召回",
    }  # fmt: skip
    return PosterText(**(said | more))


def page_text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) == 1
    text: str = document[0].get_textpage().get_text_bounded()
    return "".join(text.split())


def test_every_word_is_on_the_one_page() -> None:
    text = words()
    said = page_text(poster_pdf(text))
    for part in (text.title, text.products, text.lots, text.reason, text.advice, text.phone):
        assert "".join(part.split()) in said


@pytest.mark.parametrize("dpi", [72, 150])
def test_the_symbol_reads_in_black_and_white(dpi: int) -> None:
    page = pypdfium2.PdfDocument(poster_pdf(words()))[0]
    picture = page.render(scale=dpi / 72, grayscale=True).to_pil()
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [ADDRESS]


def test_everything_at_its_longest_still_fits_one_page() -> None:
    lots = "、".join(f"HG-2611{day:02}-01" for day in range(30)) + " 等 270 批"
    text = words(
        products="名" * 200, lots=lots, reason="残" * 200, advice="退" * 200, coop="社" * 200,
        phone="0" * 200, example_mark="示例数据",
    )  # fmt: skip
    said = page_text(poster_pdf(text))
    assert "残" * 200 in said
    assert "退" * 200 in said


def test_what_fits_at_no_readable_size_is_refused() -> None:
    with pytest.raises(LabelTextTooLong):
        poster_pdf(words(reason="残" * 5000))


def test_a_poster_of_nothing_is_refused() -> None:
    with pytest.raises(TextEmpty):
        poster_pdf(words(products=" "))


def test_a_letter_without_a_glyph_is_marked_and_a_small_picture_left_out() -> None:
    assert printable("黄瓜🥒𠮷") == "黄瓜〓"


def test_lines_break_between_words_and_never_within_a_lot_number() -> None:
    lines = lines_of("HG-261121-01, HG-261121-02, HG-261121-03", 5.0, 60.0)
    assert all(line.strip(", ").count("HG-") == line.count("-01") + line.count("-02")
               + line.count("-03") for line in lines)  # fmt: skip
    assert max(width_mm(line, 5.0) for line in lines) <= 60.0
    assert len(lines) > 1


def test_a_word_longer_than_a_line_is_broken() -> None:
    lines = lines_of("x" * 100, 10.0, 50.0)
    assert "".join(lines) == "x" * 100
    assert max(width_mm(line, 10.0) for line in lines) <= 50.0


def test_the_same_words_give_the_same_bytes() -> None:
    assert poster_pdf(words()) == poster_pdf(words())


def test_without_an_address_there_is_no_symbol_and_no_call_to_scan() -> None:
    pdf = poster_pdf(words(address=""))
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2, grayscale=True).to_pil()
    assert zxingcpp.read_barcodes(picture) == []
    assert "扫码" not in page_text(pdf)
