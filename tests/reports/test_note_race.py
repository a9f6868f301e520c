"""Two clicks at the same moment: one paper."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from reports.actions.issuing import AlreadyIssuedError, issue_note
from reports.models import NoteVersion
from tests.reports.note_cases import small_note


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_the_same_moment_issue_once():
    case = small_note()
    together = Barrier(2)

    def issue() -> int:
        together.wait()
        try:
            return issue_note(note=case.note, by=case.secretary).number
        except AlreadyIssuedError as error:
            return -error.version.number
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        numbers = sorted(future.result(timeout=120) for future in [pool.submit(issue), pool.submit(issue)])
    assert numbers == [-1, 1]
    assert NoteVersion.objects.count() == 1
