"""Real reports and letters, which lie beside the repository: what must be found in them, and how little else."""

import pytest

from goldenthread.papers.facts import facts
from goldenthread.papers.lint import lint
from goldenthread.papers.opposite import Said, claims, opposite, valence
from goldenthread.papers.quotations import Status, check
from goldenthread.papers.reading import read_paper
from goldenthread.papers.sentences import all_sentences
from goldenthread.papers.values import Of
from tests.samples import sample

REPORT, PARK, BOARD, MINUTES, LETTER = "000", "001", "002", "003", "004"
ALL = (REPORT, PARK, BOARD, MINUTES, LETTER)


def paper(start: str):
    folder = sample("seeds")
    return read_paper(next(folder.glob(f"{start}_*")))


def two_values(*starts: str):
    return [remark for remark in lint([paper(start) for start in starts]) if remark.code == "two-values"]


@pytest.mark.parametrize("start", [REPORT, BOARD])
def test_the_altered_quotation_of_paragraph_3_7_is_found(start):
    first, second, *rest = check(paper(start), paper(LETTER))
    assert first.status is Status.VERBATIM and first.quotation.paragraph.under == "3.7"
    assert second.status is Status.ALTERED and second.quotation.paragraph.under == "3.7"
    changes = {(change.old, change.new) for change in second.changes}
    assert {("visit", "visits"), ("cases", "case"), ("increasing", "increased")} <= changes
    assert second.letter_paragraph is not None and second.letter_paragraph.line == 64
    assert {one.status for one in rest} == {Status.NOT_FOUND}, "titles of guidance, which no letter has"


@pytest.mark.parametrize("start", [REPORT, BOARD])
def test_the_facts_that_disagree_are_found_and_nothing_else(start):
    found = two_values(start)
    pairs = {frozenset((remark.text, remark.sentence.split("“")[2].partition("”")[0])) for remark in found}
    assert {frozenset(("April 2018", "May 2018")), frozenset(("£4.5m", "£4.2m"))} <= pairs
    boards = [remark for remark in found if remark.text.endswith("Board")]
    assert len(boards) == 1 and len(found) == 3


@pytest.mark.parametrize("start", [PARK, MINUTES, LETTER])
def test_no_false_pair_within_the_others(start):
    assert two_values(start) == []


def test_all_five_together_show_the_same_three_pairs():
    remarks = lint([paper(start) for start in ALL])
    assert len([remark for remark in remarks if remark.code == "two-values"]) == 3


def test_points_told_as_per_cent_and_different_baselines_are_found():
    park = {remark.code for remark in lint([paper(PARK)])}
    assert "points-against-percent" in park
    told = [remark for remark in lint([paper(REPORT)]) if remark.code == "cherry-picked-baseline"]
    assert [remark.paragraph.number for remark in told] == ["3.23", "3.24", "3.30"]


def test_claims_without_a_figure_that_the_inventory_lists_are_found():
    bare = [remark for remark in lint([paper(REPORT)]) if remark.code == "claim-without-figure"]
    assert {"3.16", "3.18", "3.23", "3.24"} <= {remark.paragraph.number for remark in bare}


def test_the_claim_that_the_letter_contradicts_is_found():
    report, letter = paper(REPORT), paper(LETTER)
    findings = [
        Said(key=sentence.paragraph.anchor, text=sentence.text, valence=valence(sentence.text))
        for sentence in all_sentences(letter)
    ]
    found = opposite(claims(report), findings)
    places = {
        (report.paragraph(one.claim.key).number, letter.paragraph(one.finding.key).line) for one in found
    }
    assert ("3.27", 40) in places
    assert len(found) <= 25, "candidates that a person can look through"


def test_the_letter_is_read_with_its_paragraphs_whole():
    letter = paper(LETTER)
    lines = [one.line for one in letter.paragraphs]
    assert lines == sorted(lines) and {19, 21, 23, 38, 40, 44, 50, 52, 54, 56, 62, 64} <= set(lines)
    joined = letter.paragraphs[lines.index(56)]
    assert len(joined.text) > 1_000 and joined.text.endswith("individual children.")


def test_sums_dates_and_percentages_of_a_report_are_read():
    stated = facts(paper(REPORT))
    sums = {int(fact.value.number or 0) for fact in stated if fact.of is Of.MONEY}
    assert sums == {4_200_000, 4_500_000, 5_200_000, 16_000_000}
    shares = {float(fact.value.number or 0) for fact in stated if fact.of is Of.PERCENTAGE}
    assert shares == {36, 49, 51, 60, 74, 78.1, 87.9, 92, 95, 96}
