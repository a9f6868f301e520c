"""Pages of proposals, pools, projects and monthly statuses. Paths are Danish, names are `noun-verb`."""

from django.urls import path, register_converter

from projects.months import MonthConverter
from projects.views import (
    adoptions,
    boards,
    breakdowns,
    calendar,
    comparing,
    decisions,
    health,
    help,
    indicators,
    pools,
    project_changes,
    projects,
    proposal_form,
    proposals,
    rounds,
    snapshot_autosave,
    snapshot_decisions,
    snapshot_read,
    snapshots,
    state_pools,
)

register_converter(MonthConverter, "month")

app_name = "projects"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("hjaelp/", help.help_page, name="help"),
    path("puljer/", pools.pool_list, name="pool-list"),
    path("puljer/ny/", pools.pool_create, name="pool-create"),
    path("puljer/<slug:code>/", pools.pool_detail, name="pool-detail"),
    path("puljer/<slug:code>/ramme/", pools.frame_edit, name="frame-create"),
    path("puljer/<slug:code>/ramme/<int:year>/", pools.frame_edit, name="frame-edit"),
    path("puljer/<slug:code>/liste/<int:year>/ny/", pools.estimate_create, name="estimate-create"),
    path("puljer/<slug:code>/liste/<int:pk>/", pools.estimate_edit, name="estimate-edit"),
    path("puljer/<slug:code>/liste/<int:pk>/fjern/", pools.estimate_remove, name="estimate-remove"),
    path("puljer/<slug:code>/prioritering/", boards.prioritisation, name="board"),
    path("puljer/<slug:code>/prioritering/<int:pk>/", boards.prioritisation, name="board-scenario"),
    path("puljer/<slug:code>/prioritering/<int:pk>/vedtag/", adoptions.scenario_adopt, name="scenario-adopt"),
    path("puljer/<slug:code>/prioritering/<int:pk>/slet/", boards.scenario_delete, name="scenario-delete"),
    path("puljer/<slug:code>/prioritering/sammenlign/", boards.board_compare, name="board-compare"),
    path("puljer/<slug:code>/prioritering/kriterier/", boards.criteria_edit, name="criteria-edit"),
    path("puljer/<slug:code>/prioritering/point/<int:pk>/", boards.score_edit, name="score-edit"),
    path("puljer/<slug:code>/statspulje/", state_pools.state_pool, name="state-pool"),
    path("puljer/<slug:code>/statspulje/vilkaar/", state_pools.terms_edit, name="terms-edit"),
    path("puljer/<slug:code>/statspulje/indsatser/ny/", state_pools.effort_edit, name="effort-create"),
    path("puljer/<slug:code>/statspulje/indsatser/<int:pk>/", state_pools.effort_edit, name="effort-edit"),
    path("puljer/<slug:code>/statspulje/indsatser/<int:pk>/fjern/", state_pools.effort_remove, name="effort-remove"),
    path("forslag/", proposals.proposal_list, name="proposal-list"),
    path("forslag/nyt/", proposal_form.proposal_create, name="proposal-create"),
    path("forslag/<int:pk>/", proposals.proposal_detail, name="proposal-detail"),
    path("forslag/<int:pk>/rediger/", proposal_form.proposal_edit, name="proposal-edit"),
    path("forslag/<int:pk>/send/", proposal_form.proposal_submit, name="proposal-submit"),
    path("forslag/<int:pk>/traek-tilbage/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("forslag/<int:pk>/afgoer/", decisions.proposal_decide, name="proposal-decide"),
    path("forslag/<int:pk>/afslag/", decisions.proposal_reject, name="proposal-reject"),
    path("projekter/", projects.project_list, name="project-list"),
    path("projekter/<slug:code>/", projects.project_detail, name="project-detail"),
    path("projekter/<slug:code>/budget/ny/", project_changes.budget_line_create, name="budget-line-create"),
    path("projekter/<slug:code>/sagsbehandler/", project_changes.caseworker_assign, name="caseworker-assign"),
    path("projekter/<slug:code>/sagsbehandler/<int:pk>/", project_changes.caseworker_end, name="caseworker-end"),
    path("projekter/<slug:code>/afslut/", project_changes.project_close, name="project-close"),
    path("projekter/<slug:code>/maaltal/", indicators.indicator_list, name="indicator-list"),
    path("projekter/<slug:code>/maaltal/nyt/", indicators.indicator_create, name="indicator-create"),
    path("projekter/<slug:code>/maaltal/<int:pk>/", indicators.indicator_edit, name="indicator-edit"),
    path("projekter/<slug:code>/maaltal/<int:pk>/slet/", indicators.indicator_delete, name="indicator-delete"),
    path("projekter/<slug:code>/maaltal/<int:pk>/flyt/", indicators.indicator_move, name="indicator-move"),
    path("projekter/<slug:code>/opgoerelser/ny/", breakdowns.breakdown_create, name="breakdown-create"),
    path("projekter/<slug:code>/opgoerelser/<int:pk>/", breakdowns.breakdown_edit, name="breakdown-edit"),
    path("projekter/<slug:code>/opgoerelser/<int:pk>/slet/", breakdowns.breakdown_delete, name="breakdown-delete"),
    path("projekter/<slug:code>/opgoerelser/<int:pk>/flyt/", breakdowns.breakdown_move, name="breakdown-move"),
    path("status/", snapshot_read.status_list, name="status-list"),
    path("projekter/<slug:code>/status/sammenlign/", comparing.snapshot_compare, name="snapshot-compare"),
    path("projekter/<slug:code>/status/<month:month>/", snapshots.snapshot_edit, name="snapshot-edit"),
    path("projekter/<slug:code>/status/<month:month>/vis/", snapshot_read.snapshot_show, name="snapshot-show"),
    path("projekter/<slug:code>/status/<month:month>/send/", snapshots.snapshot_submit, name="snapshot-submit"),
    path(
        "projekter/<slug:code>/status/<month:month>/gem/", snapshot_autosave.snapshot_autosave, name="snapshot-autosave"
    ),
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
    path(
        "projekter/<slug:code>/status/<month:month>/traek-tilbage/",
        snapshot_decisions.snapshot_withdraw,
        name="snapshot-withdraw",
    ),
    path(
        "projekter/<slug:code>/status/<month:month>/genaabn/",
        snapshot_decisions.snapshot_reopen,
        name="snapshot-reopen",
    ),
    path("runder/", rounds.round_list, name="round-list"),
    path("runder/moede/nyt/", rounds.meeting_create, name="meeting-create"),
    path("runder/moede/<int:pk>/aaben/", rounds.round_open, name="round-open"),
    path("runder/moede/<int:pk>/flyt/", rounds.meeting_move, name="meeting-move"),
    path("runder/<int:pk>/luk/", rounds.round_close, name="round-close"),
    path("runder/<int:pk>/genaaben/", rounds.round_reopen, name="round-reopen"),
    path("kalender/<slug:token>.ics", calendar.calendar_feed, name="calendar-feed"),
    path("projekter/<slug:code>/bilag/<int:pk>/", snapshot_read.attachment_download, name="attachment-download"),
    path("bemaerkninger/svar/", snapshot_decisions.finding_answer, name="finding-answer"),
]
