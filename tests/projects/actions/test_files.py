"""Files follow their rows: an upload that is refused or rolled back leaves nothing on disk, a lost one is found."""

import os

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from projects.actions.files import atomic_with_files, store_file
from projects.actions.snapshots import AttachmentValue, SnapshotValues, save_snapshot
from projects.models import Attachment
from tests import annex_files, factories


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def on_disk(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def save(snapshot, data, name="bilag.csv"):
    file = SimpleUploadedFile(name, data)
    values = SnapshotValues(attachments=(AttachmentValue("Bilag", file=file),))
    return save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=values, by=snapshot.created_by)


@pytest.mark.django_db(transaction=True)
def test_a_file_is_kept_with_its_row_and_gone_when_the_row_is_rolled_back(media):
    snapshot = factories.StatusSnapshotFactory()
    save(snapshot, b"a;1")
    assert on_disk(media) == ["bilag.csv"]
    snapshot.refresh_from_db()

    def save_and_fail():
        with atomic_with_files():
            file = SimpleUploadedFile("nyt.csv", b"b;2")
            values = SnapshotValues(attachments=(AttachmentValue("Nyt", file=file),))
            save_snapshot(snapshot=snapshot, expected_version=snapshot.version, values=values, by=snapshot.created_by)
            assert "nyt.csv" in on_disk(media)
            raise RuntimeError("the step after it")

    with pytest.raises(RuntimeError):
        save_and_fail()
    assert on_disk(media) == ["bilag.csv"]
    assert [row.title for row in Attachment.objects.all()] == ["Bilag"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("0101901234.csv", b"a;1", "cpr"),
        ("liste.csv", b"a;010190-1234", "cpr"),
        ("tal.xlsx", annex_files.bomb(), "file_bomb"),
        ("program.exe", b"MZ", "file_type"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(media, name, data, code):
    snapshot = factories.StatusSnapshotFactory()
    with pytest.raises(ValidationError) as refused:
        save(snapshot, data, name)
    assert (refused.value.code, on_disk(media), Attachment.objects.count()) == (code, [], 0)


def test_a_file_is_never_stored_outside_a_transaction_it_can_follow():
    with pytest.raises(RuntimeError):
        store_file(Attachment(), SimpleUploadedFile("a.csv", b"a"))


@pytest.mark.django_db
def test_a_file_nobody_names_is_deleted_after_a_day(media, capsys):
    kept = factories.AttachmentFactory(file=SimpleUploadedFile("kendt.csv", b"a"))
    old, new = (
        default_storage.save(f"bilag/2017/11/{name}.csv", SimpleUploadedFile("a", b"a")) for name in ("gl", "ny")
    )
    for name in (old, kept.file.name):
        os.utime(media / name, (0, 0))
    call_command("delete_lost_files", "--json")
    assert capsys.readouterr().out.strip() == f'{{"deleted": ["{old}"]}}'
    assert on_disk(media) == sorted(["kendt.csv", os.path.basename(new)])
    call_command("delete_lost_files")
    assert capsys.readouterr().out.strip() == "Alle filer hører til en status eller et notat."


@pytest.mark.django_db
def test_an_annex_of_a_note_that_nobody_names_is_deleted_too(media, capsys):
    note = factories.StatusNoteFactory()
    file = SimpleUploadedFile("kendt.pdf", b"a")
    kept = note.annexes.create(title="Regnskab", file=file, created_by=factories.UserFactory())
    old = default_storage.save("notatbilag/1/gl.pdf", SimpleUploadedFile("a", b"a"))
    for name in (old, kept.file.name):
        os.utime(media / name, (0, 0))
    call_command("delete_lost_files", "--json")
    assert capsys.readouterr().out.strip() == f'{{"deleted": ["{old}"]}}'
    assert on_disk(media) == ["kendt.pdf"]
