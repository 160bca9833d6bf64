"""What kind of installation is this, and may it start?

One TOML file describes an installation; `GOLDENTHREAD_INSTALLATION` names it. Secrets are files beside it,
never values in it. What is unsafe is refused with one sentence before anything is served.
"""

import os
import stat
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from goldenthread.ingest.extract import Refused

VARIABLE = "GOLDENTHREAD_INSTALLATION"
SECRETS = ("session", "trail", "children")
SHORTEST_SECRET = 32  # characters

# What each setting is: a text that says "false" would otherwise switch on what it is to switch off.
_KNOWN: dict[str, dict[str, type]] = {
    "council": dict.fromkeys(
        ("name", "code", "service_name", "help", "colour", "text_on_colour", "link_colour", "logo"), str
    ),
    "service": {
        "demo": bool,
        "today": date,
        "hosts": list,
        "https": bool,
        "proxies": int,
        "stale_after_days": int,
        "case_system_link": str,
        "record_oversight": bool,
        "pick_up_folder": str,
        "pick_up_every_minutes": int,
        "pick_up_authority": str,
        "mail_from": str,
        "mail_host": str,
    },
    "database": {
        **dict.fromkeys(("engine", "path", "name", "user", "host", "password_file"), str),
        "port": object,  # a number, or a text
    },
    "sign_in": {
        "local_accounts": bool,
        "idle_minutes": int,
        "idle_minutes_narrative": int,
        "absolute_hours": int,
        "dormant_days": int,
        "council_asked_every_minutes": int,
        "openid_connect": dict,
    },
    # What a child counts for in a weighted caseload, where the council weighs them; 1 where nothing is said.
    "caseload_weights": dict.fromkeys(("looked_after", "protected", "leaving_care", "others"), float),
    "secrets": {"folder": str},
    "store": {"folder": str},
}
_IN_WORDS = {
    str: "a text in quotation marks",
    bool: "true or false",
    int: "a whole number, 0 or more",
    float: "a number, 0 or more",
    date: "a day such as 2018-01-02",
    list: "a list of texts",
    dict: "a section of its own",
}
_OPENID_CONNECT = {"name", "server", "client_id", "client_secret_file"}


@dataclass(frozen=True, kw_only=True)
class OpenIdConnect:
    """The council's own sign-in, for example Entra ID."""

    name: str
    server: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, kw_only=True)
class Installation:
    """One organisation's installation, as its file describes it."""

    folder: Path
    council: dict[str, Any]
    service: dict[str, Any]
    sign_in: dict[str, Any]
    database: dict[str, Any]
    secrets: dict[str, str]
    secret_files: frozenset[Path]
    store: Path
    openid_connect: OpenIdConnect | None = None
    caseload_weights: dict[str, float] = field(default_factory=dict)
    warnings: tuple[str, ...] = field(default=())

    @property
    def is_demo(self) -> bool:
        """Whether this is the demonstration: an invented authority and accounts that anybody may use."""
        return bool(self.service.get("demo", False))

    @property
    def today(self) -> date | None:
        """The day the demonstration takes for today; None: the real one."""
        return self.service.get("today")

    @property
    def uses_https(self) -> bool:
        """Whether people reach it over HTTPS; only a demonstration may do without."""
        return bool(self.service.get("https", not self.is_demo))

    @property
    def hosts(self) -> list[str]:
        """Names under which it answers."""
        return list(self.service.get("hosts", ["localhost", "127.0.0.1"] if self.is_demo else []))


def named() -> Path:
    """The installation file that the environment names."""
    value = os.environ.get(VARIABLE, "")
    if not value:
        raise Refused(
            f"Say which installation to run: set {VARIABLE} to the path of its installation.toml, "
            "or run `make demo` for the demonstration."
        )
    return Path(value)


def read(path: Path) -> Installation:
    """The installation a file describes; Refused, with one sentence, where it must not start."""
    if not path.is_file():
        raise Refused(f"There is no installation file at {path}: write one, or correct {VARIABLE}.")
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise Refused(f"{path.name} cannot be read as TOML ({problem}): correct it.") from None
    _refuse_unknown(path, data)
    folder = path.resolve().parent
    found = Installation(
        folder=folder,
        council=data.get("council", {}),
        service=data.get("service", {}),
        sign_in=data.get("sign_in", {}),
        database=_database(path, folder, data.get("database", {})),
        secrets=_secrets(path, folder / data.get("secrets", {}).get("folder", "secrets")),
        secret_files=_secret_files(folder, data),
        store=folder / data.get("store", {}).get("folder", "store"),
        openid_connect=_openid_connect(path, folder, data.get("sign_in", {}).get("openid_connect")),
        caseload_weights=data.get("caseload_weights", {}),
    )
    _refuse_unsafe(path, found)
    return found


