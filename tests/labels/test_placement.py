"""What fits on a label, what shrinks or breaks, and what is refused."""

from dataclasses import replace

import pytest

from labels.errors import GlyphMissing, LabelTextTooLong, TextEmpty, TooManyRows
from labels.fitting import halves
from labels.fonts import ink, width_mm
from labels.name_block import NAME_LARGEST_MM, NAME_SMALLEST_MM
from labels.placement import VALUE_SMALLEST_MM, Placement, place
from labels.stock import STOCKS, Stock, stock_named
from labels.text import LabelRow, LabelText
from tests.labels.examples import BILINGUAL, CUCUMBER, ENGLISH, LONG, ROWS, TEXTS

every_stock = pytest.mark.parametrize("stock", STOCKS.values(), ids=STOCKS.keys())
every_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


def sizes(placement: Placement, words: str) -> list[float]:
    return [run.size_mm for run in placement.runs if run.text == words]


@every_stock
@every_text
def test_no_text_leaves_the_insets_or_enters_the_symbols_square(
    stock: Stock, text: LabelText
) -> None:
    for run in place(stock, text).runs:
        above, below = ink(run.text)
        right = run.left_mm + width_mm(run.text, run.size_mm)
        top, bottom = run.baseline_mm - above * run.size_mm, run.baseline_mm + below * run.size_mm
        assert run.left_mm >= stock.inset_x_mm - 1e-6
        assert right <= stock.label_width_mm - stock.inset_x_mm + 1e-6
        assert top >= stock.inset_top_mm - 1e-6
        assert bottom <= stock.label_height_mm - stock.inset_bottom_mm + 0.6
        is_left = right <= stock.symbol_left_mm
        is_below = top >= stock.symbol_top_mm + stock.symbol_box_mm - 1e-6
        assert is_left or is_below, run


@every_stock
@every_text
def test_no_two_texts_touch(stock: Stock, text: LabelText) -> None:
    boxes: list[tuple[str, tuple[float, float, float, float]]] = []
    for run in place(stock, text).runs:
        above, below = ink(run.text)
        right = run.left_mm + width_mm(run.text, run.size_mm)
        box = (
            run.left_mm,
            run.baseline_mm - (above - 0.05) * run.size_mm,
            right,
            run.baseline_mm + min(below, 0.09) * run.size_mm,
        )
        for words, other in boxes:
            apart = (
                box[0] >= other[2] or other[0] >= box[2] or box[1] >= other[3] or other[1] >= box[3]
            )
            assert apart, (run.text, words)
        boxes.append((run.text, box))


@every_stock
@every_text
def test_every_word_of_the_text_is_on_the_label(stock: Stock, text: LabelText) -> None:
    written = "".join(run.text for run in place(stock, text).runs).replace(" ", "")
    for _, words in text.fields():
        assert words.replace(" ", "") in written


def test_a_short_name_is_as_large_as_it_may_be() -> None:
    assert sizes(place(stock_named("a4-24"), CUCUMBER), "黄瓜") == [NAME_LARGEST_MM]


def test_a_long_name_shrinks_before_it_breaks() -> None:
    placement = place(stock_named("roll-60x40"), replace(CUCUMBER, product_name="贝贝小南瓜"))
    (size,) = sizes(placement, "贝贝小南瓜")
    assert NAME_SMALLEST_MM < size < NAME_LARGEST_MM


def test_a_longer_name_breaks_where_a_part_of_it_ends() -> None:
    assert halves("水果黄瓜（绿翡翠）")[0] == ("水果黄瓜", "（绿翡翠）")
    written = [run.text for run in place(stock_named("a4-24"), LONG).runs]
    assert written[:2] == ["水果黄瓜", "（绿翡翠）"]


def test_a_long_value_breaks_into_a_second_line() -> None:
    value = "山东省青岛市即墨区七级镇大欧村"
    rows = (*ROWS[:2], LabelRow("产地", value), ROWS[3])
    written = [
        run.text for run in place(stock_named("roll-60x40"), replace(CUCUMBER, rows=rows)).runs
    ]
    assert value not in written and any(
        value.startswith(words) for words in written if len(words) > 4
    )


def test_latin_words_stay_whole() -> None:
    assert halves("Cherry tomatoes") == [("Cherry", "tomatoes")]
    assert halves("Cucumbers") == []


def test_a_name_in_a_second_language_stands_beneath_the_first() -> None:
    runs = {run.text: run for run in place(stock_named("a4-24"), BILINGUAL).runs}
    assert runs["Cucumber"].baseline_mm > runs["黄瓜"].baseline_mm
    assert runs["Cucumber"].size_mm < runs["黄瓜"].size_mm


def test_no_text_is_smaller_than_the_law_lets_it_be() -> None:
    assert VALUE_SMALLEST_MM >= 1.8
    for stock in STOCKS.values():
        for text in TEXTS.values():
            assert all(run.size_mm >= 1.8 for run in place(stock, text).runs)


TOO_LONG = "很长" * 40


@every_stock
@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("product_name", replace(CUCUMBER, product_name=TOO_LONG)),
        ("product_name", replace(ENGLISH, product_name="Supercalifragilisticexpialidocious")),
        ("net_quantity", replace(CUCUMBER, net_quantity=TOO_LONG)),
        ("row 产地", replace(CUCUMBER, rows=(LabelRow("产地", TOO_LONG),))),
        ("caption", replace(CUCUMBER, rows=(LabelRow(TOO_LONG, "七级"),))),
        ("call", replace(CUCUMBER, call=TOO_LONG)),
        ("second_name", replace(CUCUMBER, second_name=TOO_LONG)),
        ("example_mark", replace(CUCUMBER, example_mark=TOO_LONG)),
    ],
)
def test_a_text_that_does_not_fit_is_refused_by_name(
    stock: Stock, field: str, text: LabelText
) -> None:
    with pytest.raises(LabelTextTooLong) as refused:
        place(stock, text)
    assert refused.value.field == field
    assert refused.value.text in str(refused.value)
    assert refused.value.room_mm >= 0


@every_stock
def test_more_rows_than_the_label_has_height_for_are_refused(stock: Stock) -> None:
    with pytest.raises(TooManyRows, match="12 rows"):
        place(stock, replace(CUCUMBER, rows=ROWS * 3))


def test_wrapped_rows_without_room_are_refused_by_name() -> None:
    long_row = LabelRow("产地", "山东省青岛市即墨区七级镇大欧戈庄村")
    with pytest.raises(LabelTextTooLong) as refused:
        place(stock_named("a4-24"), replace(CUCUMBER, rows=(long_row,) * 5))
    assert refused.value.field == "row 产地"


def test_a_label_without_rows_can_be_printed() -> None:
    assert place(stock_named("a4-24"), replace(CUCUMBER, rows=())).runs


def test_a_character_the_font_lacks_is_refused_by_name() -> None:
    with pytest.raises(GlyphMissing, match=r"product_name: .*🥒 \(U\+1F952\)") as refused:
        place(stock_named("a4-24"), replace(CUCUMBER, product_name="黄瓜🥒"))
    assert refused.value.characters == "🥒"


def test_rare_characters_of_names_and_places_can_be_printed() -> None:
    place(stock_named("a4-24"), replace(CUCUMBER, rows=(LabelRow("种植", "藠粿喆堃玥"),)))


def test_an_empty_text_is_refused_by_name() -> None:
    with pytest.raises(TextEmpty, match="product_name is empty"):
        place(stock_named("a4-24"), replace(CUCUMBER, product_name=" "))
