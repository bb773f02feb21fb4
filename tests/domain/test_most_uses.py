"""Most uses a season: counted per planting and input, asked about before one more."""

from hypothesis import given
from hypothesis import strategies as st

from trace.domain.most_uses import TooOften, Use, ask_once_more, used_too_often

uses = st.lists(st.builds(Use, st.sampled_from("ABC"), st.sampled_from(["嘧菌酯", "吡虫啉"])))
figures = st.dictionaries(st.sampled_from(["嘧菌酯", "吡虫啉"]), st.integers(1, 4))


def test_as_often_as_the_label_allows_is_not_too_often() -> None:
    assert used_too_often([Use("A", "嘧菌酯")] * 3, {"嘧菌酯": 3}) == ()
    assert used_too_often([Use("A", "嘧菌酯")] * 4, {"嘧菌酯": 3}) == (
        TooOften("A", "嘧菌酯", 4, 3),
    )


def test_a_new_planting_on_the_same_plot_is_a_new_season() -> None:
    both = [Use("spring", "嘧菌酯")] * 3 + [Use("autumn", "嘧菌酯")] * 3
    assert used_too_often(both, {"嘧菌酯": 3}) == ()


def test_an_input_without_a_figure_is_never_too_often() -> None:
    assert used_too_often([Use("A", "草木灰")] * 99, {}) == ()
    assert ask_once_more("草木灰", 99, None, "17号大棚") == []


def test_one_use_more_is_asked_about_with_all_its_numbers() -> None:
    (asked,) = ask_once_more("嘧菌酯", 3, 3, "17号大棚 黄瓜")
    assert str(asked) == (
        "Pesticide: 嘧菌酯 was already used 3 times on 17号大棚 黄瓜; its registration allows 3 a"
        " season. Was it used once more?"
    )
    assert ask_once_more("嘧菌酯", 2, 3, "17号大棚 黄瓜") == []


@given(uses, figures)
def test_asking_before_each_use_asks_exactly_for_those_that_are_too_many(
    sprayed: list[Use], most: dict[str, int]
) -> None:
    asked: dict[tuple[str, str], int] = {}
    for at, one in enumerate(sprayed):
        before = sprayed[:at].count(one)
        if ask_once_more(one.input, before, most.get(one.input), one.planting):
            asked[one.planting, one.input] = asked.get((one.planting, one.input), 0) + 1
    found = {
        (one.planting, one.input): one.used - one.most for one in used_too_often(sprayed, most)
    }
    assert found == asked


@given(st.permutations([Use("A", "嘧菌酯")] * 4 + [Use("B", "嘧菌酯")] * 2))
def test_the_order_of_writing_does_not_matter(sprayed: list[Use]) -> None:
    assert used_too_often(sprayed, {"嘧菌酯": 3}) == (TooOften("A", "嘧菌酯", 4, 3),)
