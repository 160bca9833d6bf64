"""The demonstration's installation: its own keys, but for the one on which hangs whom a seed draws."""

from goldenthread_web import demo


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
