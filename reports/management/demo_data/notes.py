"""The headings of the committee's notes, and the draft of its note."""

from projects.actions.catalogue import save_record
from projects.models import Meeting
from reports.actions import create_note
from reports.management.demo_data.files import Files, committee, project, user
from reports.management.demo_data.people import ADMINISTRATOR
from reports.models import NoteTemplate, StatusNote, TemplateHeading


def load_templates(files: Files) -> None:
    for row in files.read("notes")["templates"]:
        owner = committee(row["committee"])
        if NoteTemplate.objects.filter(committee=owner).exists():
            continue
        template = NoteTemplate(committee=owner)
        save_record(record=template, by=user(ADMINISTRATOR))
        for place, heading in enumerate(row["headings"], start=1):
            record = TemplateHeading(template=template, position=place, **heading)
            save_record(record=record, by=user(ADMINISTRATOR))


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
