"""The PDF itself: pages, fonts, letters, cells, bytes."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from labels.drawing import CODE_ALPHABET, symbol_place
from labels.errors import CellOutOfRange, CodeMalformed, LabelCountWrong, UnknownPrinter
from labels.preview import preview_png
from labels.read_back import decoded
from labels.sheet import (
    MOST_ROLL_LABELS,
    SheetSummary,
    UnitLabel,
    in_files,
    most_labels,
    write_labels,
)
from labels.stock import MM_PER_INCH, STOCKS, Stock, stock_named
from labels.symbol import QUIET_ZONE
from labels.text import LabelText
from tests.environment.needs import program
from tests.labels.examples import BILINGUAL, CUCUMBER, ENGLISH, LONG, TEXTS, units

every_stock = pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS.keys())
every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
SHEET = stock_named("a4-24")
ROLL = stock_named("roll-60x40")


def written(
    stock: Stock, labels: list[UnitLabel], text: LabelText = CUCUMBER, first_cell: int = 1
) -> bytes:
    pdf = BytesIO()
    write_labels(pdf, stock, text, labels, first_cell=first_cell)
    return pdf.getvalue()


def page_picture(pdf: bytes, dpi: int, index: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[index].render(scale=dpi / 72, grayscale=True).to_pil()
    document.close()
    return picture


def cell_text(pdf: bytes, stock: Stock, cell: int, index: int = 0) -> str:
    document = pypdfium2.PdfDocument(pdf)
    left, top = stock.cell_place_mm(cell)
    right, bottom = left + stock.label_width_mm, top + stock.label_height_mm
    x0, x1 = (edge * 72 / MM_PER_INCH for edge in (left, right))
    y0, y1 = ((stock.page_height_mm - edge) * 72 / MM_PER_INCH for edge in (bottom, top))
    text: str = document[index].get_textpage().get_text_bounded(x0, y0, x1, y1)
    document.close()
    return text


@every_stock
def test_pages_have_the_stocks_size_to_a_hundredth_of_a_millimetre(stock: Stock) -> None:
    document = pypdfium2.PdfDocument(written(stock, units(stock.cells + 1)))
    assert len(document) == 2
    for page in document:
        width, height = (length * MM_PER_INCH / 72 for length in page.get_size())
        assert width == pytest.approx(stock.page_width_mm, abs=0.01)
        assert height == pytest.approx(stock.page_height_mm, abs=0.01)
    document.close()


@every_text
def test_every_font_is_embedded(text: LabelText, tmp_path: Path) -> None:
    pdf = tmp_path / "labels.pdf"
    write_labels(pdf, SHEET, text, units(2))
    pdffonts = program("pdffonts", package="poppler-utils")
    listed = subprocess.run([pdffonts, pdf], capture_output=True, text=True, check=True).stdout
    fonts = listed.splitlines()[2:]
    assert fonts
    for font in fonts:
        assert "NotoSansSC" in font
        assert re.search(r"yes yes yes\s+\d+\s+\d+$", font), font


@every_stock
def test_the_printer_is_told_not_to_scale(stock: Stock) -> None:
    assert b"/PrintScaling /None" in written(stock, units(1))


def test_the_file_says_its_title_and_language() -> None:
    pdf = BytesIO()
    write_labels(pdf, SHEET, ENGLISH, units(1), title="Cucumber, lot 7")
    assert b"/Lang (en)" in pdf.getvalue()
    document = pypdfium2.PdfDocument(pdf.getvalue())
    assert document.get_metadata_dict()["Title"] == "Cucumber, lot 7"
    document.close()


@every_stock
def test_the_same_labels_are_the_same_bytes(stock: Stock) -> None:
    assert written(stock, units(30)) == written(stock, units(30))


@every_stock
@every_text
def test_the_code_in_letters_is_the_units_own(stock: Stock, text: LabelText) -> None:
    labels = units(stock.cells + 1)
    pdf = written(stock, labels, text)
    for place, unit in enumerate(labels):
        page, cell = divmod(place, stock.cells)
        letters = cell_text(pdf, stock, cell + 1, page)
        code = unit.code
        assert f"{code[:4]} {code[4:8]} {code[8:12]} {code[12:]}" in letters


@pytest.mark.parametrize("code", ["WWWWWWWWWWWWWWWW", "1111111111111111", "JJJJJJJJJJJJJJJJ"])
@every_stock
def test_the_widest_and_narrowest_codes_stay_on_their_label(stock: Stock, code: str) -> None:
    unit = UnitLabel(code, f"HTTPS://Q.EXAMPLE.ORG/T/{code}")
    pdf = written(stock, [unit])
    assert " ".join([code[:4]] * 4) in cell_text(pdf, stock, 1)
    left, top = stock.cell_place_mm(1)
    label_bottom = stock.page_height_mm - top - stock.label_height_mm
    document = pypdfium2.PdfDocument(pdf)
    letters = document[0].get_textpage()
    for i in range(letters.count_chars()):
        x0, y0, x1, _ = letters.get_charbox(i)
        if y0 * MM_PER_INCH / 72 < label_bottom:
            continue  # the words of the bar below the labels
        assert x0 * MM_PER_INCH / 72 >= left + stock.inset_x_mm - 0.3
        assert x1 * MM_PER_INCH / 72 <= left + stock.label_width_mm - stock.inset_x_mm + 0.3
    document.close()


@every_stock
@every_text
def test_the_texts_are_on_every_label(stock: Stock, text: LabelText) -> None:
    pdf = written(stock, units(2), text)
    found = cell_text(pdf, stock, 1).replace(" ", "").replace("\r\n", "")
    assert text.net_quantity.replace(" ", "") in found
    assert text.call.replace(" ", "") in found
    assert text.rows[0].value in found


@pytest.mark.parametrize("dpi", [203, 300])
@every_stock
@every_text
def test_four_modules_around_every_symbol_are_clear_of_ink(
    stock: Stock, text: LabelText, dpi: int
) -> None:
    labels = units(stock.cells)
    pdf = BytesIO()
    write_labels(pdf, stock, text, labels, printer_dpi=dpi)
    scale = 4
    picture = page_picture(pdf.getvalue(), dpi * scale)
    per_mm = dpi * scale / MM_PER_INCH
    for cell in range(1, stock.cells + 1, 5):
        place = symbol_place(stock, cell, 29, dpi)
        quiet = QUIET_ZONE * place.module_mm
        outer = [
            round((edge) * per_mm)
            for edge in (
                place.left_mm - quiet,
                place.top_mm - quiet,
                place.left_mm + place.side_mm + quiet,
                place.top_mm + place.side_mm + quiet,
            )
        ]
        zone = picture.crop((outer[0] + 1, outer[1] + 1, outer[2] - 1, outer[3] - 1))
        dark = zone.point([255] * 200 + [0] * 56).getbbox()
        assert dark is not None
        margin = quiet * per_mm
        ink = (dark[0], dark[1], zone.width - dark[2], zone.height - dark[3])
        assert all(white == pytest.approx(margin, abs=4) for white in ink), (cell, ink, margin)


def test_used_cells_stay_white() -> None:
    pdf = written(SHEET, units(2), first_cell=5)
    for cell in (1, 2, 3, 4, 7, 24):
        assert cell_text(pdf, SHEET, cell).strip() == ""
    assert units(2)[0].code[:4] in cell_text(pdf, SHEET, 5)
    assert units(2)[1].code[:4] in cell_text(pdf, SHEET, 6)


@pytest.mark.parametrize(
    ("count", "first_cell", "pages", "next_cell"),
    [(1, 1, 1, 2), (24, 1, 1, 1), (25, 1, 2, 2), (20, 5, 1, 1), (21, 5, 2, 2), (1, 24, 1, 1)],
)
def test_the_summary_says_pages_and_the_next_free_cell(
    count: int, first_cell: int, pages: int, next_cell: int
) -> None:
    pdf = BytesIO()
    summary = write_labels(pdf, SHEET, CUCUMBER, units(count), first_cell=first_cell)
    assert summary == SheetSummary(count, pages, next_cell, len(pdf.getvalue()))
    document = pypdfium2.PdfDocument(pdf.getvalue())
    assert len(document) == pages
    document.close()


def test_progress_is_told_after_every_page() -> None:
    told: list[int] = []
    write_labels(BytesIO(), SHEET, CUCUMBER, units(50), first_cell=3, progress=told.append)
    assert told == [22, 46, 50]


def test_ten_thousand_labels_stay_under_160_bytes_each() -> None:
    full, one = (len(written(SHEET, units(count))) for count in (1224, 24))
    assert (full - one) / 1200 < 160


@pytest.mark.parametrize("first_cell", [0, 25, -1])
def test_a_cell_the_sheet_does_not_have_is_refused(first_cell: int) -> None:
    with pytest.raises(CellOutOfRange, match="expected 1 to 24"):
        write_labels(BytesIO(), SHEET, CUCUMBER, units(1), first_cell=first_cell)


@pytest.mark.parametrize("count", [0, MOST_ROLL_LABELS + 1])
def test_a_file_without_labels_or_with_too_many_is_refused(count: int) -> None:
    with pytest.raises(LabelCountWrong, match=f"{count} labels"):
        write_labels(BytesIO(), ROLL, CUCUMBER, units(1) * count)


@pytest.mark.parametrize("code", ["7K3M9QX2D4HT8VR", "7K3M9QX2D4HT8VRU", "7k3m9qx2d4ht8vrb", ""])
def test_a_malformed_code_is_refused(code: str) -> None:
    unit = UnitLabel(code, f"HTTPS://Q.EXAMPLE.ORG/T/{code}")
    with pytest.raises(CodeMalformed, match=repr(code)):
        write_labels(BytesIO(), SHEET, CUCUMBER, [unit])


def test_a_code_its_address_does_not_say_is_refused() -> None:
    first, second = units(2)
    with pytest.raises(CodeMalformed, match=first.code):
        write_labels(BytesIO(), SHEET, CUCUMBER, [UnitLabel(first.code, second.address)])


def test_an_unknown_printer_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    target = tmp_path / "labels.pdf"
    with pytest.raises(UnknownPrinter):
        write_labels(target, SHEET, CUCUMBER, units(1), printer_dpi=600)
    assert not target.exists()


@pytest.mark.parametrize(("count", "first_cell"), [(12, 1), (5000, 1), (5001, 1), (12000, 1)])
def test_a_roll_job_is_cut_into_files_that_may_be_written(count: int, first_cell: int) -> None:
    labels = units(1) * count
    parts = [len(part) for part in in_files(labels, ROLL, first_cell)]
    assert sum(parts) == count
    assert all(part <= most_labels(ROLL) for part in parts)


def test_a_sheet_job_is_cut_at_the_end_of_a_sheet() -> None:
    first, second = in_files(units(1) * 40_000, SHEET, 5)
    assert (4 + len(first)) % 24 == 0
    assert len(first) + len(second) == 40_000


@pytest.mark.parametrize(
    "stem", ["HTTPS://Q.CN/", "https://label.a-rather-long-name.example.org/t/"]
)
def test_addresses_of_other_lengths_keep_to_the_symbols_square(stem: str) -> None:
    code = CODE_ALPHABET[:16]
    unit = UnitLabel(code, stem + code)
    for stock in STOCKS.values():
        picture = page_picture(written(stock, [unit], BILINGUAL), 203)
        assert decoded(picture) == unit.address


@every_stock
def test_a_preview_is_one_label_that_reads(stock: Stock) -> None:
    unit = units(1)[0]
    picture = Image.open(BytesIO(preview_png(stock, LONG, unit)))
    width, height = (
        length * 203 / MM_PER_INCH for length in (stock.label_width_mm, stock.label_height_mm)
    )
    assert picture.width == pytest.approx(width, abs=1)
    assert picture.height == pytest.approx(height, abs=1)
    assert decoded(picture) == unit.address
