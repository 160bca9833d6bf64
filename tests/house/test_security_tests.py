"""Does each security test of the list have a test here, and does the tree hold no secret?"""

import csv
import re
from itertools import groupby

import pytest

from tests.house.tree import ROOT, committed_files, texts

LIST = ROOT / "tests" / "web" / "security_tests.csv"
ASKED = {
    *range(1, 21),
    *range(27, 86),
}  # of the service, by the numbers of the list
BY_A_PERSON = {61, 66, 77}
NOT_HERE = {58, 59, 63}
ASVS = ROOT / "docs" / "security" / "asvs.md"
CHAPTERS = (
    "Encoding and sanitization",
    "Validation and business logic",
    "Web frontend security",
    "API and web service",
    "File handling",
    "Authentication",
    "Session management",
    "Authorization",
    "Self-contained tokens",
    "OAuth and OIDC",
    "Cryptography",
    "Secure communication",
    "Configuration",
    "Data protection",
    "Secure coding and architecture",
    "Security logging and error handling",
    "WebRTC",
)  # of OWASP ASVS 5.0
# Who speaks to another machine: the council's sign-in, whose address stands in the installation file, and the
# demonstration, which looks whether it answers. Mails go by Django.
_SPEAKS = {"goldenthread_web/accounts/council_sign_in.py", "goldenthread_web/demo.py"}
_TO_ANOTHER = re.compile(
    r"urllib\.request|http\.client|get_requests_session"
    r"|^\s*(?:import|from) (?:socket|requests|httpx|aiohttp|ftplib|smtplib|urllib3)\b"
    r"(?! import RequestException$)",
    re.MULTILINE,
)
_SECRETS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b"
    rb"|\bxox[abprs]-[A-Za-z0-9-]{10,}|://[^/\s:@{}<>\"']+:[^/\s:@{}<>\"']+@"
)


def rows():
    with LIST.open(encoding="utf-8", newline="") as lines:
        return [(int(one["number"]), one["test"]) for one in csv.DictReader(lines)]


def test_every_number_of_the_list_has_a_test():
    assert {number for number, _ in rows()} == ASKED
    for start, numbers in (("by a person: ", BY_A_PERSON), ("not here: ", NOT_HERE)):
        assert {number for number, test in rows() if test.startswith(start)} == numbers
    assert {number for number, test in rows() if "::" not in test} == BY_A_PERSON | NOT_HERE


def test_every_chapter_of_the_standard_is_answered_with_tests_that_exist():
    answers = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in ASVS.read_text("utf-8").splitlines()
        if line.startswith("| V")
    ]
    assert [one[0] for one in answers] == [f"V{n} {title}" for n, title in enumerate(CHAPTERS, 1)]
    tried = {number for number, test in rows() if "::" in test}
    for chapter, does, shown_by, left in answers:
        assert does and left, chapter
        numbers = {int(one) for one in shown_by.split(", ") if one}
        assert numbers <= tried, (chapter, sorted(numbers - tried))
        assert numbers or does == "There is none", chapter


@pytest.mark.parametrize(
    ("path", "names"),
    [
        (path, [test.partition("::")[2] for _, test in listed])
        for path, listed in groupby(
            sorted((one for one in rows() if "::" in one[1]), key=lambda one: one[1]),
            key=lambda one: one[1].partition("::")[0],
        )
    ],
)
def test_the_tests_that_it_names_exist(path, names):
    text = (ROOT / path).read_text("utf-8")
    assert [name for name in names if not re.search(rf"^def {name}\(", text, re.MULTILINE)] == []


def test_73_every_dependency_is_one_version_with_its_hash():
    locks = sorted((ROOT / "requirements").glob("*.txt"))
    assert locks
    for lock in locks:
        stated = re.sub(r"\\\n\s*", " ", lock.read_text("utf-8")).splitlines()
        listed = [line for line in stated if line.strip() and not line.lstrip().startswith("#")]
        assert listed, lock.name
        loose = [
            one for one in listed if not re.match(r"[\w.\[\], -]+==\S+ .*--hash=sha256:[0-9a-f]{64}", one)
        ]
        assert loose == [], lock.name


def test_74_no_secret_is_in_the_tree():
    found = [path.as_posix() for path in committed_files() if _SECRETS.search((ROOT / path).read_bytes())]
    assert found == []


def test_69_no_address_that_somebody_typed_is_opened_by_the_service():
    speaking = {
        name
        for name, text in texts(".py")
        if name.startswith(("goldenthread/", "goldenthread_web/")) and _TO_ANOTHER.search(text)
    }
    assert speaking == _SPEAKS
