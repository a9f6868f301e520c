"""What the committee asked at an earlier meeting. It is invented, and says so."""

from projects.actions.follow_ups import answer_follow_up, ask_follow_up
from projects.models import FollowUp, Meeting
from reports.management.demo_data.files import Files, project, user


def load_follow_ups(files: Files) -> None:
    for row in files.read("meetings")["follow_ups"]:
        owner = project(row["project"])
        held = Meeting.objects.get(committee__code=row["committee"], date=row["meeting"])
        if FollowUp.objects.filter(project=owner, meeting=held, text=row["text"]).exists():
            continue
        asked = ask_follow_up(
            project=owner,
            meeting=held,
            kind=row["kind"],
            text=row["text"],
            responsible=None,
            due_on=None,
            by=user(row["by"]),
            example_note=row["example_note"],
        )
        if "answer" in row:
            answer_follow_up(follow_up=asked, answer=row["answer"], by=user(row["answered_by"]))
