"""What an operator sets, in the environment or in `config.ini` of the instance folder.

Wrong values fail at start, all of them named.

    PUBLIC_BASE_URL=https://qijimu.example   address printed on labels; https means secure cookies
    HOST=127.0.0.1  PORT=8000  LAN=0         where to listen; LAN=1 serves the local network
    TRUSTED_HOSTS=shop.example, 10.0.0.5     further names to answer to (ports are ignored)
    TRUSTED_PROXIES=0                        proxies in front, each adding to X-Forwarded-For
"""

import configparser
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, current_app

LOOPBACK_NAMES = ("localhost", "127.0.0.1")
NAMES = ("PUBLIC_BASE_URL", "HOST", "PORT", "TRUSTED_HOSTS", "TRUSTED_PROXIES", "LAN")

_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)


class SettingsError(ValueError):
    """One or more settings are wrong; the text names every one."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("wrong settings:\n" + "\n".join(f"  {problem}" for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Settings:
    """The settings of one running server. Raises SettingsError naming every wrong value."""

    instance: Path
    public_base_url: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    trusted_hosts: tuple[str, ...] = field(default=())
    trusted_proxies: int = 0
    is_example: bool = False
    lan: bool = False

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise SettingsError(problems)

    @property
    def is_https(self) -> bool:
        """Whether people reach the server over https: cookies are then Secure, and HSTS is sent."""
        return bool(self.public_base_url and self.public_base_url.startswith("https://"))

    @property
    def public_host(self) -> str | None:
        """The host, with its port where it has one, of `public_base_url`."""
        return urlsplit(self.public_base_url).netloc if self.public_base_url else None

    @property
    def answers_to(self) -> tuple[str, ...]:
        """Every host name a request may ask for, without port."""
        own = (urlsplit(self.public_base_url).hostname,) if self.public_base_url else ()
        listening = () if self.host in ("0.0.0.0", "::") else (self.host,)  # noqa: S104 - compared only
        names = (*LOOPBACK_NAMES, *own, *listening, *self.trusted_hosts)
        return tuple(dict.fromkeys(name.lower() for name in names if name))


def _problems(settings: Settings) -> list[str]:
    found = []
    if settings.public_base_url is not None:
        found += _url_problems(settings.public_base_url)
    if not 0 < settings.port < 65536:
        found.append(f"PORT: a number from 1 to 65535 is expected, not {settings.port}")
    if not 0 <= settings.trusted_proxies <= 9:
        found.append(
            f"TRUSTED_PROXIES: a number from 0 to 9 is expected, not {settings.trusted_proxies}"
        )
    if not settings.host:
        found.append("HOST: an address to listen on is expected, not an empty text")
    found += [
        f"TRUSTED_HOSTS: a host name without scheme or port is expected, not {name!r}"
        for name in settings.trusted_hosts
        if not _HOST.fullmatch(name)
    ]
    return found


def _url_problems(text: str) -> list[str]:
    try:
        url = urlsplit(text)
        wrong = url.scheme not in ("http", "https") or not _HOST.fullmatch(url.hostname or "")
        wrong = (
            wrong or url.port == 0 or bool(url.path or url.query or url.fragment or url.username)
        )
    except ValueError:
        wrong = True
    expected = "an address such as https://qijimu.example, without a path"
    return [f"PUBLIC_BASE_URL: {expected}, is expected, not {text!r}"] if wrong else []


def load_settings(instance: Path, environ: Mapping[str, str], is_example: bool = False) -> Settings:
    """Settings from the environment, else `instance/config.ini` (section [qijimu]), else defaults.

    Raises SettingsError naming every wrong value, a misspelt name in the file included.
    """
    values, problems = _file_values(instance / "config.ini")
    values |= {name: environ[name] for name in NAMES if environ.get(name, "").strip()}
    numbers = {}
    for name, default in (("PORT", 8000), ("TRUSTED_PROXIES", 0)):
        typed = values.get(name, str(default)).strip()
        numbers[name] = int(typed) if re.fullmatch(r"\d{1,6}", typed) else default
        if not re.fullmatch(r"\d{1,6}", typed):
            problems.append(f"{name}: a whole number is expected, not {typed!r}")
    lan = values.get("LAN", "0").strip().lower()
    if lan not in ("0", "1", "yes", "no", "true", "false"):
        problems.append(f"LAN: 0 or 1 is expected, not {lan!r}")
    is_lan = lan in ("1", "yes", "true")
    url = values.get("PUBLIC_BASE_URL", "").strip().rstrip("/") or None
    listed = tuple(re.split(r"[\s,]+", values.get("TRUSTED_HOSTS", "").strip()))
    host = values.get("HOST", "0.0.0.0" if is_lan else "127.0.0.1").strip()  # noqa: S104 - asked for
    try:
        settings = Settings(
            instance=instance,
            public_base_url=url,
            host=host,
            port=numbers["PORT"],
            trusted_hosts=tuple(name for name in listed if name),
            trusted_proxies=numbers["TRUSTED_PROXIES"],
            is_example=is_example,
            lan=is_lan,
        )
    except SettingsError as error:
        raise SettingsError([*problems, *error.problems]) from None
    if problems:
        raise SettingsError(problems)
    return settings


def _file_values(path: Path) -> tuple[dict[str, str], list[str]]:
    if not path.exists():
        return {}, []
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text("utf-8"))
    except (configparser.Error, UnicodeDecodeError) as error:
        return {}, [f"{path.name} cannot be read: {error}"]
    read = (
        {name.upper(): value for name, value in parser["qijimu"].items()}
        if (parser.has_section("qijimu"))
        else {}
    )
    unknown = sorted(set(read) - set(NAMES))
    problems = [
        f"{path.name}: {name} is not a setting; known are {', '.join(NAMES)}" for name in unknown
    ]
    problems += [
        f"{path.name}: section [{name}] is not known; only [qijimu] is"
        for name in parser.sections()
        if name != "qijimu"
    ]
    return read, problems


def keep_settings(app: Flask, settings: Settings) -> None:
    """Let every view of this application find its settings."""
    app.extensions["qijimu_settings"] = settings


def current_settings() -> Settings:
    """The settings of the application that answers this request."""
    settings: Settings = current_app.extensions["qijimu_settings"]
    return settings
