import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("projects", "0001_initial"),
        ("projects", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="IssuedPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("catalogue", "Proposal catalogue"),
                            ("closing", "Project report"),
                            ("letter", "Letter with answers"),
                            ("orientation", "Orientation on a state pool"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("of", models.CharField(max_length=60, verbose_name="about")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                (
                    "facts",
                    models.TextField(help_text="Canonical JSON of every value in the paper.", verbose_name="facts"),
                ),
                ("facts_sha256", models.CharField(max_length=64)),
                ("pdf", models.BinaryField()),
                ("pdf_sha256", models.CharField(max_length=64)),
                ("word", models.BinaryField()),
                ("word_sha256", models.CharField(max_length=64)),
                ("page_count", models.PositiveSmallIntegerField(verbose_name="pages")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason for a new version")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "issued paper",
                "verbose_name_plural": "issued papers",
                "ordering": ["-issued_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "of", "number"), name="one_paper_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="a_later_paper_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("recipient", models.CharField(max_length=200, verbose_name="to")),
                ("sender", models.CharField(blank=True, max_length=120, verbose_name="sender")),
                ("sender_address", models.CharField(blank=True, max_length=200, verbose_name="sender's address")),
                ("case_number", models.CharField(blank=True, max_length=60, verbose_name="case number")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="date of the letter")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("closing", models.TextField(blank=True, verbose_name="closing words")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                ("saves", models.PositiveIntegerField(default=1)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.orgunit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="NoteTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "committee",
                    models.OneToOneField(
                        blank=True,
                        help_text="Leave it empty for the headings of every committee that has none of its own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note_template",
                        to="projects.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "headings of a note",
                "verbose_name_plural": "headings of notes",
                "ordering": ["committee__code"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.comparison.Coalesce("committee", 0),
                        name="one_template_for_the_rest",
                        violation_error_message="There are headings for these committees already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                ("target_group", models.TextField(blank=True, verbose_name="target group")),
                ("activities", models.TextField(blank=True, verbose_name="activities")),
                (
                    "overlap",
                    models.CharField(blank=True, max_length=500, verbose_name="who is counted under several targets"),
                ),
                ("contact", models.TextField(blank=True, verbose_name="contact")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a project's report",
                "verbose_name_plural": "texts of projects' reports",
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=500)),
                ("is_shared", models.BooleanField(default=False, verbose_name="others may use it, too")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ["name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("owner", "name"), name="one_view_per_name_and_owner")],
            },
        ),
        migrations.CreateModel(
            name="StatusNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("case_number", models.CharField(blank=True, max_length=60, verbose_name="case number")),
                ("case_officer", models.CharField(max_length=120, verbose_name="case officer")),
                ("dated", models.DateField(verbose_name="date of the note")),
                ("introduction", models.TextField(blank=True, verbose_name="introduction")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("saves", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["-meeting__date"],
            },
        ),
        migrations.CreateModel(
            name="LetterQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=400, verbose_name="question")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("caveat", models.TextField(blank=True, verbose_name="note on the figures")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("saves", models.PositiveIntegerField(default=1)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="reports.letter",
                        verbose_name="letter",
                    ),
                ),
                (
                    "tables",
                    models.ManyToManyField(
                        blank=True, related_name="letter_questions", to="projects.breakdown", verbose_name="tables"
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["letter", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NoteSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="order")),
                ("is_included", models.BooleanField(default=True, verbose_name="in the note")),
                (
                    "text_length",
                    models.CharField(
                        choices=[
                            ("narrative", "The whole text"),
                            ("summary_manager", "The summary"),
                            ("summary_short", "Three lines"),
                        ],
                        default="narrative",
                        max_length=20,
                        verbose_name="length of the text",
                    ),
                ),
                ("decision", models.TextField(blank=True, verbose_name="what the committee is asked to decide")),
                ("exhibits", models.JSONField(blank=True, default=list)),
                ("left_out", models.JSONField(blank=True, default=list)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="reports.statusnote"
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["note", "position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("note", "project"), name="one_section_per_project")],
            },
        ),
        migrations.CreateModel(
            name="NoteVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "facts",
                    models.TextField(help_text="Canonical JSON of every value in the note.", verbose_name="facts"),
                ),
                ("facts_sha256", models.CharField(max_length=64)),
                ("pdf", models.BinaryField()),
                ("pdf_sha256", models.CharField(max_length=64)),
                ("page_count", models.PositiveSmallIntegerField(verbose_name="pages")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason for a new version")),
                ("issued_at", models.DateTimeField(verbose_name="issued")),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("snapshots", models.ManyToManyField(related_name="note_versions", to="projects.statussnapshot")),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="reports.statusnote",
                        verbose_name="note",
                    ),
                ),
            ],
            options={
                "verbose_name": "issued version",
                "verbose_name_plural": "issued versions",
                "ordering": ["note", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "number"), name="one_version_per_number"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="a_later_version_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.CharField(
                        choices=[("full", "Full edition"), ("public", "Public edition")],
                        default="full",
                        max_length=20,
                        verbose_name="edition",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "Word"), ("json", "JSON"), ("zip", "Archive package")],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.issuedpaper",
                        verbose_name="issued paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an issued paper",
                "verbose_name_plural": "files of issued papers",
                "ordering": ["paper", "edition", "format"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("paper", "edition", "format"), name="one_paper_file_per_edition_and_format"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("threshold", models.PositiveSmallIntegerField(verbose_name="protect counts below")),
                ("shows_zeros", models.BooleanField(default=True, verbose_name="show noughts")),
                ("removes_contacts", models.BooleanField(default=True, verbose_name="take contact details out")),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("facts", models.TextField(blank=True)),
                ("facts_sha256", models.CharField(blank=True, max_length=64)),
                ("hidden", models.JSONField(blank=True, default=list)),
                ("audit", models.JSONField(blank=True, default=list)),
                ("problem", models.TextField(blank=True)),
                ("told_before", models.CharField(blank=True, max_length=64)),
                ("saves", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_edition",
                        to="reports.issuedpaper",
                        verbose_name="issued paper",
                    ),
                ),
            ],
            options={
                "verbose_name": "public edition of a paper",
                "verbose_name_plural": "public editions of papers",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="NotePart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Only text"),
                            ("overview", "All projects at a glance"),
                            ("changes", "Changed since the last note"),
                            ("projects", "The projects' statuses"),
                            ("economy", "The economy of the pools"),
                            ("history", "Earlier notes to the committee"),
                            ("decisions", "What the committee is to decide"),
                            ("follow_up", "The committee's questions and their answers"),
                            ("annexes", "List of annexes"),
                        ],
                        default="text",
                        max_length=20,
                        verbose_name="after the text comes",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        help_text="Without one, the text stands on its own.",
                        max_length=120,
                        verbose_name="heading",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("is_included", models.BooleanField(default=True, verbose_name="in the note")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="reports.statusnote",
                        verbose_name="note",
                    ),
                ),
            ],
            options={
                "verbose_name": "heading of a note",
                "verbose_name_plural": "headings of a note",
                "ordering": ["note", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "text"), _negated=True),
                        fields=("note", "kind"),
                        name="a_note_makes_each_kind_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.TextField()),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to="reports.statusnote"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier draft",
                "verbose_name_plural": "earlier drafts",
                "ordering": ["note", "-number"],
                "constraints": [models.UniqueConstraint(fields=("note", "number"), name="one_draft_per_number")],
            },
        ),
        migrations.CreateModel(
            name="TemplateHeading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "Only text"),
                            ("overview", "All projects at a glance"),
                            ("changes", "Changed since the last note"),
                            ("projects", "The projects' statuses"),
                            ("economy", "The economy of the pools"),
                            ("history", "Earlier notes to the committee"),
                            ("decisions", "What the committee is to decide"),
                            ("follow_up", "The committee's questions and their answers"),
                            ("annexes", "List of annexes"),
                        ],
                        default="text",
                        max_length=20,
                        verbose_name="after the text comes",
                    ),
                ),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        help_text="Without one, the text stands on its own.",
                        max_length=120,
                        verbose_name="heading",
                    ),
                ),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="headings",
                        to="reports.notetemplate",
                        verbose_name="headings",
                    ),
                ),
            ],
            options={
                "verbose_name": "heading",
                "verbose_name_plural": "headings",
                "ordering": ["template", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "text"), _negated=True),
                        fields=("template", "kind"),
                        name="a_template_makes_each_kind_once",
                        violation_error_message="What is made from the figures can stand in a note only once.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteEdit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True, verbose_name="text in the note")),
                ("base", models.TextField(blank=True, verbose_name="text in the status")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="reports.notesection"
                    ),
                ),
            ],
            options={
                "verbose_name": "edited paragraph",
                "verbose_name_plural": "edited paragraphs",
                "ordering": ["section", "place"],
                "constraints": [models.UniqueConstraint(fields=("section", "place"), name="one_edit_per_place")],
            },
        ),
        migrations.CreateModel(
            name="NoteFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "edition",
                    models.CharField(
                        choices=[("full", "Full edition"), ("public", "Public edition")],
                        default="full",
                        max_length=20,
                        verbose_name="edition",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "Word"), ("json", "JSON"), ("zip", "Archive package")],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="reports.noteversion",
                        verbose_name="issued version",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of an issued version",
                "verbose_name_plural": "files of issued versions",
                "ordering": ["version", "edition", "format"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "edition", "format"), name="one_file_per_edition_and_format"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("threshold", models.PositiveSmallIntegerField(verbose_name="protect counts below")),
                ("shows_zeros", models.BooleanField(default=True, verbose_name="show noughts")),
                ("removes_contacts", models.BooleanField(default=True, verbose_name="take contact details out")),
                ("texts", models.JSONField(blank=True, default=dict)),
                ("facts", models.TextField(blank=True)),
                ("facts_sha256", models.CharField(blank=True, max_length=64)),
                ("hidden", models.JSONField(blank=True, default=list)),
                ("audit", models.JSONField(blank=True, default=list)),
                ("problem", models.TextField(blank=True)),
                ("told_before", models.CharField(blank=True, max_length=64)),
                ("saves", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("issued_at", models.DateTimeField(blank=True, null=True, verbose_name="issued")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="public_edition",
                        to="reports.noteversion",
                        verbose_name="issued version",
                    ),
                ),
            ],
            options={
                "verbose_name": "public edition",
                "verbose_name_plural": "public editions",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ProjectPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("opened_at", models.DateTimeField(verbose_name="opened")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="reports.publicpaper",
                        verbose_name="public edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "project's public page",
                "verbose_name_plural": "projects' public pages",
            },
        ),
        migrations.CreateModel(
            name="PublicPaperApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved_at", models.DateTimeField(verbose_name="approved")),
                ("facts_sha256", models.CharField(max_length=64)),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="reports.publicpaper"
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of a paper's public edition",
                "verbose_name_plural": "approvals of papers' public editions",
                "ordering": ["approved_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "approved_by"), name="one_public_paper_approval_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "paper_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("catalogue", "Proposal catalogue"),
                            ("closing", "Project report"),
                            ("letter", "Letter with answers"),
                            ("orientation", "Orientation on a state pool"),
                        ],
                        max_length=20,
                        verbose_name="kind of paper",
                    ),
                ),
                ("paper_of", models.CharField(blank=True, max_length=60, verbose_name="about")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("preview", "Preview"),
                            ("issue", "Issue"),
                            ("public_draft", "Working out the public edition"),
                            ("public", "Issue of the public edition"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "In the queue"),
                            ("rendering", "Being made"),
                            ("done", "Done"),
                            ("failed", "Not made"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("facts_sha256", models.CharField(max_length=64)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason for a new version")),
                ("asked_at", models.DateTimeField(verbose_name="asked for")),
                ("worker", models.CharField(blank=True, max_length=64)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                ("failure", models.CharField(blank=True, max_length=10, verbose_name="why there is no paper")),
                ("told", models.TextField(blank=True)),
                ("content", models.BinaryField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "issued",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.issuedpaper",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.noteversion",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="renderings",
                        to="reports.statusnote",
                        verbose_name="note",
                    ),
                ),
            ],
            options={
                "verbose_name": "paper that was asked for",
                "verbose_name_plural": "papers that were asked for",
                "ordering": ["-asked_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "rendering"])),
                        fields=("note", "kind"),
                        name="one_paper_of_a_kind_on_its_way",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("note__isnull", True), ("state__in", ["queued", "rendering"])),
                        fields=("paper_kind", "paper_of", "kind"),
                        name="one_other_paper_of_a_kind_on_its_way",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note__isnull", False), ("paper_kind", "")),
                            models.Q(("note__isnull", True), models.Q(("paper_kind", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_rendering_is_of_a_note_or_a_paper",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoteReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("committee", models.CharField(blank=True, max_length=120, verbose_name="committee")),
                ("meeting_date", models.DateField(blank=True, null=True, verbose_name="meeting date")),
                ("item_number", models.CharField(blank=True, max_length=10, verbose_name="item")),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="reports.notesection",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="references", to="reports.statusnote"
                    ),
                ),
            ],
            options={
                "verbose_name": "reference of a note",
                "verbose_name_plural": "references of a note",
                "ordering": ["note", "pk"],
            },
        ),
        migrations.CreateModel(
            name="NoteAnnex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("file", models.FileField(upload_to="notatbilag/%Y/%m/", verbose_name="file")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="date")),
                ("may_be_published", models.BooleanField(default=False, verbose_name="may be published")),
                ("is_included", models.BooleanField(default=True, verbose_name="in the note")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annexes",
                        to="reports.notesection",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="annexes", to="reports.statusnote"
                    ),
                ),
            ],
            options={
                "verbose_name": "annex of a note",
                "verbose_name_plural": "annexes of a note",
                "ordering": ["note", "pk"],
                "constraints": [models.UniqueConstraint(fields=("note", "title"), name="one_annex_per_title_and_note")],
            },
        ),
        migrations.CreateModel(
            name="PublicApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("approved_at", models.DateTimeField(verbose_name="approved")),
                ("facts_sha256", models.CharField(max_length=64)),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="approvals",
                        to="reports.publicedition",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of a public edition",
                "verbose_name_plural": "approvals of public editions",
                "ordering": ["approved_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "approved_by"), name="one_public_approval_each")
                ],
            },
        ),
    ]
