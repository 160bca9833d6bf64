"""`goldenthread publish`, `restated` and `scorecard`: what is written, printed and refused."""

import csv
import io
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from goldenthread.cli import app
from goldenthread.loading import load
from tests.deliveries import a_folder

AS_AT = date(2017, 12, 31)


def some_contacts(count: int) -> str:
    """Contacts of December, each decided the next day; the first three by a team with a hostile name."""
    lines = ["contact_id,child_id,received_at,decided_at,outcome,team"]
    for number in range(count):
        day = date(2017, 12, 1) + timedelta(number % 20)
        team = "<script>1</script>" if number < 3 else f"Team {number % 2}"
        lines.append(f"k{number},c{number},{day},{day},advice,{team}")
    return "\n".join(lines)


def loaded(folder: Path, count: int) -> Path:
    a_folder(folder / f"in{count}", contacts=some_contacts(count))
    load([folder / f"in{count}"], as_at_on=AS_AT, store=folder / "store", authority="999")
    return folder / "store"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return loaded(tmp_path_factory.mktemp("published"), 40)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def publish(store: Path, name: str, *options: str) -> Result:
    return run("publish", name, "--store", str(store), "--on", "2017-12-31", "--indicator", "FD-01", *options)


def test_published_restated_and_flagged(tmp_path: Path) -> None:
    store = loaded(tmp_path, 40)
    made = publish(store, "Board December", "--by", "team")
    assert made.exit_code == 0, made.stderr
    assert made.stderr == f"4 figures were published in {store / 'publications' / 'Board December'}.\n"

    again = publish(store, "Board December")
    assert (again.exit_code, again.stderr) == (
        2,
        "Board December was published already and stays as it is: choose another name.\n",
    )

    same = run("restated", "Board December", "--store", str(store))
    assert same.exit_code == 0, same.stderr
    assert "0 of 4 figures differ" in same.stderr

    loaded(tmp_path, 46)
    now = run("restated", "Board December", "--store", str(store), "--format", "csv")
    assert now.exit_code == 1, now.stderr
    assert "Other data is loaded than was published from (as at 2017-12-31)." in now.stderr
    lines = list(csv.DictReader(io.StringIO(now.stdout)))
    found = [(one["team"], one["published_value"], one["present_value"], one["is_flagged"]) for one in lines]
    assert found == [
        ("", "40", "46", "true"),
        ("Team 0", "18", "21", "false"),
        ("Team 1", "19", "22", "false"),
    ]


def test_the_public_file_hides_the_small_team(store: Path) -> None:
    made = publish(store, "Cabinet", "--by", "team", "--public")
    assert made.exit_code == 0, made.stderr
    text = (store / "publications" / "Cabinet" / "public.csv").read_text("utf-8")
    values = {line["team"]: line["value"] for line in csv.DictReader(io.StringIO(text))}
    assert values == {"": "40", "<script>1</script>": "c", "Team 0": "c", "Team 1": "19"}


def test_what_two_publications_would_tell_together_is_said(tmp_path: Path) -> None:
    store = loaded(tmp_path, 40)
    assert publish(store, "October", "--public").exit_code == 0
    loaded(tmp_path, 42)
    made = publish(store, "November", "--public")
    assert made.exit_code == 0
    assert "was published as 40 in October: the difference to the number now would tell" in made.stderr


def test_a_publication_is_not_compared_with_a_load_that_ends_before_it(tmp_path: Path) -> None:
    store = loaded(tmp_path, 40)
    publish(store, "Board")
    earlier = tmp_path / "restored"
    load([tmp_path / "in40"], as_at_on=date(2017, 12, 15), store=earlier, authority="999")
    shutil.copytree(store / "publications", earlier / "publications")
    refused = run("restated", "Board", "--store", str(earlier))
    assert (refused.exit_code, refused.stderr) == (
        2,
        "Board goes to 2017-12-31; the load in force is as at 2017-12-15: load later data.\n",
    )


