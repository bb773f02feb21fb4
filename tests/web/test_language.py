"""Which language a request gets, and that every message has exactly one Chinese text."""

import os
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po
from flask import Flask, render_template_string

from trace.web import TEMPLATES, create_app
from trace.web.language import TRANSLATIONS, check_catalogues, domains
from trace.web.settings import Settings
from trace.web.words import _, ngettext

CHINESE = TRANSLATIONS / "zh" / "LC_MESSAGES"
TRACE = TRANSLATIONS.parents[1]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = create_app(Settings(instance=tmp_path))

    @app.get("/page")
    def page() -> str:
        return render_template_string(
            "{{ page_language() }} {{ _('Example data') }} {{ '2026-11-21'|day }}"
            " {{ other_language_url() }}"
        )

    return app


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,en;q=0.5", "zh-CN"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.2,zh-TW;q=0.9", "zh-CN"),
        ("fr,de;q=0.5", "zh-CN"),
        ("fr,en;q=0.5", "en"),
        ("", "zh-CN"),
        ("en;q=0", "zh-CN"),
    ],
)
def test_the_browser_is_asked_and_chinese_is_the_default(
    app: Flask, accepted: str, language: str
) -> None:
    answer = app.test_client().get("/page", headers={"Accept-Language": accepted})
    assert answer.text.split()[0] == language
    assert answer.headers["Content-Language"] == language


def test_a_choice_is_remembered_and_may_be_changed(app: Flask) -> None:
    client = app.test_client()
    chosen = client.get("/page?lang=en", headers={"Accept-Language": "zh"})
    assert "HttpOnly" in chosen.headers["Set-Cookie"]
    assert client.get("/page", headers={"Accept-Language": "zh"}).text.startswith("en Example data")
    assert client.get("/page?lang=zh").text.startswith("zh-CN 示例数据")
    assert client.get("/page").text.startswith("zh-CN")


def test_a_language_we_do_not_have_is_not_remembered(app: Flask) -> None:
    answer = app.test_client().get("/page?lang=fr")
    assert "Set-Cookie" not in answer.headers
    assert answer.text.startswith("zh-CN")


def test_the_other_language_keeps_what_was_asked_for(app: Flask) -> None:
    text = app.test_client().get("/page?a=1&a=2&lang=zh").text
    assert text.endswith("/page?a=1&amp;a=2&amp;lang=en")


def test_a_constant_date_in_a_template_follows_the_reader(app: Flask) -> None:
    client = app.test_client()
    assert "11月21日" in client.get("/page?lang=zh").text
    assert "21 November" in client.get("/page?lang=en").text


def test_answers_say_that_they_depend_on_the_language(app: Flask) -> None:
    assert "Accept-Language" in app.test_client().get("/page").headers["Vary"]


def test_python_and_templates_look_through_the_catalogues_alike(app: Flask) -> None:
    with app.test_request_context("/page?lang=zh"):
        assert _("Full record") == render_template_string("{{ _('Full record') }}") == "信息完整"
        words = "One thing must be put right", "%(num)s things must be put right"
        assert ngettext(*words, 3) == "有 3 处要改"


def test_several_catalogues_are_read_as_one(app: Flask) -> None:
    """Asks for a message of every .po file there is, so that a domain not loaded shows."""
    with app.test_request_context("/page?lang=zh"):
        for domain in domains():
            with (CHINESE / f"{domain}.po").open("rb") as source:
                message = next(m for m in read_po(source) if m.id and isinstance(m.id, str))
            assert _(str(message.id)) == message.string or "%" in str(message.id), domain


def test_a_catalogue_that_is_not_compiled_stops_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "zh" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "farm.po").write_text("")
    with pytest.raises(RuntimeError, match=r"farm\.po.*make install"):
        check_catalogues(tmp_path)
    (folder / "farm.mo").write_text("")
    os.utime(folder / "farm.mo", (1, 1))
    with pytest.raises(RuntimeError, match=r"farm\.po"):
        check_catalogues(tmp_path)
    os.utime(folder / "farm.mo")
    check_catalogues(tmp_path)


def _messages_in_use() -> dict[str, set[str]]:
    """Every message id of the program, with the files that use it."""
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    found: dict[str, set[str]] = defaultdict(set)
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    sources = [("python", path) for path in sorted(TRACE.rglob("*.py"))]
    sources += [("jinja2", path) for path in sorted(TEMPLATES.rglob("*.html"))]
    for method, path in sources:
        for _line, message, _comments, _context in extract_from_file(
            method, path, keywords, options=options
        ):
            found[message if isinstance(message, str) else message[0]].add(str(path))
    return found


def _catalogues() -> dict[str, Catalog]:
    read = {}
    for path in sorted(CHINESE.glob("*.po")):
        with path.open("rb") as source:
            read[path.name] = read_po(source, locale="zh")
    return read


def _first_id(message: Message) -> str:
    return str(message.id if isinstance(message.id, str) else message.id[0])


def test_every_message_has_chinese() -> None:
    translated = {
        _first_id(message)
        for catalogue in _catalogues().values()
        for message in catalogue
        if message.id and message.string and message.string != ("",) and not message.fuzzy
    }
    missing = {
        message: sorted(files)
        for message, files in _messages_in_use().items()
        if message and message not in translated
    }
    assert missing == {}


def test_no_message_has_two_different_chinese_texts() -> None:
    seen: dict[tuple[object, str], dict[str, str]] = defaultdict(dict)
    for name, catalogue in _catalogues().items():
        for message in catalogue:
            if message.id:
                seen[message.context, _first_id(message)][str(message.string)] = name
    assert {key: texts for key, texts in seen.items() if len(texts) > 1} == {}


def test_translations_keep_the_places_of_their_messages() -> None:
    for name, catalogue in _catalogues().items():
        for message in catalogue:
            assert [str(error) for error in message.check(catalogue)] == [], (name, message.id)
