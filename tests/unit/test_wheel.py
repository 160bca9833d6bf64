"""The wheel: installed somewhere else, it has all its data and runs from any folder."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT, committed_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the committed files without fetching anything."""
    folder = tmp_path_factory.mktemp("wheel")
    for path in committed_files():
        if path.parts[0] == "goldenthread" or path.name in ("pyproject.toml", "LICENSE", "README.md"):
            (folder / "source" / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, folder / "source" / path)
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)],
        cwd=folder / "source",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


def test_wheel_holds_every_file_of_the_library(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.as_posix() for path in committed_files() if path.parts[0] == "goldenthread"}
    missing = {name for name in wanted - held if not name.endswith(".gitkeep")}
    assert not missing, f"not in the wheel: {sorted(missing)}"
    assert not [name for name in held if name.startswith(("tests/", "docs/"))]


def test_installed_wheel_runs_from_another_folder(wheel, tmp_path):
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    say = "import goldenthread, sys; sys.stdout.write(goldenthread.__file__)"
    where = subprocess.run(
        [sys.executable, "-P", "-c", say],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed)), "the installed wheel is not what was run"
    command = [sys.executable, "-P", "-m", "goldenthread"]
    for arguments, first in (
        (["standard", "--format", "json"], "table"),
        (["indicators", "--format", "json"], "ref"),
    ):
        done = subprocess.run(
            [*command, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert all(line[first] for line in json.loads(done.stdout))
