"""Settings come from the environment, then the file, and fail at start with every reason."""

from pathlib import Path

import pytest

from trace.web.settings import Settings, SettingsError, load_settings


def test_without_settings_the_server_listens_on_loopback_only(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    assert (settings.host, settings.port, settings.is_https) == ("127.0.0.1", 8000, False)
    assert settings.answers_to == ("localhost", "127.0.0.1")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.ini").write_text("[qijimu]\nPORT = 9000\nTRUSTED_PROXIES = 1\n")
    settings = load_settings(tmp_path, {"PORT": "9100"})
    assert (settings.port, settings.trusted_proxies) == (9100, 1)


def test_an_https_address_makes_cookies_secure_and_its_host_trusted(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"PUBLIC_BASE_URL": "https://Farm.example:8443/"})
    assert settings.is_https
    assert "farm.example" in settings.answers_to
    assert settings.public_host == "Farm.example:8443"


def test_every_wrong_value_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "config.ini").write_text("[qijimu]\nPROT = 9000\n")
    wrong = {
        "PORT": "eighty",
        "TRUSTED_PROXIES": "many",
        "PUBLIC_BASE_URL": "farm.example/path",
        "TRUSTED_HOSTS": "http://x",
        "LAN": "perhaps",
    }
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, wrong)
    for name in (*wrong, "PROT"):
        assert any(name in problem for problem in caught.value.problems), name


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "https://", "https://a.example/t", "https://u@a.example", "//a"]
)
def test_an_address_with_more_or_less_than_scheme_and_host_is_refused(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(SettingsError, match="PUBLIC_BASE_URL"):
        Settings(instance=tmp_path, public_base_url=url)


def test_a_file_that_cannot_be_read_is_a_wrong_setting(tmp_path: Path) -> None:
    (tmp_path / "config.ini").write_text("PORT = 9000\n")
    with pytest.raises(SettingsError, match=r"config\.ini"):
        load_settings(tmp_path, {})
