"""Pages of proposals, pools, projects and monthly statuses. Paths are Danish, names are `noun-verb`."""

from django.urls import path, register_converter

from projects.months import MonthConverter
from projects.views import health, help, snapshot_decisions, snapshot_read, snapshots

register_converter(MonthConverter, "month")

app_name = "projects"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("hjaelp/", help.help_page, name="help"),
    path("status/", snapshot_read.status_list, name="status-list"),
    path("projekter/<slug:code>/status/<month:month>/", snapshots.snapshot_edit, name="snapshot-edit"),
    path("projekter/<slug:code>/status/<month:month>/vis/", snapshot_read.snapshot_show, name="snapshot-show"),
    path("projekter/<slug:code>/status/<month:month>/send/", snapshots.snapshot_submit, name="snapshot-submit"),
    path("projekter/<slug:code>/status/<month:month>/tekst/", snapshots.snapshot_preview, name="snapshot-preview"),
    path(
        "projekter/<slug:code>/status/<month:month>/godkend/",
        snapshot_decisions.snapshot_approve,
        name="snapshot-approve",
    ),
    path(
        "projekter/<slug:code>/status/<month:month>/returner/",
        snapshot_decisions.snapshot_return,
        name="snapshot-return",
    ),
    path(
        "projekter/<slug:code>/status/<month:month>/ret/", snapshot_decisions.snapshot_correct, name="snapshot-correct"
    ),
    path(
        "projekter/<slug:code>/status/<month:month>/slet/", snapshot_decisions.snapshot_discard, name="snapshot-discard"
    ),
    path("projekter/<slug:code>/bilag/<int:pk>/", snapshot_read.attachment_download, name="attachment-download"),
    path("bemaerkninger/svar/", snapshot_decisions.finding_answer, name="finding-answer"),
]
