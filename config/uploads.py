"""An upload is cut off at a cap, wherever it is sent, before it can fill memory or disk."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

CAP = 21 * 1024 * 1024  # a little above the largest file that any form accepts, so that the form can say so itself


class CappedUpload(FileUploadHandler):
    """Counts what comes in over all files of a request; past the cap the rest is read and thrown away.

    The request then says `has_huge_upload`, since the form finds no file in it.
    """

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.received += len(raw_data)
        if self.received > CAP:
            self.request.has_huge_upload = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave the file to the handlers after this one."""
        return None
