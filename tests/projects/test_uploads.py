"""A file far too large is thrown away as it comes in, and refused in words beside its field."""

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.urls import reverse

from projects.uploads import CutOffHandler
from tests import factories

CHUNK = 64 * 1024


class Endless:
    """The body of a request with a file of so many bytes, made while it is read and never held."""

    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="stor.pdf"\r\n\r\n%PDF-'
    tail = b"\r\n--x--\r\n"

    def __init__(self, size):
        self.left, self.length = size, size + len(self.head) + len(self.tail)
        self.parts = [self.head, None, self.tail]

    def read(self, size=-1):
        if not self.parts:
            return b""
        if self.parts[0] is not None:
            return self.parts.pop(0)
        piece = b"x" * min(CHUNK, self.left)
        self.left -= len(piece)
        if not self.left:
            self.parts.pop(0)
        return piece


def test_three_hundred_megabytes_are_read_and_not_kept(settings):
    body = Endless(300 * 1024 * 1024)
    meta = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(body.length)}
    handlers = [CutOffHandler(), MemoryFileUploadHandler(), TemporaryFileUploadHandler()]
    _post, files = MultiPartParser(meta, body, handlers).parse()
    stored = files["file"]
    assert settings.UPLOAD_MAX_BYTES < stored.size <= settings.UPLOAD_MAX_BYTES + 2 * CHUNK
    assert stored.file.seek(0, 2) == stored.size
    stored.close()


@pytest.mark.django_db
def test_the_page_says_that_the_file_is_too_large_and_stores_nothing(client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    snapshot = factories.StatusSnapshotFactory()
    person = factories.ProjectAssignmentFactory(project=snapshot.project).user
    client.force_login(person)
    url = reverse("projects:snapshot-edit", args=[snapshot.project.code, snapshot.month])
    rows = {"attachment-TOTAL_FORMS": "1", "attachment-INITIAL_FORMS": "0", "attachment-0-title": "Stor"}
    large = tmp_path / "stor.pdf"
    with large.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    with large.open("rb") as file:
        answer = client.post(url, {**rows, "version": snapshot.version, "attachment-0-file": file})
    assert answer.status_code == 422
    assert "“stor.pdf” er større end 10 MB" in answer.content.decode()
    assert not snapshot.attachments.exists()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["stor.pdf"]
