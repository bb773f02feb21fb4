"""Hosts, cross-site posts, headers, cookies and sizes: TRUST part 3."""

import re
from pathlib import Path

import pytest
from flask import Flask, Response, request

from trace.web import create_app
from trace.web.security import (
    allow_source,
    own_address,
    read_session_cookie,
    set_session_cookie,
)
from trace.web.settings import Settings
from trace.web.static_files import inline_style

PLAIN = "http://localhost"
PUBLIC = "https://farm.example"


def app_for(tmp_path: Path, public_base_url: str | None = None, proxies: int = 0) -> Flask:
    app = create_app(
        Settings(instance=tmp_path, public_base_url=public_base_url, trusted_proxies=proxies)
    )

    @app.route("/deed", methods=["GET", "POST"])
    def deed() -> str:
        return f"done by {request.form.get('who', 'nobody')} from {request.remote_addr}"

    @app.get("/styled")
    def styled() -> str:
        allow_source("img-src", "blob:")
        return str(inline_style("base"))

    @app.get("/enter")
    def enter() -> Response:
        response = Response(str(read_session_cookie()))
        set_session_cookie(response, "token")
        return response

    @app.get("/kept")
    def kept() -> Response:
        return Response("kept", headers={"Cache-Control": "private, no-cache"})

    return app


def test_a_host_nobody_named_is_refused_in_plain_text(tmp_path: Path) -> None:
    answer = app_for(tmp_path).test_client().get("/deed", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert answer.mimetype == "text/plain"
    assert "<" not in answer.text


def test_the_public_host_is_answered_whatever_its_port(tmp_path: Path) -> None:
    client = app_for(tmp_path, PUBLIC).test_client()
    assert client.get("/deed", headers={"Host": "farm.example:8000"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": PLAIN}, 403),
        ({"Origin": PLAIN}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://localhost.evil.example"}, 403),
        ({"Origin": "http://localhost:9000"}, 403),
        ({"Origin": "null"}, 403),
        ({"Referer": "http://evil.example/page"}, 403),
        ({"Referer": "http://localhost/form"}, 200),
        ({}, 200),
    ],
)
def test_a_post_is_taken_from_our_own_pages_only(
    tmp_path: Path, headers: dict[str, str], code: int
) -> None:
    client = app_for(tmp_path).test_client()
    assert client.post("/deed", data={"who": "Wang"}, headers=headers).status_code == code


def test_a_post_from_the_public_address_passes_behind_a_proxy_that_renames_the_host(
    tmp_path: Path,
) -> None:
    client = app_for(tmp_path, PUBLIC).test_client()
    assert client.post("/deed", headers={"Origin": PUBLIC}).status_code == 200


def test_a_link_from_another_site_may_be_followed(tmp_path: Path) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Referer": "http://evil.example/"}
    assert app_for(tmp_path).test_client().get("/deed", headers=headers).status_code == 200


def test_every_answer_carries_the_headers_errors_and_static_files_too(tmp_path: Path) -> None:
    client = app_for(tmp_path).test_client()
    for path in ("/deed", "/missing", "/static/icon.svg", "/healthz"):
        with client.get(path) as answer:
            headers = answer.headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "camera=(self)" in headers["Permissions-Policy"], path
        assert "Strict-Transport-Security" not in headers, path


def test_https_is_remembered_by_browsers_where_the_address_is_https(tmp_path: Path) -> None:
    headers = app_for(tmp_path, PUBLIC).test_client().get("/deed").headers
    assert headers["Strict-Transport-Security"].startswith("max-age=")


def test_an_inline_stylesheet_is_allowed_by_its_hash_and_only_where_it_stands(
    tmp_path: Path,
) -> None:
    client = app_for(tmp_path).test_client()
    policy = client.get("/styled").headers["Content-Security-Policy"]
    assert re.search(r"style-src 'self' 'sha256-[A-Za-z0-9+/]{43}='", policy)
    assert "img-src 'self' blob:" in policy
    assert "sha256" not in client.get("/deed").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_pages_are_not_stored_unless_the_view_says_so(tmp_path: Path) -> None:
    client = app_for(tmp_path).test_client()
    assert client.get("/deed").headers["Cache-Control"] == "no-store"
    assert client.get("/kept").headers["Cache-Control"] == "private, no-cache"


def test_the_cookie_is_host_bound_and_secure_over_https(tmp_path: Path) -> None:
    cookie = app_for(tmp_path, PUBLIC).test_client().get("/enter").headers["Set-Cookie"]
    assert cookie.startswith("__Host-qijimu=token;")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie


def test_the_cookie_is_plain_where_browsers_would_refuse_the_prefix(tmp_path: Path) -> None:
    client = app_for(tmp_path).test_client()
    cookie = client.get("/enter").headers["Set-Cookie"]
    assert cookie.startswith("qijimu=token;")
    assert "HttpOnly" in cookie
    assert "Secure" not in cookie
    assert client.get("/enter").text == "token"


def test_the_sender_address_comes_from_the_proxy_only_where_one_is_trusted(tmp_path: Path) -> None:
    headers = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example"}
    behind = app_for(tmp_path, proxies=1).test_client().get("/deed", headers=headers)
    alone = app_for(tmp_path).test_client().get("/deed", headers=headers)
    assert "203.0.113.9" in behind.text
    assert "127.0.0.1" in alone.text


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("application/x-www-form-urlencoded", "who=", ""),
        (
            "multipart/form-data; boundary=b",
            '--b\r\nContent-Disposition: form-data; name="who"\r\n\r\n',
            "\r\n--b--\r\n",
        ),
    ],
)
def test_a_field_that_is_too_big_gets_a_friendly_413(
    tmp_path: Path, kind: str, before: str, after: str
) -> None:
    client = app_for(tmp_path).test_client()
    fits, too_big = (before + "x" * size + after for size in (1_000, 2_000_000))
    assert client.post("/deed", data=fits, content_type=kind).status_code == 200
    answer = client.post("/deed", data=too_big, content_type=kind)
    assert answer.status_code == 413
    assert "64 MB" in answer.text


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nb", "evil", "", None],
)
def test_a_redirect_never_leaves_this_server(path: str | None) -> None:
    assert own_address(path, "/farm") == "/farm"


def test_a_redirect_to_a_path_of_ours_keeps_its_question() -> None:
    assert own_address("/farm?day=1") == "/farm?day=1"
