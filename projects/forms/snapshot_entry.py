"""One person's work on one month: the form, its rows of references and annexes, and what is still last month's."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from projects.enums import Dimension
from projects.forms.snapshot_texts import (
    ATTACHMENT,
    REFERENCE,
    Texts,
    attachment_texts,
    blank_texts,
    carries_last_month,
    indicator_field,
    mark_of,
    previous_texts,
    rows_of,
    stored_texts,
)
from projects.forms.snapshots import AttachmentForm, AttachmentFormSet, ReferenceForm, ReferenceFormSet, SnapshotForm
from projects.forms.table_fields import read_cells, read_counts, table_field_names
from projects.forms.typed_answers import TypedAnswer, answered_meanwhile, errors_of, typed_answers
from projects.models import Committee
from projects.months import first_of_month
from projects.queries.notices import AnsweredNotice
from projects.queries.snapshot_values import AttachmentValue, ReferenceValue, SnapshotValues
from projects.queries.snapshots import SnapshotContent
from projects.rules.lengths import LENGTHS
from projects.rules.snapshots import comment_field, light_field

ALL_SECTIONS = "all"


class SnapshotEntry:
    """The month as it stands on the page. `carried` are the fields nobody has touched, still showing last month."""

    def __init__(
        self,
        content: SnapshotContent,
        stored: SnapshotValues,
        *,
        texts: Mapping[str, str],
        carried: Iterable[str],
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        self.content = content
        self.stored = stored
        self.texts = dict(texts)
        self.previous = previous_texts(content) if carries_last_month(content) else {}
        self.carried = frozenset(carried) & frozenset(self.previous)
        self.files = files
        self.form = SnapshotForm(content, self.texts)
        has_file = {fact.attachment_id: fact.has_file for fact in content.attachments}
        self.references = ReferenceFormSet(
            self.texts,
            prefix=REFERENCE,
            form_kwargs={
                "committees": list(Committee.objects.all()),
                "annexes": [fact.title for fact in content.attachments],
            },
        )
        self.attachments = AttachmentFormSet(self.texts, files, prefix=ATTACHMENT, form_kwargs={"has_file": has_file})
        if files and "narrative" in files:
            self.form.add_error("narrative", _not_a_file())
        self.answers: dict[str, TypedAnswer] = {}
        self.answer_errors: Texts = {}
        self.answered_by_others: dict[str, AnsweredNotice] = {}

    @classmethod
    def opened(cls, content: SnapshotContent, stored: SnapshotValues | None) -> "SnapshotEntry":
        """Return the month as stored, with last month's values where nothing is stored yet. One query."""
        if stored is None:
            is_over = content.month < first_of_month(timezone.localdate())
            stored, texts = SnapshotValues(attachments=()), blank_texts(content, is_over)
        else:
            texts = stored_texts(content, stored)
        carried = _untouched(content, stored, texts)
        before = previous_texts(content)
        return cls(content, stored, texts=texts | {name: before[name] for name in carried}, carried=carried)

    @classmethod
    def posted(
        cls,
        content: SnapshotContent,
        stored: SnapshotValues | None,
        post: Mapping[str, Any],
        files: MultiValueDict[str, Any] | None = None,
    ) -> "SnapshotEntry":
        """Return the month as typed. Fields the request does not mention stay as they are. One query."""
        opened = cls.opened(content, stored)
        typed = {name: _plain(text) for name, text in post.items() if isinstance(text, str)}
        texts = dict(opened.texts)
        for prefix in (REFERENCE, ATTACHMENT):
            if f"{prefix}-TOTAL_FORMS" in typed:
                texts = {name: text for name, text in texts.items() if not name.startswith(f"{prefix}-")}
                texts |= rows_of(prefix, typed)
        texts |= {name: typed[name] for name in opened.form.fields if name in typed}
        taken = _taken_from_others(opened, typed)
        texts |= taken
        entry = cls(content, opened.stored, texts=texts, carried=(), files=files)
        entry.carried = _still_carried(entry, opened, post, typed, taken)
        entry.answers = typed_answers(typed)
        entry.answer_errors = errors_of(entry.answers.values())
        return entry

    @property
    def is_refused(self) -> bool:
        """Return whether nothing may be stored: a CPR number anywhere but in an answer, a file that cannot be kept."""
        forms = [*self.references.forms, *self.attachments.forms]
        if self.form.has_cpr or self.form.has_error("narrative", "file"):
            return True
        return any(form.has_error(name, "cpr") for form in forms for name in form.errors) or any(
            form.errors.get("file") for form in self.attachments.forms
        )

    def values(self, *, with_carried: bool = False) -> SnapshotValues:
        """Return what is to be stored; `with_carried` counts last month's untouched values as given."""
        read = self._reader(with_carried)
        form = self.form
        return SnapshotValues(
            as_of=read("as_of"),
            lights={key.value: read(light_field(key)) or "" for key in Dimension},
            comments={key.value: read(comment_field(key)) or "" for key in Dimension},
            forecast=read("forecast"),
            narrative=read("narrative") or "",
            summary_manager=read("summary_manager") or "",
            summary_short=read("summary_short") or "",
            measurements={
                fact.indicator_id: read(indicator_field(fact.indicator_id)) for fact in form.content.indicators
            },
            counts={pk: value for fact in form.content.breakdowns for pk, value in read_counts(fact, read).items()},
            cells={place: count for fact in form.content.breakdowns for place, count in read_cells(fact, read)},
            references=tuple(_reference(row) for row in self._reference_rows()),
            unparsed=self._unparsed(),
            attachments=tuple(_attachment(row) for row in self.attachment_rows()),
        ).normalised()

    def _reader(self, with_carried: bool) -> Any:
        hidden = frozenset() if with_carried else self.carried
        self.form.is_valid()
        cleaned = self.form.cleaned_data
        return lambda name: None if name in hidden else cleaned.get(name)

    def _reference_rows(self) -> list[ReferenceForm]:
        return [form for form in self.references.forms if not form.is_empty]

    def attachment_rows(self) -> list[AttachmentForm]:
        """Return the annexes' rows that are kept, in the order they are stored in."""
        return [form for form in self.attachments.forms if not (form.is_empty or _is_removed(form))]

    def _unparsed(self) -> dict[str, str]:
        unparsed = {name: self.texts[name] for name in self.form.errors if self.texts.get(name)}
        for name in self.previous:
            if name not in self.carried and not self.texts.get(name, "").strip():
                unparsed[name] = ""
        for prefix, rows in ((REFERENCE, self._reference_rows()), (ATTACHMENT, self.attachment_rows())):
            for number, row in enumerate(rows):
                for name in row.errors:
                    if name != "file" and name in row.fields:
                        unparsed[f"{prefix}-{number}-{name}"] = self.texts.get(row.add_prefix(name), "")
        return unparsed

    def fingerprints(self) -> dict[str, str]:
        """Return a short mark per field, to see later which of them somebody has changed."""
        marks = {name: mark_of(self.texts.get(name, "")) for name in self.form.fields}
        return marks | {REFERENCE: mark_of(self.list_text(REFERENCE))}

    def list_text(self, prefix: str) -> str:
        """Return the rows of references or annexes as one text, to compare and to show."""
        if prefix == REFERENCE:
            keys, rows = ("title", "committee", "meeting_date", "item_number", "attachment_title"), self.references
        else:
            keys, rows = ("title", "source", "dated"), self.attachments
        lines = []
        for form in rows.forms:
            if not form.is_empty:
                parts = [_choice_label(form, key, self.texts.get(form.add_prefix(key), "")) for key in keys]
                lines.append(", ".join(part for part in parts if part))
        return "\n".join(lines)

    def hold_back(self, answer: TypedAnswer, item: AnsweredNotice) -> None:
        """Keep an answer from being stored: somebody else has answered meanwhile, and the person chooses."""
        self.answered_by_others[answer.key] = item
        what_to_do = _("Save again to put your answer in its place.")
        self.answer_errors[answer.key] = f"{answered_meanwhile(item)} {what_to_do}"

    def with_attachments_as_stored(self) -> None:
        """Take the annexes as they are stored now: a file that was chosen cannot be chosen again for the person."""
        self.texts = {name: text for name, text in self.texts.items() if not name.startswith(f"{ATTACHMENT}-")}
        self.texts |= attachment_texts(self.stored)
        has_file = {fact.attachment_id: fact.has_file for fact in self.content.attachments}
        self.attachments = AttachmentFormSet(self.texts, prefix=ATTACHMENT, form_kwargs={"has_file": has_file})


