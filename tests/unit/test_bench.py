"""What the bench measures is the work itself, on the numbers it says."""

import csv
import io
import json
from math import isclose
from pathlib import Path

import pytest
from typer.testing import CliRunner

from goldenthread.cli import app
from goldenthread.measuring import censuses, drawing, figures, limits
from goldenthread.measuring.apart import NotDone, Reading, peak_mebibytes, reading
from goldenthread.measuring.jobs import Measured, Size, exponent, measured


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return drawing.authorities(
        str(tmp_path_factory.mktemp("jobs") / "small"), number=2, children=60, together=1
    )


@pytest.fixture(scope="module")
def lines(drawn):
    return figures.by_team(drawn["folders"][0])


def _one(job, children, cpu_seconds):
    return Measured(
        job=job,
        what="",
        authorities=1,
        children=children,
        rows=1,
        lines=1,
        wall_seconds=1.0,
        cpu_seconds=cpu_seconds,
        peak_mebibytes=1.0,
        bare_wall_seconds=0.25,
    )


def test_every_line_of_figures_has_its_sums(drawn, lines):
    sums = figures.sums_by_team(drawn["folders"][:1], at_once=1)
    assert 0 < sums["lines"] <= lines["lines"]  # a period in which nothing fell has a line, and no sum
    both = figures.sums_by_team(drawn["folders"], at_once=1)
    assert both["lines"] > sums["lines"]
    assert both["tables"] == lines["tables"]


def test_the_bare_reading_is_of_every_row_of_the_same_tables(drawn, lines):
    assert set(lines["tables"]) >= {"children", "referrals", "visits"}
    assert 0 < limits.scan(drawn["folders"], lines["tables"])["rows"] <= drawn["rows"]


def test_the_worklist_of_a_day_has_lines_and_reads_what_it_says(drawn):
    found = figures.days_worklist(drawn["folders"][0])
    assert found["lines"] > 0
    assert "visits" in found["tables"]


def test_a_census_is_read_whole(tmp_path):
    path = str(tmp_path / "census.xml")
    assert drawing.census(path, children=25)["bytes"] > 0
    assert censuses.whole(path)["lines"] == 25
    assert limits.elements(path)["elements"] > 25


def test_work_is_done_in_a_process_of_its_own_which_says_what_it_took(tmp_path):
    took = reading("drawing:census", path=tmp_path / "census.xml", children=10)
    assert (tmp_path / "census.xml").is_file()
    assert took.wall_seconds > 0
    assert took.peak_mebibytes > 10


def test_work_that_fails_says_why(tmp_path):
    with pytest.raises(NotDone, match=r"censuses:whole could not be measured: .*nothing\.xml"):
        reading("censuses:whole", path=tmp_path / "nothing.xml")


def test_growth_is_the_power_of_the_number_of_children():
    in_step = [_one("growth", n, n * 0.001) for n in (1000, 2000, 4000)]
    assert isclose(exponent(in_step), 1.0)
    squared = [_one("growth", n, n * n * 1e-6) for n in (1000, 2000, 4000)]
    assert isclose(exponent([_one("figures", 7, 900.0), *squared]), 2.0)
    assert exponent(in_step[:1]) is None


def test_the_ratio_is_to_the_bare_reading():
    assert _one("figures", 10, 1.0).ratio == 4.0


def test_many_processes_give_the_sums_that_one_gives(drawn):
    one, two = (figures.sums_by_team(drawn["folders"], at_once=number) for number in (1, 2))
    assert (one["lines"], one["tables"]) == (two["lines"], two["tables"])
    assert one["others_mebibytes"] == 0 < two["others_mebibytes"]


def test_memory_is_told_where_there_is_no_proc(monkeypatch):
    said = peak_mebibytes()
    monkeypatch.setattr("goldenthread.measuring.apart.Path", lambda path: Path("/no/such/file"))
    assert 0 < peak_mebibytes() < 20 * said


def _instead(work, **given):
    did = {"folders": ["one"], "rows": 9, "lines": 3, "tables": ["children"]}
    return Reading(wall_seconds=2.0, cpu_seconds=1.0, peak_mebibytes=5.0, start_cpu_seconds=0.1, did=did)


def test_the_bench_prints_each_job_and_writes_it(monkeypatch, tmp_path):
    monkeypatch.setattr("goldenthread.measuring.jobs.reading", _instead)
    out = tmp_path / "results" / "library.json"
    done = CliRunner().invoke(app, ["bench", "--format", "csv", "-o", str(out)])
    assert done.exit_code == 0, done.stderr
    jobs = [line["job"] for line in csv.DictReader(io.StringIO(done.stdout))]
    assert jobs == ["figures", "worklist", "census", "region", *["growth"] * 4]
    assert "Time grows with children to the power of 0.00 (1 is in step)." in done.stderr
    written = json.loads(out.read_text("utf-8"))
    assert [line["job"] for line in written["jobs"]] == jobs and written["jobs"][0]["ratio"] == 1.0
    without = CliRunner().invoke(app, ["bench", "--format", "csv"])
    assert without.stdout == done.stdout


def test_a_bench_that_cannot_be_done_is_refused_in_one_sentence(monkeypatch):
    def fails(work, **given):
        raise NotDone(f"{work} could not be measured: no space left on device")

    monkeypatch.setattr("goldenthread.measuring.jobs.reading", fails)
    done = CliRunner().invoke(app, ["bench"])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.endswith("could not be measured: no space left on device\n")


def test_jobs_are_measured_one_after_the_other_and_said(monkeypatch, tmp_path):
    asked, said = [], []

    def instead(work, **given):
        asked.append(work)
        did = {"folders": ["one"], "rows": 9, "lines": 3, "tables": ["children"]}
        return Reading(wall_seconds=2.0, cpu_seconds=1.0, peak_mebibytes=5.0, start_cpu_seconds=0.1, did=did)

    monkeypatch.setattr("goldenthread.measuring.jobs.reading", instead)
    found = list(measured(tmp_path, Size(authorities=3), at_once=2, england=True, say=said.append))
    jobs = [one.job for one in found]
    assert jobs == ["figures", "worklist", "census", "region", "England", *["growth"] * 4]
    assert [one.authorities for one in found][3:5] == [3, 153]
    assert found[4].children == 153 * Size.of_an_authority
    assert "limits:elements" in asked
    assert len(said) == 8
