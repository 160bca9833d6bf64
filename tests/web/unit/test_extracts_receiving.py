"""Files as they come in: what is refused while it streams, and what is left on disk (tests 47 and 8)."""

import errno
import io
import stat

import pytest
from django.core.files.uploadhandler import StopUpload
from django.http import HttpRequest

from goldenthread_web.accounts.refusals import Refused
from goldenthread_web.extracts import receiving
from goldenthread_web.extracts.kept_files import refuse_name
from goldenthread_web.extracts.receiving import Inspection, Receive, Received
from tests.web.builders import a_person
from tests.web.deliveries import a_place

EICAR = receiving._EICAR


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    return a_place(settings, tmp_path)


def handler_for(person):
    request = HttpRequest()
    request.user = person
    handler = Receive(request)
    handler.handle_raw_input(io.BytesIO(), {}, 0, b"")
    return handler


def sent(handler, name, *chunks):
    handler.new_file("files", name, "text/csv", None)
    for chunk in chunks:
        assert handler.receive_data_chunk(chunk, 0) is None
    return handler.file_complete(sum(map(len, chunks)))


@pytest.mark.django_db
def test_a_file_is_kept_for_the_service_alone_and_gone_when_the_request_ends(place):
    file = sent(handler_for(a_person("performance_analyst")), "visits.csv", b"a,b\n", b"1,2\n")
    assert file.path.read_bytes() == b"a,b\n1,2\n"
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert file.path.parent == place / "deliveries" / "receiving"
    assert "visits" not in file.path.name, "names are no part of a path"
    file.close()
    assert not file.path.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["team_manager", "head_of_service", "elected_member", "administrator"])
def test_from_whoever_may_not_load_nothing_is_written(place, role):
    with pytest.raises(StopUpload):
        handler_for(a_person(role)).new_file("files", "visits.csv", "text/csv", None)
    assert not (place / "deliveries").exists()


@pytest.mark.django_db
def test_a_cut_connection_leaves_nothing(place):
    handler = handler_for(a_person("performance_analyst"))
    handler.new_file("files", "visits.csv", "text/csv", None)
    handler.receive_data_chunk(b"a,b\n", 0)
    handler.upload_interrupted()
    assert list((place / "deliveries" / "receiving").iterdir()) == []


def test_the_test_virus_is_found_wherever_it_is_cut():
    for cut in range(len(EICAR) + 1):
        inspection = Inspection()
        for chunk in (b"first lines\n" + EICAR[:cut], EICAR[cut:] + b"\nmore"):
            inspection.add(chunk)
        assert "virus" in inspection.problem, f"cut after {cut}"


def test_a_file_too_large_is_refused_as_it_streams_and_takes_no_room(monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST_FILE", 1000)
    file = Received("large.csv")
    for _ in range(100):  # a hundred times the limit
        file.add(b"x" * 1000)
        assert file.path.stat().st_size <= 1000
    file.complete()
    assert "larger than" in file.inspection.problem
    assert file.path.stat().st_size == 0
    file.close()


def test_a_full_disk_is_said_in_a_sentence(place):
    """/dev/full takes no byte, as a full disk does."""
    file = Received("visits.csv")
    file._stream.close()
    file._stream = open("/dev/full", "wb", buffering=0)  # noqa: SIM115 - closed with the file
    try:
        file.add(b"a,b\n")
    except OSError as problem:  # a device cannot be cut to nothing, which a file can
        assert problem.errno == errno.EINVAL
    assert "there is no room" in file.inspection.problem
    file.close()


@pytest.mark.django_db
def test_a_delivery_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST_DELIVERY", 1000)
    handler = handler_for(a_person("performance_analyst"))
    assert sent(handler, "one.csv", b"x" * 900).inspection.problem == ""
    assert "larger than 1 GB" in sent(handler, "two.csv", b"x" * 200).inspection.problem


@pytest.mark.parametrize(
    "name",
    ["visits.csv", "Annex A (2018).xlsx", "List 1 - contacts.csv", "ssda903_episodes.csv", "Årsta.csv"],
)
def test_plain_names(name):
    refuse_name(name)


@pytest.mark.parametrize(
    "name",
    ["", "..", ".hidden", "../../etc/passwd", "a/b.csv", "a\\b.csv", "a\0.csv", "a\n.csv", "a\u202e.csv",
     "-rf", "x" * 200, "a:b.csv", "visits.csv ", "a;b", "a|b", "$HOME", "~root"],
)  # fmt: skip
def test_names_that_are_no_plain_names_are_refused(name):
    with pytest.raises(Refused):
        refuse_name(name)


@pytest.mark.django_db
def test_who_enters_letters_sends_small_papers_and_they_can_be_read(place):
    handler = handler_for(a_person("programme_manager"))
    handler.new_file("file", "letter.txt", "text/plain", None)
    handler.receive_data_chunk(b"Dear director", 0)
    received = handler.file_complete(13)
    assert (received.read(), b"".join(received.chunks(5)), received.size) == (
        b"Dear director",
        b"Dear director",
        13,
    )
    received.close()
    handler.new_file("file", "long.txt", "text/plain", None)
    handler.receive_data_chunk(b"x" * 20_000_001, 0)
    assert "more than 20 MB" in handler.file_complete(20_000_001).inspection.problem
