"""The draft of the committee's note."""

from projects.models import Meeting
from reports.actions import create_note
from reports.management.demo_data.files import Files, project, user
from reports.models import StatusNote


def load_notes(files: Files) -> None:
    for row in files.read("notes")["notes"]:
        held = Meeting.objects.get(committee__code=row["committee"], date=row["meeting"])
        if StatusNote.objects.filter(meeting=held).exists():
            continue
        secretary = user(row["by"])
        create_note(
            meeting=held,
            title=row["title"],
            case_number=row["case_number"],
            case_officer=str(secretary),
            dated=row["dated"],
            introduction=row["introduction"].strip(),
            project_ids=[project(code).pk for code in row["projects"]],
            by=secretary,
        )
