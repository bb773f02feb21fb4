"""What a shopper types for a code."""

import pytest

from trace.domain.typed_code import code_in, typed_problems


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M9QX2D4HT8VRB",
        " 7K3M9QX2D4HT8VRB ",
        "７Ｋ３Ｍ９ＱＸ２Ｄ４ＨＴ８ＶＲＢ",
        "https://x.example/T/7K3M9QX2D4HT8VRB",
        "https://x.example/01/09520123456788/10/HG-1/21/7K3M9QX2D4HT8VRB?lang=en",
    ],
)
def test_the_code_is_found_in_what_was_typed(typed: str) -> None:
    assert code_in(typed) == "7K3M9QX2D4HT8VRB"


def test_a_whole_code_has_no_problem() -> None:
    assert typed_problems("7k3m 9qx2-d4ht 8vrb") == ()


def test_a_code_in_full_width_letters_has_no_problem() -> None:
    assert typed_problems("７ｋ３ｍ　９ＱＸ２－Ｄ４ＨＴ　８ＶＲＢ") == ()


def test_every_problem_is_named_at_once() -> None:
    messages = [problem.message for problem in typed_problems("7K3MU9Q#O")]
    assert len(messages) == 4
    assert messages[0].startswith("A code never has the letter U")
    assert "%(signs)s" in messages[1]
    assert "only %(length)s" in messages[2]
    assert "was read as the digit 0" in messages[3]


def test_a_code_that_is_too_long_says_so() -> None:
    (problem,) = typed_problems("7K3M9QX2D4HT8VRB99")
    assert problem.values == {"expected": "16", "length": "18"}
