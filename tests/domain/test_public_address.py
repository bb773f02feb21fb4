"""Which addresses may stand on a real label."""

import pytest

from trace.domain.public_address import NO_ADDRESS, NOT_HTTPS, NOT_PUBLIC, label_address_problem


@pytest.mark.parametrize(
    "url", ["https://qijimu.example", "https://farm.example:8443", "https://8.8.8.8"]
)
def test_a_public_https_address_may_stand_on_labels(url: str) -> None:
    assert label_address_problem(url) is None


@pytest.mark.parametrize("url", [None, ""])
def test_without_an_address_no_label_is_printed(url: str | None) -> None:
    problem = label_address_problem(url)
    assert problem is not None and problem.message == NO_ADDRESS


@pytest.mark.parametrize("url", ["http://qijimu.example", "HTTP://8.8.8.8", "//qijimu.example"])
def test_plain_http_is_refused_with_the_address_given(url: str) -> None:
    problem = label_address_problem(url)
    assert problem is not None and problem.message == NOT_HTTPS
    assert url in str(problem)


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "127.0.0.1",
        "127.1",
        "[::1]",
        "10.0.0.5",
        "192.168.1.7",
        "172.20.0.3",
        "169.254.1.1",
        "100.64.0.1",
        "[fd00::1]",
        "[fe80::1]",
        "0.0.0.0",  # noqa: S104 - compared only
        "farmserver",
        "farm.local",
        "farm.lan",
        "shop.localhost",
        "db.internal",
        "2130706433",
    ],
)
def test_an_address_nobody_outside_can_reach_is_refused(host: str) -> None:
    problem = label_address_problem(f"https://{host}")
    assert problem is not None and problem.message == NOT_PUBLIC
