"""The list of banned substances: how it is read, and how a use is found in it."""

from datetime import date

import pytest

from trace.domain.banned import banned_among, names_of_input, parse_banned_list
from trace.domain.errors import Refused

HEAD = "name,name_en,scope,banned_from,notice,notice_date,source\n"
CARBOFURAN = "克百威,carbofuran,,2026-06-01,公告第736号,2023-12-12,notice\n"
DIMETHOATE = "乐果,dimethoate,蔬菜,2019-08-01,公告第2552号,2017-07-14,notice\n"
LISTED = parse_banned_list(HEAD + CARBOFURAN + DIMETHOATE)
SUMMER = date(2026, 7, 1)


@pytest.mark.parametrize(
    "typed",
    [
        "克百威",
        "3%克百威颗粒剂",
        "克百威 3 %",
        "Carbofuran 3% GR",
        "CARBOFURAN",
        "阿维、克百威",
    ],
)
def test_a_banned_substance_is_found_however_it_is_written(typed: str) -> None:
    assert [one.name for one in banned_among([typed], LISTED, SUMMER)] == ["克百威"]


@pytest.mark.parametrize("typed", ["", "氧乐果", "丁硫克百威", "carbofuran-free", "嘧菌酯"])
def test_another_substance_is_not_taken_for_it(typed: str) -> None:
    assert banned_among([typed], LISTED, SUMMER) == []


def test_a_ban_holds_from_its_first_day() -> None:
    assert banned_among(["克百威"], LISTED, date(2026, 5, 31)) == []
    assert banned_among(["克百威"], LISTED, date(2026, 6, 1))


def test_ingredients_and_every_name_of_an_input_are_looked_up() -> None:
    fields = {"name": "好药", "full_name": "好药牌", "ingredients": ["乐果 40%"], "unit": "ml"}
    assert names_of_input(fields) == ["好药", "好药牌", "乐果 40%"]


def test_a_list_with_a_byte_order_mark_is_read() -> None:
    assert len(parse_banned_list("\ufeff" + HEAD + CARBOFURAN)) == 1


def test_every_wrong_line_is_named_at_once() -> None:
    wrong = "克百威,,,soon,,2023-12-12,\n" + CARBOFURAN + CARBOFURAN
    with pytest.raises(Refused) as refused:
        parse_banned_list(HEAD + wrong)
    said = [str(problem) for problem in refused.value.problems]
    assert len(said) == 3
    assert "Line 2 has no notice" in said[0]
    assert "Line 2: “soon” is not a date" in said[1]
    assert "Line 4: 克百威 stands in the list already" in said[2]


@pytest.mark.parametrize("text", ["", "name,notice\n克百威,1\n"])
def test_a_file_without_the_columns_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="columns"):
        parse_banned_list(text)


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(Refused, match="no substances"):
        parse_banned_list(HEAD)
