"""Styles, icons and pictures: cached by content, with licence, nothing the policy refuses."""

import re
from pathlib import Path

import pytest

from trace.web import TEMPLATES, create_app
from trace.web.icons import icon, icon_names
from trace.web.pictures import PICTURES
from trace.web.settings import Settings
from trace.web.static_files import STATIC, static_url, stylesheet


def test_a_file_asked_for_by_its_hash_is_kept_for_a_year(tmp_path: Path) -> None:
    client = create_app(Settings(instance=tmp_path)).test_client()
    with client.get(f"{static_url('css/base.css')}&lang=en") as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers
    with client.get("/static/css/base.css?v=0000000000") as old:
        assert old.headers["Cache-Control"] == "no-cache"


def test_a_file_we_do_not_have_is_a_404(tmp_path: Path) -> None:
    client = create_app(Settings(instance=tmp_path)).test_client()
    assert client.get("/static/css/none.css").status_code == 404
    assert client.get("/static/../settings.py").status_code == 404


def test_every_picture_in_the_table_is_there_and_small() -> None:
    files = {path.stem: path for path in (STATIC / "img").glob("*.webp")}
    assert set(files) == set(PICTURES)
    assert max(path.stat().st_size for path in files.values()) <= 15_000


def test_every_picture_is_named_in_the_licence() -> None:
    licence = (STATIC / "img" / "LICENSE.md").read_text("utf-8")
    assert [name for name in PICTURES if name not in licence] == []


@pytest.mark.parametrize("name", icon_names())
def test_an_icon_is_drawn_without_what_the_policy_refuses(name: str) -> None:
    drawing = str(icon(name))
    assert drawing.startswith('<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><')
    assert "style=" not in drawing
    assert "<!--" not in drawing


def test_an_icon_nobody_drew_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_the_short_stylesheet_says_the_same_in_fewer_words() -> None:
    source = (STATIC / "css" / "base.css").read_text("utf-8")
    short = stylesheet("base")
    assert "/*" not in short
    assert short.count("{") == source.count("{")
    assert "--s3:min(.75rem,4vw)" in short
    assert ".stack>* + *{" in short
    assert len(stylesheet("base", "scan")) < 14_000


def test_no_template_has_a_style_attribute_or_a_script() -> None:
    for path in sorted(TEMPLATES.rglob("*.html")):
        text = path.read_text("utf-8")
        assert not re.search(r"\sstyle\s*=", text), path
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_every_icon_a_template_names_is_drawn() -> None:
    for path in sorted(TEMPLATES.rglob("*.html")):
        named = re.findall(r"\bicon\(\"([a-z-]+)\"", path.read_text("utf-8"))
        assert set(named) <= set(icon_names()), path


def test_every_colour_the_styles_use_is_named() -> None:
    sheets = "".join(path.read_text("utf-8") for path in (STATIC / "css").glob("*.css"))
    named = set(re.findall(r"(--[a-z0-9-]+):", sheets))
    used = set(re.findall(r"var\((--[a-z0-9-]+)[,)]", sheets))
    assert used - named - {"--rim", "--pad"} == set()
