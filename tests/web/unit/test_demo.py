"""The demonstration's installation: its own keys, but for the one on which hangs whom a seed draws."""

import io
import json
import sys

import pytest

from goldenthread_web import demo, in_turn


def test_every_demonstration_draws_the_same_children(tmp_path):
    kept = {}
    for name in ("one", "other"):
        demo.write_installation(tmp_path / name, "2018-01-02")
        secrets = sorted((tmp_path / name / "secrets").iterdir())
        assert all(one.stat().st_mode & 0o077 == 0 for one in secrets)
        kept[name] = {one.name: one.read_text("utf-8") for one in secrets}
    assert set(kept["one"]) == {"session", "trail", "children"}
    same = {name for name, text in kept["one"].items() if kept["other"][name] == text}
    assert same == {"children"}


def test_a_key_that_is_there_stays(tmp_path):
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "children").write_text("an earlier one", "utf-8")
    demo.write_installation(tmp_path, "2018-01-02")
    assert (tmp_path / "secrets" / "children").read_text("utf-8") == "an earlier one"


def test_commands_run_in_turn_and_the_first_that_fails_is_named_and_ends_it(monkeypatch, capsys):
    ran = []

    def run():
        ran.append(sys.argv[1:])
        if sys.argv[1] == "second":
            sys.exit(2)

    monkeypatch.setattr(in_turn, "run", run)
    monkeypatch.setattr(sys, "argv", ["in_turn"])
    monkeypatch.setattr(
        sys, "stdin", io.StringIO(json.dumps([["first", "--as", "said"], ["second"], ["third"]]))
    )
    with pytest.raises(SystemExit) as ended:
        in_turn.main()
    assert ran == [["first", "--as", "said"], ["second"]] and ended.value.code == 2
    assert capsys.readouterr().err == "`second` failed.\n"
