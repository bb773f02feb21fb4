"""The notice for a chat group: at most 500 characters, phone and link always whole."""

from pathlib import Path

import pytest
from flask import Flask

from trace.web import create_app
from trace.web.manage.recall_words import (
    LONGEST_NOTICE,
    READY_ADVICE,
    READY_REASONS,
    READY_SUSPICIONS,
    READY_UPDATES,
    Notice,
    in_both,
    notice_text,
)
from trace.web.settings import Settings
from trace.web.two_tongues import speaking
from trace.web.words import _

SHORT = Notice(
    "大丰收合作社", "黄瓜", ("HG-261121-01", "HG-261121-02"), 0, "残留超标", "请不要吃",
    "0532-1", "https://qijimu.example/recalls/7K3M9QX2D4HT8VRB",
)  # fmt: skip
LONG = Notice(
    "社" * 200, "名" * 200, tuple(f"HG-2611{day:02}-01" for day in range(30)), 270, "残" * 200,
    "退" * 200, SHORT.phone, SHORT.link,
)  # fmt: skip


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(Settings(instance=tmp_path))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_notice_has_everything_a_buyer_needs(app: Flask, language: str) -> None:
    with app.test_request_context("/"):
        text = notice_text(SHORT, language)
    for part in (SHORT.coop, SHORT.products, *SHORT.lots, SHORT.reason, SHORT.advice):
        assert part in text
    assert SHORT.phone in text
    assert text.endswith(SHORT.link)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_however_long_its_parts_a_notice_stays_short_and_keeps_phone_and_link(
    app: Flask, language: str
) -> None:
    with app.test_request_context("/"):
        text = notice_text(LONG, language)
    assert len(text) <= LONGEST_NOTICE
    assert text.endswith(LONG.link)
    assert LONG.phone in text
    assert "HG-261100-01" in text
    assert "297" in text


def test_without_a_public_address_a_notice_has_no_link(app: Flask) -> None:
    bare = Notice("社", "瓜", (), 0, "坏", "退", "", "")
    with app.test_request_context("/"):
        assert notice_text(bare, "zh").splitlines()[-1] == "退"


@pytest.mark.parametrize(
    "sentence",
    [
        sentence
        for table in (READY_REASONS, READY_ADVICE, READY_UPDATES, READY_SUSPICIONS)
        for sentence in table.values()
    ],
)
def test_every_ready_sentence_has_both_languages_and_fits_its_field(
    app: Flask, sentence: str
) -> None:
    with app.test_request_context("/?lang=en"):
        chinese, english = in_both(sentence)
    assert chinese != english == sentence
    assert max(len(chinese), len(english)) <= 200


def test_speaking_another_language_leaves_the_readers_as_it_was(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        before = _("Recall")
        with speaking("zh"):
            assert _("Recall") == "召回"
        assert _("Recall") == before == "Recall"