def test_a_publication_is_not_compared_on_a_day_without_bank_holidays(tmp_path: Path) -> None:
    store = loaded(tmp_path, 40)
    publish(store, "Board")
    load([tmp_path / "in40"], as_at_on=date(2031, 1, 31), store=store, authority="999")
    refused = run("restated", "Board", "--store", str(store))
    assert refused.exit_code == 2
    assert refused.stderr.startswith("Board cannot be compared: ")
    assert "lies outside the bank holidays held" in refused.stderr


def test_months_may_be_published_together(store: Path) -> None:
    made = publish(store, "Year", "--every", "month")
    assert made.stderr.startswith("12 figures were published")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("publish", "../x", "--on", "2017-12-31"), "'../x' cannot be the name of a publication"),
        (("publish", "X", "--on", "soon"), "--on 'soon' is not a date: write it as YYYY-MM-DD."),
        (("publish", "X", "--on", "2017-12-31", "--by", "shoe"), "--by shoe is no breakdown"),
        (("publish", "X", "--on", "2017-12-31", "--indicator", "XX-01"), "There is no indicator XX-01"),
        (("publish", "X", "--on", "2017-12-31", "--round-to-5"), "--round-to-5 needs --public"),
        (("restated", "Nothing"), "There is no publication 'Nothing'"),
        (("scorecard", "--on", "soon"), "--on 'soon' is not a date"),
        (
            ("scorecard", "--on", "2017-12-31", "--compare", "Atlantis"),
            "--compare Atlantis: there are figures",
        ),
        (
            ("scorecard", "--on", "2017-12-31", "-o", "/no/such/folder/x.html"),
            "There is no folder /no/such/folder",
        ),
    ],
)
def test_refused_in_one_sentence_with_nothing_written(
    store: Path, words: tuple[str, ...], sentence: str
) -> None:
    before = sorted(path for path in store.rglob("*") if "compiled" not in path.parts)
    result = run(*words, "--store", str(store))
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert sorted(path for path in store.rglob("*") if "compiled" not in path.parts) == before


def test_a_suppression_that_shows_single_children_is_refused(tmp_path: Path) -> None:
    store = loaded(tmp_path, 10)
    settings = store / "settings.toml"
    settings.write_text("[parameters]\nsuppress_below = 2\n" + settings.read_text("utf-8"), "utf-8")
    refused = publish(store, "Cabinet", "--public")
    assert (refused.exit_code, refused.stderr) == (2, "suppress_below is 2: it must be 3 or more.\n")
    assert not (store / "publications" / "Cabinet").exists()


def test_the_scorecard_is_printed_and_written(store: Path, tmp_path: Path) -> None:
    out = tmp_path / "card.html"
    result = run("scorecard", "--store", str(store), "--on", "2018-01-02", "-o", str(out), "--format", "csv")
    assert result.exit_code == 0, result.stderr
    assert result.stderr == f"The scorecard is in {out}: open it in a browser.\n"
    lines = {line["ref"]: line for line in csv.DictReader(io.StringIO(result.stdout))}
    assert (lines["FD-01"]["value"], lines["FD-01"]["area"]) == ("40", "front door")
    assert (lines["FD-02"]["value"], lines["FD-02"]["cases"]) == ("100.0%", "40 of 40")
    assert (lines["CP-03"]["value"], lines["CP-03"]["status"]) == ("Not computable", "not_computable")
    text = out.read_text("utf-8")
    assert "<h1>Children’s services scorecard</h1>" in text
    assert "Council 999" in text
    assert "2 days old on 2 January 2018" in text
    assert "<script" not in text


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk to write to")
def test_a_scorecard_that_cannot_be_written_is_refused(store: Path) -> None:
    result = run("scorecard", "--store", str(store), "--on", "2017-12-31", "-o", "/dev/full")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "The scorecard cannot be written to /dev/full: No space left on device.\n"


def test_the_scorecard_in_the_terminal_is_readable(store: Path) -> None:
    result = run("scorecard", "--store", str(store), "--on", "2017-12-31")
    assert result.exit_code == 0, result.stderr
    assert "Front door" in result.stdout
    assert "40 of 40" in result.stdout
    assert "indicators cannot be worked out; the page says which and why." in result.stdout
