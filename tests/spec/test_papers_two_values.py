"""One subject with two values: which pairs are shown, and which are not, on texts about other things."""

from cProfile import Profile

import pytest

from goldenthread.papers.conflicts import conflicts
from goldenthread.papers.reading import read_text

# (one sentence, another of the same paper, because)
CONFLICTING = [
    (
        "The new library in Market Street will be completed in June 2024.",
        "We expect the new library in Market Street to be completed by September 2024.",
        "two months in which one building is finished",
    ),
    (
        "Phase 2 of the leisure centre redesign will be implemented by March 2023.",
        "Phase two of the leisure centre redesign was delivered in July 2023.",
        "one phase, in figures and in words, with two ends",
    ),
    (
        "The cost of resurfacing Station Road is estimated at £1.3m.",
        "Resurfacing Station Road is expected to cost £1.7 million.",
        "two costs of one road",
    ),
    (
        "The budget for the holiday hunger scheme is £250,000.",
        "A budget of £205,000 has been set aside for the holiday hunger scheme.",
        "figures changed places",
    ),
    (
        "At the end of March 2022, 81% of bin collections were on schedule.",
        "In March 2022 some 18% of bin collections were on schedule.",
        "two shares of one thing at one time",
    ),
    (
        "Of the housing stock, 64% meets the decent homes standard as at June 2021.",
        "As at June 2021, 68% of the housing stock meets the decent homes standard.",
        "two shares at one day",
    ),
    (
        "The inspectors of the museum made 12 recommendations about storage.",
        "We have answered all 14 recommendations about storage that the inspectors of the museum made.",
        "two counts of the same recommendations",
    ),
    (
        "The Riverside Flood Recovery Board meets each month.",
        "Progress goes to the Riverside Flood Resilience Board.",
        "one word of a body's name was swapped",
    ),
    (
        "The bus station consultation was launched in May 2020.",
        "Consultation on the bus station started in August 2020.",
        "two beginnings of one consultation, in different words",
    ),
    (
        "The allotment strategy was approved on 4 February 2019.",
        "Members approved the allotment strategy on 14 February 2019.",
        "two days of one approval",
    ),
    (
        "The swimming pool boiler replacement saved £90,000 in savings a year.",
        "Savings from the swimming pool boiler replacement are £60,000 a year.",
        "two savings of one boiler",
    ),
    (
        "Street lamp faults are repaired within 5 working days of a resident's report.",
        "A resident's report of street lamp faults leads to repair within 7 working days.",
        "two limits for one repair",
    ),
    (
        "The theatre roof works will be finished by 30 November 2025.",
        "The theatre roof works are to be finished by 30 October 2025.",
        "same day of two months",
    ),
]

INNOCENT = [
    (
        "Phase 1 of the leisure centre redesign will be completed in March 2023.",
        "Phase 2 of the leisure centre redesign will be completed in July 2024.",
        "two phases",
    ),
    (
        "The budget for the holiday hunger scheme in 2021/22 is £250,000.",
        "The budget for the holiday hunger scheme in 2022/23 is £310,000.",
        "two years",
    ),
    (
        "The cost of resurfacing Station Road rose from £1.3m to £1.7m.",
        "Resurfacing Station Road is expected to cost £1.7 million.",
        "a change that says so",
    ),
    (
        "In March 2022, 81% of bin collections were on schedule.",
        "In June 2022, 88% of bin collections were on schedule.",
        "two months of one indicator",
    ),
    (
        "The target for bin collections on schedule is 95%.",
        "As it stands, 88% of bin collections are on schedule.",
        "a target and where it stands",
    ),
    (
        "The new library in Market Street will be completed in June 2024.",
        "The new car park in Mill Lane will be completed in September 2024.",
        "two buildings",
    ),
    (
        "The new library in Market Street was started in June 2023.",
        "The new library in Market Street will be completed in June 2024.",
        "beginning and end",
    ),
    (
        "Around 92% of parks have a plan.",
        "Of parks, 91.6% have a plan.",
        "about 92 is 91.6",
    ),
    (
        "Attendance at the youth club stands at 88%.",
        "The youth club attendance is 87.9%.",
        "one is rounded",
    ),
    (
        "The allotment strategy was approved in February 2019.",
        "The allotment strategy was approved on 14 February 2019.",
        "one says less than the other",
    ),
    (
        "The North Area Planning Forum met in May.",
        "The South Area Planning Forum met in May.",
        "north and south are two bodies",
    ),
    (
        "The Riverside Flood Recovery Board reports to the Riverside Flood Resilience Board.",
        "The Riverside Flood Resilience Board was told.",
        "a sentence with both says that there are two",
    ),
    (
        "The theatre employs 12 permanent ushers.",
        "The theatre employs 30 agency ushers.",
        "permanent and agency",
    ),
    (
        "The contract for grass cutting is worth £400,000.",
        "We spent £310,000 on grass cutting.",
        "a price and what was spent are two statements",
    ),
    (
        "Over 95% of lamps in the Hill Team's area are lit in May 2021.",
        "In May 2021, 97% of lamps in the area of the Hill Team are lit.",
        "97 is over 95",
    ),
]