def _plain(text: str) -> str:
    """Return the text with one kind of line end and without signs no database keeps."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _not_a_file() -> ValidationError:
    return ValidationError(
        _("A file cannot be the status in words. Write the text here, and add the file as an annex below."), code="file"
    )


def _untouched(content: SnapshotContent, stored: SnapshotValues, texts: Texts) -> set[str]:
    if not carries_last_month(content):
        return set()
    return {name for name in previous_texts(content) if not texts.get(name) and name not in stored.unparsed}


def _taken_from_others(opened: SnapshotEntry, typed: Texts) -> Texts:
    """Return the stored text of each field where the person chose what somebody else had saved."""
    chosen = {
        name.removeprefix("choose-") for name, text in typed.items() if name.startswith("choose-") and text == "theirs"
    }
    texts = {name: opened.texts.get(name, "") for name in chosen & set(opened.form.fields)}
    return texts | (rows_of(REFERENCE, opened.texts) if REFERENCE in chosen else {})


def _still_carried(
    entry: SnapshotEntry, opened: SnapshotEntry, post: Mapping[str, Any], typed: Texts, taken: Texts
) -> frozenset[str]:
    """Return the fields the page says are untouched, that are, and that nobody confirms with this request."""
    named = set(post.getlist("carried") if hasattr(post, "getlist") else typed.get("carried", "").split())
    named |= opened.carried - set(typed)
    confirmed = section_fields(entry.content, typed.get("confirm", ""))
    return frozenset(
        name
        for name in named
        if name in opened.previous
        and (name in taken or entry.texts.get(name, "").strip() == opened.previous[name].strip())
        and (name not in taken or name in opened.carried)
        and typed.get(f"choose-{name}") != "mine"
        and confirmed is not None
        and name not in confirmed
    )


def section_fields(content: SnapshotContent, section: str) -> set[str] | None:
    """Return the fields of a section of the page: "numbers", "table_<id>", "text", "economy". None: all of them."""
    if section == ALL_SECTIONS:
        return None
    if section == "numbers":
        return {indicator_field(fact.indicator_id) for fact in content.indicators}
    for breakdown in content.breakdowns:
        if section == f"table_{breakdown.breakdown_id}":
            return table_field_names(breakdown)
    return {"text": set(LENGTHS), "economy": {"forecast"}}.get(section, set())


def _reference(row: ReferenceForm) -> ReferenceValue:
    row.is_valid()
    data = row.cleaned_data
    committee = data.get("committee") or ""
    return ReferenceValue(
        title=data.get("title", ""),
        committee_id=int(committee) if committee else None,
        meeting_date=data.get("meeting_date"),
        item_number=data.get("item_number", ""),
        attachment_title=data.get("attachment_title", ""),
    )


def _is_removed(row: AttachmentForm) -> bool:
    return bool(row.data.get(row.add_prefix("remove")))


def _attachment(row: AttachmentForm) -> AttachmentValue:
    row.is_valid()
    data = row.cleaned_data
    file = data.get("file") or None
    return AttachmentValue(
        title=data.get("title") or (PurePosixPath(file.name).stem if file else _("Annex")),
        source=data.get("source", ""),
        dated=data.get("dated"),
        may_be_published=data.get("may_be_published", False),
        attachment_id=row.stored_id,
        file=file,
    )


def _choice_label(form: ReferenceForm | AttachmentForm, name: str, text: str) -> str:
    choices = dict(getattr(form.fields.get(name), "choices", ()))
    return str(choices.get(text, text)) if text else ""