def _refuse_unknown(path: Path, data: dict[str, Any]) -> None:
    for section, entries in data.items():
        if section not in _KNOWN or not isinstance(entries, dict):
            raise Refused(f"{path.name}: there is no section [{section}]; check its spelling.")
        for name in entries:
            if name not in _KNOWN[section]:
                raise Refused(f"{path.name}: [{section}] has no setting {name!r}; check its spelling.")
            kind = _KNOWN[section][name]
            if not _is(entries[name], kind):
                raise Refused(f"{path.name}: [{section}] {name} must be {_IN_WORDS[kind]}.")


def _is(value: object, kind: type) -> bool:
    """Whether a value is of this kind; true and false are no numbers, and a moment is no day."""
    if kind is int:
        return type(value) is int and value >= 0
    if kind is float:
        return type(value) in (int, float) and value >= 0
    if kind is object:
        return isinstance(value, int | str)
    if kind is list:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return type(value) is kind


def _database(path: Path, folder: Path, entries: dict[str, Any]) -> dict[str, Any]:
    engine = entries.get("engine", "sqlite")
    if engine == "sqlite":
        return {"engine": engine, "path": folder / entries.get("path", "service.sqlite3")}
    if engine != "postgresql":
        raise Refused(f"{path.name}: [database] engine is sqlite or postgresql, not {engine!r}.")
    if not entries.get("name"):
        raise Refused(f"{path.name}: say which database: [database] name.")
    password = entries.get("password_file")
    return entries | {"password": _secret_of(path, folder / password) if password else ""}


def _text_of(path: Path, file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except OSError as problem:
        raise Refused(f"{path.name} names {file}, which cannot be read: {problem.strerror}.") from None


def _secret_of(path: Path, file: Path) -> str:
    """A text that nobody but the service may read."""
    said = _text_of(path, file)
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        raise Refused(f"The secret {file} can be read by others: take that right away (chmod 600).")
    return said


def _secrets(path: Path, folder: Path) -> dict[str, str]:
    """The three keys: of sessions, of the trail's chain, of references to children."""
    found = {}
    for name in SECRETS:
        file = folder / name
        if not file.is_file():
            raise Refused(
                f"The secret {file} is missing: make each of {', '.join(SECRETS)} with "
                "`python -m goldenthread_web.config.secrets FOLDER`."
            )
        found[name] = _secret_of(path, file)
        if len(found[name]) < SHORTEST_SECRET:
            raise Refused(f"The secret {file} is shorter than {SHORTEST_SECRET} characters: make a new one.")
    if len(set(found.values())) < len(found):
        raise Refused(f"Two secrets in {folder} are the same: make each anew.")
    return found


def _secret_files(folder: Path, data: dict[str, Any]) -> frozenset[Path]:
    """Wherever a secret lies, so that no backup holds it."""
    keys = folder / data.get("secrets", {}).get("folder", "secrets")
    named = (
        data.get("database", {}).get("password_file"),
        data.get("sign_in", {}).get("openid_connect", {}).get("client_secret_file"),
    )
    return frozenset([*(keys / name for name in SECRETS), *(folder / one for one in named if one)])


def _openid_connect(path: Path, folder: Path, entries: dict[str, Any] | None) -> OpenIdConnect | None:
    if entries is None:
        return None
    lacking = _OPENID_CONNECT - set(entries)
    if lacking or set(entries) - _OPENID_CONNECT:
        raise Refused(
            f"{path.name}: [sign_in.openid_connect] "
            f"takes {', '.join(sorted(_OPENID_CONNECT))} and nothing else."
        )
    if not str(entries["server"]).startswith("https://"):
        raise Refused(f"{path.name}: the OpenID Connect server must be an https address.")
    secret = _secret_of(path, folder / entries["client_secret_file"])
    return OpenIdConnect(
        name=entries["name"], server=entries["server"], client_id=entries["client_id"], client_secret=secret
    )


def _refuse_unsafe(path: Path, found: Installation) -> None:
    """What only a demonstration may do."""
    if found.is_demo:
        return
    if found.today is not None:
        raise Refused(f"{path.name}: only a demonstration may have a day of its own: remove [service] today.")
    if not found.uses_https:
        raise Refused(f"{path.name}: only a demonstration may do without HTTPS: remove [service] https.")
    if not found.hosts or "*" in found.hosts:
        raise Refused(f"{path.name}: name the hosts it answers to in [service] hosts, without *.")
    if found.openid_connect is None and not found.sign_in.get("local_accounts"):
        raise Refused(
            f"{path.name}: say how people sign in: [sign_in.openid_connect], or local_accounts = true."
        )
    if os.environ.get("DJANGO_DEBUG") or os.environ.get("DEBUG"):
        raise Refused("DEBUG is set in the environment: the service does not run with it; unset it.")
    if (found.store / "SYNTHETIC").exists():
        raise Refused(
            f"{found.store} holds an invented authority, which only a demonstration may serve: "
            "name another store."
        )
