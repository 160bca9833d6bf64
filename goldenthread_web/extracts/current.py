"""Which load is in force, and with which settings is it read?"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from goldenthread.ingest.extract import Refused
from goldenthread.settings import Settings
from goldenthread.store import CURRENT, SETTINGS, Load, Store


def store() -> Store | None:
    """The store of this installation; None before anything was loaded."""
    try:
        return Store.open(settings.INSTALLATION.store)
    except Refused:
        return None


def current() -> Load | None:
    """The load in force; None before anything was loaded. The same object while nothing changes."""
    folder = settings.INSTALLATION.store
    try:
        changed = (folder / CURRENT).stat().st_mtime_ns
    except FileNotFoundError:
        return None
    return _current(folder, changed)


@lru_cache(maxsize=4)
def _current(folder: Path, _changed: int) -> Load | None:
    return Store.open(folder).current()


def local_settings() -> Settings:
    """The local parameters in force, from the settings file of the store."""
    path = settings.INSTALLATION.store / SETTINGS
    changed = path.stat().st_mtime_ns if path.is_file() else 0
    return _settings(path, changed)


@lru_cache(maxsize=4)
def _settings(path: Path, _changed: int) -> Settings:
    return Settings.read(path)
