"""The list of components names everything that is locked, and a feed that does not answer is no good news."""

import json
import re
import subprocess
import sys

import pytest

from deploy.components import LOCK, LOCKS, OURS, components, listed
from deploy.faults import answer
from deploy.permissions import PAGE, page
from tests.house.tree import ROOT

LIBRARY = """\
django==5.2.9 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via
    #   goldenthread (pyproject.toml)
    #   django-allauth
django-allauth[mfa, socialaccount]==65.1 \\
    --hash=sha256:{a}
    # via goldenthread (pyproject.toml)
""".format(a="a" * 64, b="b" * 64)


def test_a_component_has_its_version_every_hash_and_what_wants_it():
    found = listed(components(LIBRARY))
    first, second = found["components"]
    assert (first["name"], first["version"], first["purl"]) == ("django", "5.2.9", "pkg:pypi/django@5.2.9")
    assert [one["content"][0] for one in first["hashes"]] == ["a", "b"]
    assert (second["name"], second["version"]) == ("django-allauth", "65.1")
    wants = {one["ref"]: one["dependsOn"] for one in found["dependencies"]}
    assert wants[OURS] == ["pkg:pypi/django-allauth@65.1", "pkg:pypi/django@5.2.9"]
    assert wants["pkg:pypi/django-allauth@65.1"] == ["pkg:pypi/django@5.2.9"]


def test_73_the_list_names_every_locked_dependency_with_its_hashes_and_no_address():
    ran = subprocess.run(
        [sys.executable, "-m", "deploy.components"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(ran.stdout)
    lock = (LOCKS / LOCK).read_text("utf-8")
    names = re.findall(r"^([\w.-]+)(?:\[.*?\])?==(\S+)", lock, re.MULTILINE)
    assert [(one["name"], one["version"]) for one in found["components"]] == names
    assert len(names) > 50
    assert sum(len(one["hashes"]) for one in found["components"]) == lock.count("--hash=sha256:")
    assert all(one["hashes"] for one in found["components"])
    assert "://" not in ran.stdout
    refs = {one["bom-ref"] for one in found["components"]}
    assert {one for each in found["dependencies"] for one in each["dependsOn"]} == refs, "nobody wants one"


FAULT = {"id": "CVE-2026-0001", "fix_versions": ["5.2.10"], "aliases": []}


@pytest.mark.parametrize(
    ("said", "complaint", "code", "sentence"),
    [
        ([{"name": "django", "version": "5.2.9", "vulns": []}], "", 0, "No fault is known in the 1 locked"),
        (
            [{"name": "django", "version": "5.2.9", "vulns": [FAULT]}],
            "Found 1 known vulnerability",
            1,
            "django 5.2.9: CVE-2026-0001, mended in 5.2.10",
        ),
        (
            [{"name": "django", "version": "5.2.9", "vulns": [FAULT | {"fix_versions": []}]}],
            "",
            1,
            "mended in no version yet",
        ),
        ([{"name": "django", "skip_reason": "not found"}], "", 2, "NOT CHECKED: nothing is known of django"),
        ([], "", 2, "NOT CHECKED"),
        (None, "Traceback\nConnectionError: no route", 2, "could not be asked (ConnectionError)"),
        (None, "", 2, "could not be asked (it said nothing)"),
    ],
)
def test_73_a_known_fault_fails_and_a_feed_that_does_not_answer_is_told(said, complaint, code, sentence):
    found = answer("" if said is None else json.dumps({"dependencies": said, "fixes": []}), complaint)
    assert found[0] == code
    assert sentence in found[1]


def test_the_page_of_permissions_is_what_the_service_reads():
    assert PAGE.read_text("utf-8") == page(), "run `python -m deploy.permissions` and commit the result"
