from decimal import Decimal

import django.contrib.auth.models
import django.contrib.auth.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import projects.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=64, unique=True, verbose_name="name")),
                ("started_at", models.DateTimeField(verbose_name="started")),
                ("seen_at", models.DateTimeField(db_index=True, verbose_name="last heard from")),
            ],
            options={
                "verbose_name": "background program",
                "verbose_name_plural": "background programs",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                ("title", models.CharField(blank=True, max_length=100, verbose_name="job title")),
                (
                    "reminders",
                    models.CharField(
                        choices=[
                            ("before_and_after", "Before the deadline, and when it has passed"),
                            ("on_the_day", "Only on the day of the deadline"),
                            ("none", "No reminders"),
                        ],
                        default="before_and_after",
                        max_length=20,
                        verbose_name="reminders",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "ordering": ["first_name", "last_name", "username"],
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("number", models.CharField(max_length=40, verbose_name="account")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "ordering": ["number", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("number", "valid_from"), name="one_account_per_number_and_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="account_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Benefit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=60)),
            ],
            options={
                "verbose_name": "benefit",
                "verbose_name_plural": "benefits",
                "ordering": ["sort_key", "valid_from"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="benefit_one_version_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="benefit_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Committee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "caseworker_days",
                    models.PositiveSmallIntegerField(
                        default=6,
                        help_text="Counted back from the meeting, without weekends, holidays and closing days.",
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="working days for caseworkers",
                    ),
                ),
                (
                    "manager_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        help_text="Counted back from the meeting, without weekends, holidays and closing days.",
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="working days for managers",
                    ),
                ),
                (
                    "secretary_days",
                    models.PositiveSmallIntegerField(
                        default=4,
                        help_text="Counted back from the meeting, without weekends, holidays and closing days.",
                        validators=[django.core.validators.MaxValueValidator(60)],
                        verbose_name="working days for the secretary",
                    ),
                ),
            ],
            options={
                "verbose_name": "committee",
                "verbose_name_plural": "committees",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("caseworker_days__gte", models.F("manager_days")),
                            ("manager_days__gte", models.F("secretary_days")),
                        ),
                        name="deadlines_follow_one_another",
                        violation_error_message="The caseworkers' deadline comes first, then the managers', then the secretary's.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FteRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                ("amount", projects.fields.MoneyField(verbose_name="kroner per full-time equivalent")),
            ],
            options={
                "verbose_name": "full-time rate",
                "verbose_name_plural": "full-time rates",
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="fte_rate_is_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=60)),
            ],
            options={
                "verbose_name": "legal basis",
                "verbose_name_plural": "legal bases",
                "ordering": ["sort_key", "valid_from"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="legal_basis_one_version_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="legal_basis_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrgUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("internal", "Own unit"), ("partner", "Partner")],
                        default="internal",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="projects.orgunit",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="orgunit_is_not_its_own_parent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PriceIndex",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                ("index", models.DecimalField(decimal_places=3, max_digits=8, verbose_name="index")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where it stands")),
            ],
            options={
                "verbose_name": "price and wage index",
                "verbose_name_plural": "price and wage indexes",
                "ordering": ["-year"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("index__gt", 0)), name="price_index_is_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="StrategicGoal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=60)),
            ],
            options={
                "verbose_name": "strategic goal",
                "verbose_name_plural": "strategic goals",
                "ordering": ["sort_key", "valid_from"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="goal_one_version_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="goal_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Track",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=60)),
            ],
            options={
                "verbose_name": "track",
                "verbose_name_plural": "tracks",
                "ordering": ["sort_key", "valid_from"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="track_one_version_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="track_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                (
                    "kind",
                    models.CharField(
                        choices=[("parental", "Parental leave"), ("holiday", "Holiday"), ("other", "Other absence")],
                        default="holiday",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="absent",
                    ),
                ),
            ],
            options={
                "verbose_name": "absence",
                "verbose_name_plural": "absences",
                "ordering": ["valid_from", "user"],
                "indexes": [models.Index(fields=["user", "valid_from"], name="absence_by_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="absence_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_key",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar feed",
                "verbose_name_plural": "calendar feeds",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=120)),
                ("rule", models.CharField(max_length=20, verbose_name="rule")),
                ("field", models.CharField(blank=True, max_length=120)),
                ("fingerprint", models.CharField(max_length=32)),
                ("message", models.TextField(verbose_name="message")),
                ("answer", models.TextField(verbose_name="answer")),
                ("answered_at", models.DateTimeField(verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "finding",
                "verbose_name_plural": "findings",
                "ordering": ["-answered_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "fingerprint"), name="one_answer_per_finding")
                ],
            },
        ),
        migrations.CreateModel(
            name="FiscalYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="year")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "fiscal year",
                "verbose_name_plural": "fiscal years",
                "ordering": ["-year"],
            },
        ),
        migrations.CreateModel(
            name="LedgerMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name")),
                ("system", models.CharField(max_length=40, verbose_name="finance system")),
                (
                    "encoding",
                    models.CharField(
                        choices=[
                            ("auto", "Find out"),
                            ("utf-8-sig", "UTF-8"),
                            ("cp1252", "Windows-1252"),
                            ("cp865", "CP865 (older systems)"),
                            ("utf-16", "UTF-16 (Excel's Unicode text)"),
                        ],
                        default="auto",
                        max_length=12,
                        verbose_name="character set",
                    ),
                ),
                (
                    "delimiter",
                    models.CharField(
                        choices=[("auto", "Find out"), (";", "Semicolon"), ("tab", "Tab"), (",", "Comma")],
                        default="auto",
                        max_length=12,
                        verbose_name="separator",
                    ),
                ),
                (
                    "decimal",
                    models.CharField(
                        choices=[("comma", "Comma: 1.234,50"), ("dot", "Dot: 1,234.50")],
                        default="comma",
                        max_length=12,
                        verbose_name="decimal sign",
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
                ("has_total", models.BooleanField(default=False, verbose_name="ends with a total")),
                ("is_reversed", models.BooleanField(default=False, verbose_name="expenses are negative")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger mapping",
                "verbose_name_plural": "ledger mappings",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="MailMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(editable=False, max_length=100, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("digest", "Reminder"),
                            ("meeting_moved", "Meeting moved"),
                            ("stand_in", "Stand-in"),
                            ("handover", "Handover"),
                            ("returned", "Returned status"),
                            ("co_author", "Co-author of a proposal"),
                            ("story", "Case story"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("subject", models.CharField(max_length=200, verbose_name="subject line")),
                ("body", models.TextField(verbose_name="text")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                            ("unclear", "Perhaps sent"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="queued")),
                ("due_at", models.DateTimeField(verbose_name="next attempt")),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="handed over")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("last_error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["state", "due_at"], name="mail_waiting")],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("date", models.DateField(verbose_name="date")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="projects.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ["-date"],
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "date"), name="one_meeting_per_committee_and_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Pool",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reinvestment", "Reinvestment pool"),
                            ("budget_agreement", "Budget agreement"),
                            ("state_pool", "State pool"),
                        ],
                        default="reinvestment",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("opens_on", models.DateField(blank=True, null=True, verbose_name="open for proposals from")),
                (
                    "closes_on",
                    models.DateField(blank=True, null=True, verbose_name="open for proposals to and including"),
                ),
                (
                    "form_variant",
                    models.CharField(
                        choices=[
                            ("long", "Long form"),
                            ("short", "Short form, without others responsible and schedule"),
                        ],
                        default="long",
                        max_length=10,
                        verbose_name="form of new proposals",
                    ),
                ),
                (
                    "service_frame",
                    models.CharField(
                        choices=[
                            ("inside", "Inside servicerammen"),
                            ("outside", "Outside servicerammen"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=20,
                        verbose_name="servicerammen",
                    ),
                ),
                (
                    "carry_over",
                    models.CharField(
                        choices=[
                            ("none", "Nothing: what is unused lapses"),
                            ("all", "All that is unused"),
                            ("limited", "Up to a share of the frame"),
                        ],
                        default="none",
                        max_length=20,
                        verbose_name="carry-over",
                    ),
                ),
                (
                    "carry_over_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="at most, in per cent of the frame",
                    ),
                ),
                (
                    "discount_rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="discount rate in per cent a year",
                    ),
                ),
                (
                    "discount_rate_basis",
                    models.CharField(blank=True, max_length=250, verbose_name="what the discount rate rests on"),
                ),
                (
                    "returned_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="share of the return that goes back to the pool, in per cent",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="projects.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pools",
                        to="projects.orgunit",
                        verbose_name="responsible unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "pool",
                "verbose_name_plural": "pools",
                "ordering": ["-code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__isnull", True),
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="pool_closes_after_it_opens",
                        violation_error_message="The pool closes before it opens.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("caseworker", "Caseworker"),
                            ("manager", "Unit manager"),
                            ("secretary", "Committee secretary"),
                            ("controller", "Controller"),
                            ("proposer", "Proposer"),
                            ("reader", "Reader"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_assignments",
                        to="projects.orgunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "ordering": ["user", "role", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="role_assignment_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=60)),
                (
                    "legal_basis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="target_groups",
                        to="projects.legalbasis",
                        verbose_name="legal basis",
                    ),
                ),
            ],
            options={
                "verbose_name": "target group",
                "verbose_name_plural": "target groups",
                "ordering": ["sort_key", "valid_from"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="target_group_one_version_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="target_group_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=10, verbose_name="item")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("is_open", models.BooleanField(default=True, verbose_name="open to the public")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda item",
                "verbose_name_plural": "agenda items",
                "ordering": ["meeting", "number"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "number"), name="one_item_per_number")],
            },
        ),
        migrations.CreateModel(
            name="LedgerUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(upload_to="posteringer/")),
                ("name", models.CharField(max_length=250, verbose_name="file")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("layout", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger_uploads",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ledger_uploads", to="projects.pool"
                    ),
                ),
            ],
            options={
                "verbose_name": "ledger file",
                "verbose_name_plural": "ledger files",
                "ordering": ["-created_at"],
            },
        ),
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("file", "File"), ("reversal", "Undone"), ("move", "Moved posting")],
                        default="file",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("system", models.CharField(blank=True, max_length=40, verbose_name="finance system")),
                ("file_name", models.CharField(max_length=250, verbose_name="file")),
                ("sha256", models.CharField(max_length=64)),
                ("row_count", models.PositiveIntegerField(verbose_name="rows")),
                ("imported_count", models.PositiveIntegerField(default=0, verbose_name="imported")),
                ("skipped_count", models.PositiveIntegerField(default=0, verbose_name="already there")),
                ("corrected_count", models.PositiveIntegerField(default=0, verbose_name="corrected")),
                ("control_total", projects.fields.MoneyField(verbose_name="control total")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="loaded")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="projects.importbatch",
                        verbose_name="reverses",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_batches",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ["-created_at", "-pk"],
                "indexes": [models.Index(fields=["sha256"], name="batch_by_file")],
            },
        ),
        migrations.CreateModel(
            name="Effort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("partner", models.CharField(blank=True, max_length=120, verbose_name="together with")),
                ("first_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="first year")),
                ("last_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="last year")),
                ("target_group", models.TextField(blank=True, verbose_name="target group")),
                ("method", models.TextField(blank=True, verbose_name="method")),
                ("goal", models.TextField(blank=True, verbose_name="goal")),
                (
                    "participants_low",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="participants, at least"),
                ),
                (
                    "participants_high",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="participants, at most"),
                ),
                ("overlap", models.TextField(blank=True, verbose_name="overlap with others")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="efforts",
                        to="projects.orgunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="efforts",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "running effort",
                "verbose_name_plural": "running efforts",
                "ordering": ["pool", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("pool", "unit", "title"), name="one_effort_per_title_and_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("participants_high__isnull", True),
                            ("participants_low__isnull", True),
                            ("participants_high__gte", models.F("participants_low")),
                            _connector="OR",
                        ),
                        name="effort_participants_in_order",
                        violation_error_message="“At most” is less than “at least”.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_year__isnull", True),
                            ("first_year__isnull", True),
                            ("last_year__gte", models.F("first_year")),
                            _connector="OR",
                        ),
                        name="effort_years_in_order",
                        violation_error_message="The last year lies before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="criterion")),
                (
                    "weight",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="weight",
                    ),
                ),
                ("description", models.CharField(blank=True, max_length=300, verbose_name="what counts")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["pool", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pool", "name"),
                        name="one_criterion_per_name_and_pool",
                        violation_error_message="The criterion stands there twice.",
                    ),
                    models.CheckConstraint(condition=models.Q(("weight__gte", 1)), name="criterion_weighs_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoolYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("frame", projects.fields.MoneyField(verbose_name="frame")),
                (
                    "price_level",
                    models.PositiveSmallIntegerField(
                        help_text="The year whose prices are used.", verbose_name="price level"
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="years",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "frame",
                "verbose_name_plural": "frames",
                "ordering": ["pool", "year"],
                "constraints": [
                    models.UniqueConstraint(fields=("pool", "year"), name="one_frame_per_pool_and_year"),
                    models.CheckConstraint(condition=models.Q(("frame__gte", 0)), name="frame_is_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("short_name", models.CharField(max_length=80, verbose_name="short name")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("granted", "Granted"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("untold", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "variant",
                    models.CharField(
                        choices=[
                            ("long", "Long form"),
                            ("short", "Short form, without others responsible and schedule"),
                        ],
                        default="long",
                        max_length=10,
                        verbose_name="form",
                    ),
                ),
                ("co_responsible", models.TextField(blank=True, verbose_name="others responsible")),
                ("target_group_text", models.TextField(blank=True, verbose_name="target group in words")),
                ("challenge", models.TextField(blank=True, verbose_name="challenge")),
                ("intervention", models.TextField(blank=True, verbose_name="intervention")),
                ("schedule", models.TextField(blank=True, verbose_name="schedule")),
                ("contributors", models.TextField(blank=True, verbose_name="contributors across units")),
                ("expected_results", models.TextField(blank=True, verbose_name="expected results")),
                ("economy", models.TextField(blank=True, verbose_name="expected investment and return")),
                ("motivation", models.TextField(blank=True, verbose_name="motivation")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="described by",
                    ),
                ),
                (
                    "co_authors",
                    models.ManyToManyField(
                        blank=True,
                        related_name="shared_proposals",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="co-authors",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
                (
                    "related",
                    models.ManyToManyField(blank=True, to="projects.proposal", verbose_name="seen together with"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="projects.orgunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "goals",
                    models.ManyToManyField(
                        blank=True,
                        related_name="proposals",
                        to="projects.strategicgoal",
                        verbose_name="strategic goals",
                    ),
                ),
                (
                    "target_groups",
                    models.ManyToManyField(
                        blank=True, related_name="proposals", to="projects.targetgroup", verbose_name="target groups"
                    ),
                ),
                (
                    "tracks",
                    models.ManyToManyField(
                        blank=True, related_name="proposals", to="projects.track", verbose_name="tracks"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["pool", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("pool", "number"), name="one_proposal_per_number_in_pool")
                ],
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("reason", models.TextField(blank=True, verbose_name="reason for the order")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                ("adopted_at", models.DateTimeField(blank=True, null=True, verbose_name="adopted")),
                ("item_number", models.CharField(blank=True, max_length=10, verbose_name="item")),
                (
                    "adopted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adopted_scenarios",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scenarios",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scenarios",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scenarios",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "alternative",
                "verbose_name_plural": "alternatives",
                "ordering": ["created_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pool", "name"),
                        name="one_scenario_per_name_and_pool",
                        violation_error_message="Another alternative has this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adopted_at__isnull", True),
                            models.Q(("adopted_by__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="adopted_scenario_says_who_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatePoolTerms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("issued_by", models.CharField(blank=True, max_length=200, verbose_name="issued by")),
                ("purpose", models.TextField(blank=True, verbose_name="purpose")),
                ("target_group", models.TextField(blank=True, verbose_name="target group")),
                ("method", models.TextField(blank=True, verbose_name="method")),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="where it stands")),
                ("amount", projects.fields.MoneyField(blank=True, null=True, verbose_name="the pool's amount")),
                (
                    "amount_reading",
                    models.CharField(
                        choices=[
                            ("total", "The whole effort, own share included"),
                            ("state_share", "Only what the state pays"),
                            ("unclear", "The paper does not say"),
                        ],
                        default="unclear",
                        max_length=20,
                        verbose_name="the amount is",
                    ),
                ),
                (
                    "own_share_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100)],
                        verbose_name="own share in per cent",
                    ),
                ),
                (
                    "municipalities",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="municipalities in all"),
                ),
                ("citizens", models.PositiveIntegerField(blank=True, null=True, verbose_name="citizens in all")),
                (
                    "minimum_participants",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="fewest participants in each municipality"
                    ),
                ),
                ("first_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="first year")),
                ("last_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="last year")),
                ("application_deadline", models.DateField(blank=True, null=True, verbose_name="application deadline")),
                ("report_deadline", models.DateField(blank=True, null=True, verbose_name="report deadline")),
                (
                    "needs_auditor_statement",
                    models.BooleanField(blank=True, null=True, verbose_name="an auditor's statement is required"),
                ),
                (
                    "own_participants",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="own citizens in the target group"),
                ),
                (
                    "planned_budget",
                    projects.fields.MoneyField(blank=True, null=True, verbose_name="budget for the whole effort"),
                ),
                ("own_funding", projects.fields.MoneyField(blank=True, null=True, verbose_name="own money set aside")),
                ("planned_from", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="planned from")),
                ("planned_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="planned to")),
                ("applied_on", models.DateField(blank=True, null=True, verbose_name="applied on")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported on")),
                (
                    "auditor_statement_on",
                    models.DateField(blank=True, null=True, verbose_name="auditor's statement from"),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("undecided", "Not decided"), ("apply", "Apply"), ("do_not_apply", "Do not apply")],
                        default="undecided",
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("decision_reason", models.TextField(blank=True, verbose_name="reason")),
                ("decided_by", models.CharField(blank=True, max_length=200, verbose_name="decided by")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="state_pools",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "pool",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="terms",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
            ],
            options={
                "verbose_name": "terms of a state pool",
                "verbose_name_plural": "terms of state pools",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_year__isnull", True),
                            ("first_year__isnull", True),
                            ("last_year__gte", models.F("first_year")),
                            _connector="OR",
                        ),
                        name="state_pool_years_in_order",
                        violation_error_message="The last year lies before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_to__isnull", True),
                            ("planned_from__isnull", True),
                            ("planned_to__gte", models.F("planned_from")),
                            _connector="OR",
                        ),
                        name="state_pool_plan_in_order",
                        violation_error_message="The plan ends before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "undecided"), models.Q(("decision_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="state_pool_decision_has_a_reason",
                        violation_error_message="A decision needs its reason.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", projects.fields.MonthField(verbose_name="month")),
                ("caseworker_due", models.DateField(verbose_name="statuses due")),
                ("manager_due", models.DateField(verbose_name="approvals due")),
                ("secretary_due", models.DateField(verbose_name="note due")),
                (
                    "follows_meeting",
                    models.BooleanField(default=False, verbose_name="the deadlines follow the meeting"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="projects.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "status round",
                "verbose_name_plural": "status rounds",
                "ordering": ["-month"],
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "month"), name="one_round_per_committee_and_month"),
                    models.CheckConstraint(
                        condition=models.Q(("manager_due__gte", models.F("caseworker_due"))),
                        name="approval_is_due_after_the_status",
                        violation_error_message="Approvals cannot be due before the statuses.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("secretary_due__gte", models.F("manager_due"))),
                        name="note_is_due_after_the_approval",
                        violation_error_message="The note cannot be due before the approvals.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "other_funding",
                    models.CharField(
                        blank=True,
                        help_text="Where the money comes from, if not from a pool.",
                        max_length=200,
                        verbose_name="other funding",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("running", "Running"), ("closed", "Closed")],
                        default="running",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="start")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="end")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="projects.orgunit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="project_ends_after_it_starts",
                        violation_error_message="The project ends before it starts.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpectedReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("falls_in", models.CharField(max_length=120, verbose_name="where it falls")),
                (
                    "service_frame",
                    models.CharField(
                        choices=[
                            ("inside", "Inside servicerammen"),
                            ("outside", "Outside servicerammen"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=20,
                        verbose_name="servicerammen",
                    ),
                ),
                ("low", projects.fields.MoneyField(blank=True, null=True, verbose_name="low")),
                ("expected", projects.fields.MoneyField(verbose_name="expected")),
                ("high", projects.fields.MoneyField(blank=True, null=True, verbose_name="high")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="basis")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "expected return",
                "verbose_name_plural": "expected returns",
                "ordering": ["proposal", "year", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("low__isnull", True), ("low__lte", models.F("expected")), _connector="OR"),
                            models.Q(("high__isnull", True), ("high__gte", models.F("expected")), _connector="OR"),
                        ),
                        name="return_low_expected_high_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EstimateLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=200, verbose_name="name in the list")),
                ("amount", projects.fields.MoneyField(verbose_name="amount")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="remark")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "pool_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="estimates",
                        to="projects.poolyear",
                        verbose_name="frame",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="estimates",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "line in the economy list",
                "verbose_name_plural": "economy list",
                "ordering": ["pool_year", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("pool_year", "proposal"), name="one_estimate_per_proposal_and_year"
                    ),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="estimate_is_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "score",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(5)], verbose_name="score"
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="projects.criterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("criterion", "proposal"), name="one_score_per_criterion_and_proposal"
                    ),
                    models.CheckConstraint(condition=models.Q(("score__lte", 5)), name="score_is_within_the_scale"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="comment")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "comment",
                "verbose_name_plural": "comments",
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProposalCost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("label", models.CharField(max_length=200, verbose_name="what for")),
                (
                    "fte",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=6, null=True, verbose_name="full-time equivalents"
                    ),
                ),
                ("amount", projects.fields.MoneyField(blank=True, null=True, verbose_name="amount")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="basis")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costs",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "cost",
                "verbose_name_plural": "costs",
                "ordering": ["proposal", "year", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("fte__isnull", True), ("fte__gt", 0), _connector="OR"),
                        name="fte_is_positive",
                        violation_error_message="Full-time equivalents must be more than zero.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("granted", "Granted"), ("rejected", "Rejected")],
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("item_number", models.CharField(blank=True, max_length=10, verbose_name="item")),
                ("decided_at", models.DateTimeField(verbose_name="decided")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["-decided_at"],
            },
        ),
        migrations.CreateModel(
            name="ProposalVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("said", models.JSONField(default=list, editable=False)),
                ("sent_at", models.DateTimeField(verbose_name="sent")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="sent by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a proposal",
                "verbose_name_plural": "versions of proposals",
                "ordering": ["proposal", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="one_proposal_version_per_number")
                ],
            },
        ),
        migrations.CreateModel(
            name="ScenarioLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("is_included", models.BooleanField(default=True, verbose_name="in")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scenario_lines",
                        to="projects.proposal",
                        verbose_name="proposal",
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="projects.scenario",
                        verbose_name="alternative",
                    ),
                ),
            ],
            options={
                "verbose_name": "line in an alternative",
                "verbose_name_plural": "lines in an alternative",
                "ordering": ["scenario", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("scenario", "proposal"), name="one_line_per_proposal_and_scenario")
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "unit",
                    models.CharField(
                        help_text="What is counted, for example citizens.", max_length=40, verbose_name="unit"
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("up", "Higher is better"), ("down", "Lower is better"), ("neutral", "Neither")],
                        default="neutral",
                        max_length=10,
                        verbose_name="direction",
                    ),
                ),
                (
                    "counting_rule",
                    models.CharField(
                        choices=[
                            ("at_date", "At a date"),
                            ("in_period", "In the period"),
                            ("since_start", "Since start"),
                        ],
                        default="at_date",
                        max_length=20,
                        verbose_name="counting rule",
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="baseline"
                    ),
                ),
                ("baseline_on", models.DateField(blank=True, null=True, verbose_name="baseline date")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("is_figure", models.BooleanField(default=False, verbose_name="shown as a figure in notes")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicators",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ["project", "position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("project", "code"), name="one_indicator_per_code")],
            },
        ),
        migrations.CreateModel(
            name="ProjectStanding",
            fields=[
                ("granted", projects.fields.MoneyField(null=True)),
                ("spent", projects.fields.MoneyField(default=0)),
                ("committed", projects.fields.MoneyField(default=0)),
                ("rest", projects.fields.MoneyField(null=True)),
                ("forecast", projects.fields.MoneyField(null=True)),
                ("forecast_month", projects.fields.MonthField(null=True)),
                ("expected", projects.fields.MoneyField(null=True)),
                ("deviation", projects.fields.MoneyField(null=True)),
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="standing",
                        serialize=False,
                        to="projects.project",
                    ),
                ),
                ("name_key", models.CharField(max_length=250)),
                ("deviation_key", projects.fields.MoneyField(default=Decimal("-1000000000000000"))),
                (
                    "light_sent",
                    models.CharField(
                        blank=True, choices=[("green", "Green"), ("yellow", "Yellow"), ("red", "Red")], max_length=10
                    ),
                ),
                (
                    "light_approved",
                    models.CharField(
                        blank=True, choices=[("green", "Green"), ("yellow", "Yellow"), ("red", "Red")], max_length=10
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name_key", "project"], name="standing_by_name"),
                    models.Index(fields=["-deviation_key", "name_key"], name="standing_by_deviation"),
                    models.Index(fields=["light_sent", "-deviation_key", "name_key"], name="standing_by_light_sent"),
                    models.Index(fields=["light_approved", "-deviation_key", "name_key"], name="standing_by_approved"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line_number", models.PositiveIntegerField(verbose_name="line")),
                ("posted_on", models.DateField(verbose_name="date")),
                ("account", models.CharField(blank=True, max_length=40, verbose_name="account")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="text")),
                ("amount", projects.fields.MoneyField(verbose_name="amount")),
                ("project_key", models.CharField(blank=True, max_length=60, verbose_name="project number")),
                ("voucher", models.CharField(blank=True, max_length=40, verbose_name="voucher")),
                ("row_key", models.BigIntegerField(default=0)),
                ("content_key", models.BigIntegerField(default=0)),
                ("sign", models.SmallIntegerField(default=1)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="projects.importbatch",
                        verbose_name="import",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="projects.posting",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "posting",
                "verbose_name_plural": "postings",
                "ordering": ["posted_on", "pk"],
                "indexes": [
                    models.Index(fields=["project", "posted_on", "amount"], name="posting_by_project"),
                    models.Index(fields=["row_key", "content_key", "sign"], name="posting_by_key"),
                    models.Index(
                        condition=models.Q(("project__isnull", True)), fields=["batch"], name="posting_put_aside"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("batch", "line_number", "sign"), name="one_posting_per_line_and_sign"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", False)),
                        fields=("reverses",),
                        name="a_posting_is_reversed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlacementRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("project_key", "Project number"), ("account", "Account")],
                        max_length=12,
                        verbose_name="by",
                    ),
                ),
                ("value", models.CharField(max_length=60, verbose_name="value")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placement_rules",
                        to="projects.pool",
                        verbose_name="pool",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="placement_rules",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "remembered placement",
                "verbose_name_plural": "remembered placements",
                "ordering": ["pool", "kind", "value"],
                "constraints": [
                    models.UniqueConstraint(fields=("pool", "kind", "value"), name="one_placement_per_value")
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("question", "Question"), ("decision", "Decision")],
                        default="question",
                        max_length=10,
                        verbose_name="question or decision",
                    ),
                ),
                ("text", models.TextField(verbose_name="what the committee said")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="deadline")),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="answered")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who answers",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "committee's question",
                "verbose_name_plural": "committee's questions",
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_at__isnull", True), models.Q(("answer", ""), _negated=True), _connector="OR"
                        ),
                        name="an_answered_question_has_its_answer",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("snapshot", "Monthly status"),
                            ("project", "Project"),
                            ("budget_line", "Budget line"),
                            ("proposal", "Proposal"),
                            ("pool", "Pool"),
                            ("import", "Import"),
                            ("ledger_mapping", "Ledger mapping"),
                            ("fiscal_year", "Fiscal year"),
                            ("chart", "Chart of accounts"),
                            ("note", "Note"),
                            ("paper", "Issued paper"),
                            ("user", "User"),
                            ("unit", "Unit"),
                            ("committee", "Committee"),
                            ("meeting", "Meeting"),
                            ("round", "Status round"),
                            ("goal", "Strategic goal"),
                            ("track", "Track"),
                            ("target_group", "Target group"),
                            ("legal_basis", "Legal basis"),
                            ("benefit", "Benefit"),
                            ("fte_rate", "Full-time rate"),
                            ("saved_view", "Saved view"),
                            ("price_index", "Price and wage index"),
                            ("note_template", "Headings of notes"),
                        ],
                        max_length=20,
                        verbose_name="about",
                    ),
                ),
                ("subject_id", models.BigIntegerField()),
                ("verb", models.CharField(max_length=40, verbose_name="what")),
                ("summary", models.CharField(blank=True, max_length=250)),
                ("changes", models.JSONField(blank=True, default=list)),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                ("at", models.DateTimeField(verbose_name="when")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="projects.project",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-at", "-pk"],
                "indexes": [
                    models.Index(fields=["subject", "subject_id", "-at"], name="event_by_subject"),
                    models.Index(fields=["project", "-at"], name="event_by_project"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeviationReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", projects.fields.MonthField(verbose_name="month")),
                ("text", models.CharField(max_length=500, verbose_name="reason")),
                ("written_at", models.DateTimeField(auto_now=True)),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deviation_reasons",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "reason for a deviation",
                "verbose_name_plural": "reasons for deviations",
                "ordering": ["-month"],
                "constraints": [models.UniqueConstraint(fields=("project", "month"), name="one_reason_per_month")],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", projects.fields.MoneyField(verbose_name="amount")),
                ("text", models.CharField(max_length=200, verbose_name="text")),
                ("expected_on", models.DateField(verbose_name="expected to be posted")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[("posted", "Posted"), ("released", "Released")],
                        max_length=10,
                        verbose_name="what became of it",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "ordering": ["expected_on", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("end", "")),
                        fields=["project", "expected_on", "amount"],
                        name="commitment_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="commitment_is_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("situation", models.TextField(blank=True, verbose_name="situation")),
                ("effort", models.TextField(blank=True, verbose_name="effort")),
                ("result", models.TextField(blank=True, verbose_name="result")),
                ("consent_note", models.TextField(blank=True, verbose_name="consent")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="may be told until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("read", "Read"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("return_reason", models.TextField(blank=True, default="", verbose_name="reason")),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stories",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "case story",
                "verbose_name_plural": "case stories",
                "ordering": ["project", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("expires_on__isnull", False),
                                ("read_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_approved_story_was_read_and_expires",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("original", "Original grant"),
                            ("supplementary", "Supplementary grant"),
                            ("transfer", "Transfer"),
                            ("carry_over", "Carry-over"),
                            ("return", "Return to the pool"),
                            ("correction", "Correction"),
                        ],
                        default="original",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("amount", projects.fields.MoneyField(verbose_name="amount")),
                ("price_level", models.PositiveSmallIntegerField(verbose_name="price level")),
                ("account", models.CharField(blank=True, default="", max_length=40, verbose_name="account")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("item_number", models.CharField(blank=True, max_length=10, verbose_name="item")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                (
                    "counterpart",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="counterparts",
                        to="projects.budgetline",
                        verbose_name="other half",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="projects.meeting",
                        verbose_name="meeting",
                    ),
                ),
                (
                    "pool_year",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="projects.poolyear",
                        verbose_name="taken from",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budget_lines",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget line",
                "verbose_name_plural": "budget lines",
                "ordering": ["year", "created_at", "pk"],
                "indexes": [
                    models.Index(fields=["pool_year", "amount"], name="budget_by_pool_year"),
                    models.Index(fields=["project", "year", "amount"], name="budget_by_project"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount", 0), _negated=True), name="budget_line_is_not_zero"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="name")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="where it stands")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="aliases",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "other name",
                "verbose_name_plural": "other names",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "name"), name="one_alias_per_name_and_project")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="caseworker",
                    ),
                ),
            ],
            options={
                "verbose_name": "caseworker",
                "verbose_name_plural": "caseworkers",
                "ordering": ["project", "valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="project_assignment_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("granted", projects.fields.MoneyField(null=True)),
                ("spent", projects.fields.MoneyField(default=0)),
                ("committed", projects.fields.MoneyField(default=0)),
                ("rest", projects.fields.MoneyField(null=True)),
                ("forecast", projects.fields.MoneyField(null=True)),
                ("forecast_month", projects.fields.MonthField(null=True)),
                ("expected", projects.fields.MoneyField(null=True)),
                ("deviation", projects.fields.MoneyField(null=True)),
                ("year", models.PositiveSmallIntegerField()),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="money_years", to="projects.project"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["year", "project", "granted", "spent"], name="rollup_by_year")],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "year"), name="one_rollup_per_project_and_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="RealisedReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("falls_in", models.CharField(max_length=120, verbose_name="where it falls")),
                (
                    "service_frame",
                    models.CharField(
                        choices=[
                            ("inside", "Inside servicerammen"),
                            ("outside", "Outside servicerammen"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=20,
                        verbose_name="servicerammen",
                    ),
                ),
                ("amount", projects.fields.MoneyField(verbose_name="realised")),
                ("source", models.CharField(max_length=300, verbose_name="how it was found")),
                ("entered_at", models.DateTimeField(auto_now=True, verbose_name="entered")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="returns", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "realised return",
                "verbose_name_plural": "realised returns",
                "ordering": ["project", "year", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "year", "falls_in"),
                        name="one_realised_return_per_year_and_place",
                        violation_error_message="The year and the place stand there twice.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ScenarioAmount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", projects.fields.MoneyField(verbose_name="amount")),
                (
                    "pool_year",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tried",
                        to="projects.poolyear",
                        verbose_name="frame",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="amounts",
                        to="projects.scenarioline",
                        verbose_name="line",
                    ),
                ),
            ],
            options={
                "verbose_name": "amount tried",
                "verbose_name_plural": "amounts tried",
                "constraints": [
                    models.UniqueConstraint(fields=("line", "pool_year"), name="one_amount_per_line_and_frame"),
                    models.CheckConstraint(condition=models.Q(("amount__gte", 0)), name="amount_tried_is_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandIn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to and including")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                (
                    "absence",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stand_ins",
                        to="projects.absence",
                    ),
                ),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stand_ins",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="absent",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stand_ins",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "stand_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stands_in_for",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
            ],
            options={
                "verbose_name": "stand-in",
                "verbose_name_plural": "stand-ins",
                "ordering": ["-valid_from"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="stand_in_dates_in_order",
                        violation_error_message="The last day lies before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("stand_in")), _negated=True),
                        name="nobody_stands_in_for_themselves",
                        violation_error_message="Choose another colleague as stand-in.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", projects.fields.MonthField(verbose_name="month")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned"),
                            ("approved", "Approved"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="status date")),
                (
                    "light_overall",
                    models.CharField(
                        blank=True,
                        choices=[("green", "Green"), ("yellow", "Yellow"), ("red", "Red")],
                        max_length=10,
                        verbose_name="overall",
                    ),
                ),
                (
                    "light_economy",
                    models.CharField(
                        blank=True,
                        choices=[("green", "Green"), ("yellow", "Yellow"), ("red", "Red")],
                        max_length=10,
                        verbose_name="economy",
                    ),
                ),
                (
                    "light_schedule",
                    models.CharField(
                        blank=True,
                        choices=[("green", "Green"), ("yellow", "Yellow"), ("red", "Red")],
                        max_length=10,
                        verbose_name="schedule",
                    ),
                ),
                (
                    "light_results",
                    models.CharField(
                        blank=True,
                        choices=[("green", "Green"), ("yellow", "Yellow"), ("red", "Red")],
                        max_length=10,
                        verbose_name="results",
                    ),
                ),
                ("comment_overall", models.TextField(blank=True, verbose_name="comment on overall")),
                ("comment_economy", models.TextField(blank=True, verbose_name="comment on economy")),
                ("comment_schedule", models.TextField(blank=True, verbose_name="comment on schedule")),
                ("comment_results", models.TextField(blank=True, verbose_name="comment on results")),
                ("forecast", projects.fields.MoneyField(blank=True, null=True, verbose_name="forecast for the year")),
                ("narrative", models.TextField(blank=True, verbose_name="status in words")),
                ("summary_manager", models.TextField(blank=True, verbose_name="the manager's summary")),
                ("summary_short", models.TextField(blank=True, verbose_name="three lines for politicians")),
                ("unparsed", models.JSONField(blank=True, default=dict, editable=False)),
                ("untold", models.JSONField(blank=True, default=dict, editable=False)),
                ("correction_reason", models.TextField(blank=True, verbose_name="reason for the correction")),
                ("return_reason", models.TextField(blank=True, verbose_name="reason for returning")),
                ("example_note", models.CharField(blank=True, max_length=200, verbose_name="example data")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "monthly status",
                "verbose_name_plural": "monthly statuses",
                "ordering": ["project", "-month", "-revision"],
                "indexes": [
                    models.Index(fields=["month", "state", "project"], name="snapshot_by_month"),
                    models.Index(
                        condition=models.Q(("state__in", ("submitted", "returned"))),
                        fields=["month"],
                        name="snapshot_that_waits",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("project", "month", "revision"), name="one_snapshot_per_project_month_revision"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved"), _negated=True),
                        fields=("project", "month"),
                        name="one_open_snapshot_per_project_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revision", 1), models.Q(("correction_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="a_later_revision_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_approval_has_a_name_and_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("file", models.FileField(blank=True, upload_to="bilag/%Y/%m/", verbose_name="file")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="date")),
                ("may_be_published", models.BooleanField(default=False, verbose_name="may be published")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="projects.statussnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "annex",
                "verbose_name_plural": "annexes",
                "ordering": ["snapshot", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Breakdown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("split", "Split by category"),
                            ("flow", "In, out and remaining"),
                            ("cross", "Rows by columns"),
                            ("share", "Part of a whole"),
                        ],
                        default="split",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "is_exclusive",
                    models.BooleanField(
                        default=True,
                        help_text="Clear this when one person may stand in several rows.",
                        verbose_name="each is counted once",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("from_month", models.DateField(blank=True, null=True, verbose_name="from month")),
                ("to_month", models.DateField(blank=True, null=True, verbose_name="to month")),
                ("is_figure", models.BooleanField(default=False, verbose_name="shown as a figure in notes")),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breakdowns",
                        to="projects.indicator",
                        verbose_name="must sum to",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="breakdowns",
                        to="projects.project",
                        verbose_name="project",
                    ),
                ),
            ],
            options={
                "verbose_name": "breakdown",
                "verbose_name_plural": "breakdowns",
                "ordering": ["project", "position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("project", "code"), name="one_breakdown_per_code")],
            },
        ),
        migrations.CreateModel(
            name="SnapshotReturn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("said", models.JSONField(default=list, editable=False)),
                ("returned_at", models.DateTimeField(verbose_name="returned")),
                (
                    "returned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="returns",
                        to="projects.statussnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "returned status",
                "verbose_name_plural": "returned statuses",
                "ordering": ["snapshot", "-returned_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="value"),
                ),
                ("unit", models.CharField(blank=True, max_length=40, verbose_name="unit")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="projects.indicator",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measurements",
                        to="projects.statussnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "measurement",
                "verbose_name_plural": "measurements",
                "ordering": ["snapshot", "indicator__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "indicator"), name="one_measurement_per_indicator"),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        name="measurement_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="by")),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="target")),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="targets",
                        to="projects.indicator",
                        verbose_name="indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["indicator", "due_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "due_on"), name="one_target_per_date"),
                    models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="target_is_not_negative"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BreakdownCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="code")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("is_total", models.BooleanField(default=False, verbose_name="sum of the rows below")),
                ("is_column", models.BooleanField(default=False, verbose_name="column")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("from_month", projects.fields.MonthField(blank=True, null=True, verbose_name="from month")),
                ("to_month", projects.fields.MonthField(blank=True, null=True, verbose_name="last month")),
                (
                    "breakdown",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="categories",
                        to="projects.breakdown",
                        verbose_name="breakdown",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="children",
                        to="projects.breakdowncategory",
                        verbose_name="under",
                    ),
                ),
            ],
            options={
                "verbose_name": "row",
                "verbose_name_plural": "rows",
                "ordering": ["breakdown", "position", "pk"],
                "constraints": [models.UniqueConstraint(fields=("breakdown", "code"), name="one_row_per_code")],
            },
        ),
        migrations.CreateModel(
            name="ReturnedSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200, verbose_name="section")),
                ("reason", models.TextField(verbose_name="reason")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("mended_at", models.DateTimeField(blank=True, null=True, verbose_name="mended")),
                (
                    "mended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="projects.snapshotreturn",
                    ),
                ),
            ],
            options={
                "verbose_name": "returned section",
                "verbose_name_plural": "returned sections",
                "ordering": ["returned", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("returned", "section"), name="one_reason_per_returned_section")
                ],
            },
        ),
        migrations.CreateModel(
            name="SnapshotReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("meeting_date", models.DateField(blank=True, null=True, verbose_name="meeting date")),
                ("item_number", models.CharField(blank=True, max_length=10, verbose_name="item")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "attachment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="references",
                        to="projects.attachment",
                        verbose_name="annex",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.committee",
                        verbose_name="committee",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="references",
                        to="projects.statussnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "reference",
                "verbose_name_plural": "references",
                "ordering": ["snapshot", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="BreakdownValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("count", models.IntegerField(blank=True, null=True, verbose_name="count")),
                ("count_out", models.IntegerField(blank=True, null=True, verbose_name="out")),
                ("out_of", models.IntegerField(blank=True, null=True, verbose_name="out of")),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("since_text", models.CharField(blank=True, max_length=60, verbose_name="since, in words")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="values",
                        to="projects.breakdowncategory",
                    ),
                ),
                (
                    "column",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="column_values",
                        to="projects.breakdowncategory",
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="breakdown_values",
                        to="projects.statussnapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "count in a breakdown",
                "verbose_name_plural": "counts in a breakdown",
                "ordering": ["snapshot", "category__position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("column__isnull", True)),
                        fields=("snapshot", "category"),
                        name="one_count_per_row",
                    ),
                    models.UniqueConstraint(fields=("snapshot", "category", "column"), name="one_count_per_cell"),
                    models.CheckConstraint(
                        condition=models.Q(("count__isnull", True), ("count__gte", 0), _connector="OR"),
                        name="count_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count_out__isnull", True), ("count_out__gte", 0), _connector="OR"),
                        name="count_out_is_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("out_of__isnull", True), ("out_of__gte", 0), _connector="OR"),
                        name="out_of_is_not_negative",
                    ),
                ],
            },
        ),
    ]
