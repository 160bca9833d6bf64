"""The README: every command in it is real and does what stands there."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from goldenthread.cli import app

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
COMMANDS = [line.split(" # ")[0] for block in BLOCKS for line in block.splitlines() if line.strip()]
OF_MAKE = [command for command in COMMANDS if command.startswith("make ")]
OURS = [command for command in COMMANDS if command.startswith("goldenthread ")]


def _run(command: str) -> Result:
    return CliRunner().invoke(app, shlex.split(command)[1:])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make demo` leaves behind, with fewer children."""
    folder = tmp_path_factory.mktemp("readme")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert _run("goldenthread synth demo/east --authority east --children 150").exit_code == 0
        assert _run("goldenthread load demo/east --as-at 2017-12-31 --store demo/store").exit_code in (0, 1)
    return folder


def test_there_are_two_commands_to_begin_with():
    targets = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    first = BLOCKS[0].split("\n")
    assert [line.split(" #")[0].strip() for line in first if line] == ["make demo", "make test"]
    assert {command.split()[1] for command in OF_MAKE} <= set(targets)


def test_the_tour_shows_the_commands_there_are():
    shown = {shlex.split(command)[1] for command in OURS}
    assert shown >= {"load", "check", "figures", "rows", "due", "scorecard", "publish", "standard"}
    assert len(COMMANDS) == len(OF_MAKE) + len([c for c in COMMANDS if c.startswith(("goldenthread ", ". "))])


def test_every_command_of_the_tour_runs_in_its_order(demo, monkeypatch):
    monkeypatch.chdir(demo)
    for command in OURS:
        result = _run(command)
        assert result.exit_code in (0, 1), f"{command}\n{result.output}"  # 1: findings
        assert result.exception is None or isinstance(result.exception, SystemExit), command
