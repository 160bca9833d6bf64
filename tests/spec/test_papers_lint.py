"""What a reader would stumble over: for each rule sentences that get a remark, and sentences that do not."""

import pytest

from goldenthread.papers.lint import RULES, Severity, lint
from goldenthread.papers.reading import read_text

# (rule, text, what the remark points at or None, because)
EXAMPLES = [
    ("claim-without-figure", "Staff turnover has reduced in the museum.", "has reduced", "no number at all"),
    ("claim-without-figure", "More children visit the museum.", "More children", "how many more?"),
    (
        "claim-without-figure",
        "There was a significant reduction in visits. It rained.",
        "significant reduction",
        "the next sentence has no number either",
    ),
    ("claim-without-figure", "Staff turnover has reduced from 14% to 9%.", None, "from what to what"),
    ("claim-without-figure", "Staff turnover has reduced. It is 9% now.", None, "the next sentence says it"),
    ("claim-without-figure", "Visits are improving:\n\n- 40 visits in May", None, "the list that follows says it"),
    ("claim-without-figure", "The plan will show that visits are improving.", None, "a wish"),
    ("claim-without-figure", "The weather has improved.", None, "nothing that is counted"),
    (
        "claim-without-figure",
        "They wrote: “the number of visits has increased in all of the halls”.",
        None,
        "somebody else's claim",
    ),
    (
        "cherry-picked-baseline",
        "Visits rose from 40% in April 2021 to 61% in December 2021.\n\n"
        "Loans rose compared to June 2021 from 12% in June 2021 to 30% in December 2021.",
        "40% in April 2021 to 61%",
        "two starting points",
    ),
    (
        "cherry-picked-baseline",
        "Visits stood at 61% in December 2021. This is up from 40% in April 2021.\n\n"
        "Loans rose from 12% in June 2021 to 30% in December 2021.",
        "61%",
        "the starting point stands in the next sentence",
    ),
    (
        "cherry-picked-baseline",
        "Visits rose from 40% in April 2021 to 61% in December 2021.\n\n"
        "Loans rose from 12% in April 2021 to 30% in December 2021.",
        None,
        "one starting point for all",
    ),
    (
        "cherry-picked-baseline",
        "Visits rose since the spring, 40% in April and 61% in December.\n\n"
        "Loans rose from 12% in June 2021 to 30% in December 2021.",
        "40% in April and 61%",
        "without years, the first share is the starting point",
    ),
    (
        "cherry-picked-baseline",
        "Visits were 40%, 47%, 55% and 61% from April 2021 to July 2021.",
        None,
        "every month is told",
    ),
    ("points-against-percent", "Late loans fell by 6% to 20%.", "by 6% to 20%", "per cent or points?"),
    ("points-against-percent", "Late loans fell by 6 per cent to 20 per cent.", "by 6 per cent to 20 per cent", "in words"),
    ("points-against-percent", "Late loans fell by 6 percentage points to 20%.", None, "points, and says so"),
    ("points-against-percent", "Late loans fell from 26% to 20%.", None, "from and to"),
    ("polarity-not-in-words", "Return of loans within a week increased to 70%.", "increased to", "good or bad?"),
    ("polarity-not-in-words", "Return of loans increased to 70%, which is better.", None, "says it"),
    ("polarity-not-in-words", "Return of loans increased to 70%, against a target of 65%.", None, "a target says it"),
    ("polarity-not-in-words", "The number of loans increased to 700.", None, "not a percentage"),
    ("percentage-without-n", "In May 2021, 70% of loans came back.", "70%", "of how many?"),
    ("percentage-without-n", "In May 2021, 70% (140 of 200) of loans came back.", None, "140 of 200"),
    ("percentage-without-n", "Our target is 95%.", None, "a target has no cases"),
    ("figure-without-date", "Of our loans, 70% came back.", "70%", "as at when?"),
    ("figure-without-date", "Of our loans, 70% came back in May 2021.", None, "a month"),
    ("figure-without-date", "We counted in May 2021. Of our loans, 70% came back.", None, "the sentence before says it"),
    ("figure-without-date", "Of our loans, 70% came back on 5 Jan.", None, "a day of a month cut short"),
    ("figure-without-date", "Of our loans, 70% came back in Jan.", "70%", "of which January?"),
    ("figure-without-date", "Of our loans, 70% may 5 come back in march.", "70%", "months have a capital"),
    ("figure-without-date", "As at today 70% of loans came back.", None, "a day"),
    ("undefined-term", "The QXB met again.", "QXB", "never written out"),
    ("undefined-term", "The Quay and Xebec Board (QXB) met again.", None, "written out before it"),
    ("undefined-term", "The QXB (Quay and Xebec Board) met again.", None, "written out after it"),
    ("undefined-term", "The Quay (QXB) met. The Quay and Xebec Board (QXB) met.", None, "written out the second time"),
    ("undefined-term", "The Quayxebec Board (QXB) met.", None, "two letters of one word"),
    ("undefined-term", "The new board (QXB) met.", "QXB", "what stands before it is not its name"),
    ("undefined-term", "We signed the charter of the quay ('the QXB').", None, "as contracts do it"),
    ("undefined-term", "The NHS and a GP met in NW1.", None, "everybody knows them; a postcode"),
    ("undefined-term", "PLEASE NOTE THE DATE.", None, "a line in capitals"),
    ("undefined-term", "Cases are stepped down; each step down is checked.", "step down", "a term of the trade"),
    ("undefined-term", "A step down (moving to lighter help) is checked.", None, "says what it means"),
    ("red-without-narrative", "Loans\tRed\tin hand", "Red", "two words are no reason"),
    ("red-without-narrative", "Loans\tOff track\t", "Off track", "nothing beside it"),
    (
        "red-without-narrative",
        "Loans\tR\tThe van broke down in May; a new one is ordered and comes in June.",
        None,
        "says why and what is done",
    ),
    ("red-without-narrative", "Loans\tGreen\t", None, "not red"),
    ("red-without-narrative", "The Red Lion\tis a pub", None, "a name"),
    ("small-number-in-words", "Two children were moved.", "Two children", "two"),
    ("small-number-in-words", "We heard of three children aged 14 in the Hill Team.", "three children", "age and team"),
    ("small-number-in-words", "There were 4 young people in the flat.", "4 young people", "in figures"),
    ("small-number-in-words", "One child was missing.", "One child", "one"),
    ("small-number-in-words", "Of these, 12 children were moved.", None, "twelve"),
    ("small-number-in-words", "Two children's homes were inspected.", None, "homes"),
    ("small-number-in-words", "Five years of children's books were read.", None, "years"),
    ("small-number-in-words", "Two foster carers met children.", None, "carers"),
    ("small-number-in-words", "Two social workers met the children.", None, "workers"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "points_at", "because"), EXAMPLES)