def a_paper(*said: str, name="report"):
    return read_text("\n\n".join(f"1.{at} {sentence}" for at, sentence in enumerate(said, 1)), name)


@pytest.mark.parametrize(("one", "other", "because"), CONFLICTING)
def test_two_values_of_one_subject_are_shown(one, other, because):
    found = conflicts([a_paper(one, "Nothing else is said here.", other)])
    assert len(found) == 1, because
    assert {found[0].first.paragraph.number, found[0].second.paragraph.number} == {"1.1", "1.3"}


@pytest.mark.parametrize(("one", "other", "because"), INNOCENT)
def test_what_does_not_contradict_is_not_shown(one, other, because):
    found = conflicts([a_paper(one, "Nothing else is said here.", other)])
    assert not found, f"{because}: {[conflict.sentence for conflict in found]}"


def test_all_innocent_sentences_in_one_paper_stay_innocent():
    said = list(dict.fromkeys(sentence for one, other, _ in INNOCENT for sentence in (one, other)))
    assert not conflicts([a_paper(*said)])


def test_all_conflicting_sentences_in_one_paper_give_each_pair_once():
    found = conflicts([a_paper(*(sentence for one, other, _ in CONFLICTING for sentence in (one, other)))])
    pairs = sorted(
        (int(one.first.paragraph.number[2:]), int(one.second.paragraph.number[2:])) for one in found
    )
    assert pairs == [(at, at + 1) for at in range(1, 2 * len(CONFLICTING), 2)]


def test_values_are_compared_between_papers_and_each_pair_is_shown_once_with_all_its_places():
    march = a_paper("The new library will be completed in June 2024.", name="march")
    may = a_paper(
        "The new library will be completed in August 2024.",
        "As reported before, the new library will be completed in June 2024.",
        name="may",
    )
    [found] = conflicts([march, may])
    assert {found.first.paper, found.second.paper, *(fact.paper for fact in found.also)} == {"march", "may"}
    assert len(found.also) == 1, "the third place that says one of the two"
    assert "June 2024" in found.sentence and "August 2024" in found.sentence


def test_figures_of_two_papers_are_compared_only_where_both_say_their_time():
    march = a_paper("Of parks, 91% have a plan.", name="march")
    may = a_paper("Of parks, 95% have a plan.", name="may")
    assert not conflicts([march, may]), "each may be right on its own day"


def test_papers_of_two_authorities_are_not_compared():
    one = a_paper("Leeds has a plan. The new library will be completed in June 2024.", name="one")
    other = a_paper("Bolton has a plan. The new library will be completed in May 2024.", name="other")
    assert not conflicts([one, other])


def test_what_a_paper_quotes_is_not_its_own_fact():
    said = "“The new library in Market Street will be completed in May 2024, we were told”"
    paper = a_paper(
        "The new library in Market Street will be completed in June 2024.", f"In 2023 they wrote {said}."
    )
    assert not conflicts([paper])


def test_many_facts_take_as_many_more_steps_as_there_are_more_of_them():
    ends = [f"{one}{vowel}{other}" for one in "bdfgklmnprst" for vowel in "aeiou" for other in "lmnrst"]
    names = [f"{first}{end}hall" for first in ("Ba", "Co", "De", "Fu", "Gi", "Ha") for end in ends]

    def steps(some):
        """How many functions are called: the same on every machine, however busy it is."""
        paper = read_text(
            "\n\n".join(f"The {name} will be completed in June 2024." for name in some), "report"
        )
        counted = Profile()
        assert not counted.runcall(conflicts, [paper])
        return sum(one.callcount for one in counted.getstats())

    steps(names[:100])  # reads the vocabularies, once for all
    few, many = steps(names[100:200]), steps(names[200:1000])
    assert many < 9 * few, "eight times as many facts: pair by pair it would be sixty-four times"
