"""What is done with a file while it comes in."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class CutOffHandler(FileUploadHandler):
    """Stands before the handlers that keep an upload, and lets them have no more than can be allowed.

    A file of 300 MB is read from the line and thrown away after the limit: neither memory nor disk holds it, and its
    size, one byte or more over the limit, still says that it was too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start > settings.UPLOAD_MAX_BYTES:
            return None
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