def test_remarks(rule, text, points_at, because):
    found = [remark for remark in lint([read_text(text, "report")]) if remark.code == rule]
    if points_at is None:
        assert not found, f"{because}: {found[0].sentence}"
    else:
        assert found, because
        assert found[0].text == points_at, because
        assert found[0].paragraph.text[found[0].start : found[0].end] == points_at
        assert found[0].sentence.endswith((".", "?"))


def test_an_age_and_a_team_beside_a_small_number_are_named():
    [remark] = [
        one
        for one in lint([read_text("We heard of three children aged 14 in the Hill Team.", "report")])
        if one.code == "small-number-in-words"
    ]
    assert "an age" in remark.sentence and "a team" in remark.sentence
    assert remark.severity is Severity.ERROR


def test_every_rule_has_an_example_that_gets_a_remark_and_one_that_does_not():
    codes = {rule.code for rule in RULES}
    assert {rule for rule, _, points_at, _ in EXAMPLES if points_at} == codes
    assert {rule for rule, _, points_at, _ in EXAMPLES if points_at is None} == codes


def test_remarks_stand_in_the_order_of_the_paper_and_two_values_come_last():
    text = (
        "1.1 The hall will be finished in May 2021.\n\n1.2 Late loans fell by 6% to 20%.\n\n"
        "1.3 The hall will be finished in June 2021."
    )
    remarks = lint([read_text(text, "report")])
    assert [remark.paragraph.number for remark in remarks][-1] == "1.3"
    last = remarks[-1]
    assert (last.code, last.text, last.severity) == ("two-values", "June 2021", Severity.CHECK)
    assert [(name, place.number) for name, place in last.other] == [("report", "1.1")]
