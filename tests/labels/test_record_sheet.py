"""A record on paper: nothing cut off, headings and page numbers on every page."""

from io import BytesIO

import pypdfium2
import pytest

from labels.fonts import label_font
from labels.record_sheet import (
    Column,
    PaperSummary,
    RecordPaper,
    Row,
    Section,
    write_record,
)
from labels.wrapping import NO_GLYPH, Wrapping


def paper(*sections: Section, **more: str) -> RecordPaper:
    """A paper of these tables."""
    facts = (("合作社", "大丰收"), ("时间段", "2026年1月1日到12月31日"))
    return RecordPaper(
        "农药使用记录", facts, sections, "大丰收 · 制表于2026年11月21日",
        "第%(page)s页，共%(pages)s页", **more,
    )  # fmt: skip


def drawn(what: RecordPaper) -> tuple[PaperSummary, list[str]]:
    """The summary, and the text of each page without its line breaks."""
    target = BytesIO()
    summary = write_record(target, what)
    document = pypdfium2.PdfDocument(target.getvalue())
    pages = ["".join(page.get_textpage().get_text_bounded().split()) for page in document]
    document.close()
    return summary, pages


def table(*rows: Row, columns: int = 3) -> Section:
    """A table of these rows under three headings."""
    heads = tuple(Column(name) for name in ("日期", "地块", "备注")[:columns])
    return Section("打药", heads, rows, "农药管理条例第三十六条", "没有记录")


def test_a_row_is_read_back_with_title_facts_and_page_number() -> None:
    summary, (page,) = drawn(paper(table(Row(("2026-11-12", "17号大棚", "晴天")))))
    for said in ("农药使用记录", "合作社大丰收", "农药管理条例第三十六条", "2026-11-12", "17号大棚",
                 "晴天", "第1页，共1页", "制表于2026年11月21日"):  # fmt: skip
        assert said in page
    assert summary == PaperSummary(1, ())


def test_headings_and_page_numbers_stand_on_every_page() -> None:
    rows = [Row((f"2026-11-{1 + at % 28:02}", f"{at}号棚", "")) for at in range(200)]
    summary, pages = drawn(paper(table(*rows)))
    assert summary.pages == len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert "日期地块备注" in page
        assert f"第{number}页，共{len(pages)}页" in page
    whole = "".join(pages)
    assert all(f"{at}号棚" in whole for at in range(200))


def test_a_name_of_two_hundred_characters_wraps_and_is_all_there() -> None:
    name = "".join(chr(0x4E00 + at) for at in range(200))
    summary, pages = drawn(paper(table(Row(("2026-11-12", name, "")))))
    missing = set(summary.unprintable)
    shown = "".join(NO_GLYPH if one in missing else one for one in name)
    assert shown in pages[0]


def test_a_row_taller_than_a_page_goes_on_over_pages() -> None:
    note = "".join(f"第{at}句话，" for at in range(900))
    _, pages = drawn(paper(table(Row(("2026-11-12", "17号大棚", note)))))
    assert len(pages) > 1
    whole = "".join(pages)
    assert all(f"第{at}句话" in whole for at in (0, 450, 899))


def test_a_long_word_is_broken_rather_than_cut_off() -> None:
    word = "x" * 300
    _, (page,) = drawn(paper(table(Row((word, "", "")))))
    assert page.count("x") == 300


def test_a_struck_row_is_crossed_out_and_its_remark_stands_below() -> None:
    plain = BytesIO()
    write_record(plain, paper(table(Row(("2026-11-12", "17号大棚", "晴")))))
    struck = BytesIO()
    row = Row(("2026-11-12", "17号大棚", "晴"), True, "由赵建国划去：记错了。代替它的是第2条。")
    write_record(struck, paper(table(row)))

    def lines(pdf: BytesIO) -> int:
        document = pypdfium2.PdfDocument(pdf.getvalue())
        count = sum(1 for one in document[0].get_objects() if one.type == 2)
        document.close()
        return count

    assert lines(struck) == lines(plain) + 3 + 1  # one through each text, one below the remark
    _, (page,) = drawn(paper(table(row)))
    assert "→由赵建国划去：记错了。代替它的是第2条。" in page


def test_a_table_without_rows_says_so() -> None:
    _, (page,) = drawn(paper(table()))
    assert "没有记录" in page


def test_an_example_says_so_on_every_page() -> None:
    rows = [Row((str(at), "", "")) for at in range(100)]
    _, pages = drawn(paper(table(*rows), example_mark="示例数据"))
    assert len(pages) > 1
    assert all("示例数据" in page for page in pages)


def test_what_the_font_cannot_draw_is_told_and_marked() -> None:
    summary, (page,) = drawn(paper(table(Row(("😀好", "", "")))))
    assert summary.unprintable == ("😀",)
    assert f"{NO_GLYPH}好" in page


def test_only_the_embedded_font_is_used() -> None:
    target = BytesIO()
    write_record(target, paper(table(Row(("a", "b", "c")))))
    assert b"Helvetica" not in target.getvalue()
    assert b"NotoSansSC" in target.getvalue()


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_text_has_no_lines(text: str) -> None:
    assert Wrapping(label_font()).lines(text, 100, 7) == []


def test_no_line_is_wider_than_its_column() -> None:
    wrapping = Wrapping(label_font())
    text = "王长财用嘧菌酯 25% suspension concentrate 打了17号大棚，" * 8
    for width in (20.0, 40.0, 111.0):
        lines = wrapping.lines(text, width, 7)
        assert "".join("".join(lines).split()) == "".join(text.split())
        assert all(wrapping.width(line, 7) <= width for line in lines)
        assert not any(line[0] in "，。" for line in lines)
