"""Pages that say what the figures add up to: the front page, the overview, the notes."""

from django.urls import path, register_converter

from reports.views import (
    committees,
    drill,
    figures,
    home,
    issued_papers,
    letters,
    note_additions,
    note_drafts,
    note_text,
    notes,
    overview,
    papers,
    project_texts,
    public,
    public_pages,
    public_papers,
    saved_views,
    timeline,
)
from reports.views.paper_addresses import PaperKindConverter

register_converter(PaperKindConverter, "paper")

app_name = "reports"
PAPER_VERSION = "papirer/<paper:kind>/<slug:of>/version/<int:number>"

urlpatterns = [
    path("", home.home, name="home"),
    path("overblik/", overview.overview, name="overview"),
    path("overblik/udskrift/", overview.overview_print, name="overview-print"),
    path("overblik/overblik.<sheet:kind>", overview.overview_export, name="overview-export"),
    path("overblik/budgetlinjer/", drill.overview_lines, name="overview-lines"),
    path("overblik/budgetlinjer.<sheet:kind>", drill.overview_lines_export, name="overview-lines-export"),
    path("overblik/posteringer/", drill.overview_postings, name="overview-postings"),
    path("overblik/posteringer.<sheet:kind>", drill.overview_postings_export, name="overview-postings-export"),
    path("overblik/visninger/ny/", saved_views.view_save, name="view-save"),
    path("overblik/visninger/<int:pk>/slet/", saved_views.view_delete, name="view-delete"),
    path("projekter/<slug:code>/historik/", timeline.project_timeline, name="project-timeline"),
    path(
        "projekter/<slug:code>/status/<month:month>/figur/maaltal/<int:pk>/",
        figures.indicator_figure,
        name="indicator-figure",
    ),
    path("projekter/<slug:code>/status/<month:month>/figur/tabel/<int:pk>/", figures.table_figure, name="table-figure"),
    path("udvalg/", committees.committee_list, name="committee-list"),
    path("udvalg/<str:code>/", committees.committee_show, name="committee-show"),
    path("projekter/<slug:code>/rapporttekst/", project_texts.project_text, name="project-text"),
    path("papirer/", issued_papers.paper_list, name="paper-list"),
    path("papirer/breve/ny/", letters.letter_write, name="letter-create"),
    path("papirer/breve/<int:pk>/tekst/", letters.letter_write, name="letter-edit"),
    path("papirer/breve/<int:pk>/spoergsmaal/", letters.question_write, name="question-create"),
    path("papirer/breve/<int:pk>/spoergsmaal/<int:question>/", letters.question_write, name="question-edit"),
    path("papirer/breve/<int:pk>/spoergsmaal/<int:question>/slet/", letters.question_delete, name="question-delete"),
    path("papirer/<paper:kind>/<slug:of>/", issued_papers.paper_show, name="paper-show"),
    path("papirer/<paper:kind>/<slug:of>/udkast/", issued_papers.paper_preview, name="paper-preview"),
    path("papirer/<paper:kind>/<slug:of>/udsted/", issued_papers.paper_issue, name="paper-issue"),
    path("papirer/<paper:kind>/<slug:of>/paa-vej/<int:order>/", issued_papers.paper_order, name="paper-order"),
    path("papirer/<paper:kind>/<slug:of>/paa-vej/<int:order>/igen/", issued_papers.paper_again, name="paper-again"),
    path(
        "papirer/<paper:kind>/<slug:of>/paa-vej/<int:order>/udkast.pdf", issued_papers.paper_draft, name="paper-draft"
    ),
    path("papirer/<paper:kind>/<slug:of>/version/<int:number>/", issued_papers.paper_version, name="paper-version"),
    path("papirer/<paper:kind>/<slug:of>/version/<int:number>.pdf", issued_papers.paper_pdf, name="paper-pdf"),
    path("papirer/<paper:kind>/<slug:of>/version/<int:number>.docx", issued_papers.paper_word, name="paper-word"),
    path("papirer/<paper:kind>/<slug:of>/version/<int:number>.zip", issued_papers.paper_package, name="paper-package"),
    path("papirer/<paper:kind>/<slug:of>/version/<int:number>.json", issued_papers.paper_facts, name="paper-facts"),
    *(
        path(f"{PAPER_VERSION}/offentlig/{way}", view, name=f"paper-{name}")
        for way, view, name in (
            ("", public_papers.paper_public, "public"),
            ("begynd/", public_papers.paper_public_begin, "public-begin"),
            ("svar/", public_papers.paper_public_answer, "public-answer"),
            ("godkend/", public_papers.paper_public_approve, "public-approve"),
            ("igen/", public_papers.paper_public_again, "public-again"),
            ("slet/", public_papers.paper_public_discard, "public-discard"),
            ("side/aabn/", public_papers.paper_page_open, "page-open"),
            ("side/luk/", public_papers.paper_page_close, "page-close"),
        )
    ),
    path(f"{PAPER_VERSION}/offentlig.<str:ending>", public_papers.paper_public_file, name="paper-public-file"),
    path("offentligt/projekter/<slug:code>/", public_pages.public_project, name="public-project"),
    path("offentligt/projekter/<slug:code>.pdf", public_pages.public_project_pdf, name="public-project-pdf"),
    path("robots.txt", public_pages.robots, name="robots"),
    path("notater/", notes.note_list, name="note-list"),
    path("notater/nyt/", notes.note_create, name="note-create"),
    path("notater/<int:pk>/", notes.note_compose, name="note-compose"),
    path("notater/<int:pk>/tekst/", note_text.note_text, name="note-text"),
    path("notater/<int:pk>/tekst/<slug:code>/", note_text.note_section, name="note-section"),
    path("notater/<int:pk>/overskrift/<int:part>/", note_text.note_part, name="note-part"),
    path("notater/<int:pk>/overskrifter/", note_drafts.note_headings, name="note-headings"),
    path("notater/<int:pk>/bilag/", note_additions.note_additions, name="note-additions"),
    path("notater/<int:pk>/bilag/nyt/", note_additions.note_annex_add, name="note-annex-add"),
    path("notater/<int:pk>/bilag/<int:annex>/", note_additions.note_annex_change, name="note-annex-change"),
    path("notater/<int:pk>/bilag/<int:annex>/fil/", note_additions.note_annex_file, name="note-annex-file"),
    path(
        "notater/<int:pk>/bilag/udelad/<slug:code>/", note_additions.note_annex_leave_out, name="note-annex-leave-out"
    ),
    path(
        "notater/<int:pk>/henvisning/<int:reference>/slet/",
        note_additions.note_reference_remove,
        name="note-reference-remove",
    ),
    path("notater/<int:pk>/kladder/", note_drafts.note_drafts, name="note-drafts"),
    path("notater/<int:pk>/kladder/<int:number>/", note_drafts.note_draft, name="note-draft"),
    path("notater/<int:pk>/kladder/<int:number>/gendan/", note_drafts.note_restore, name="note-restore"),
    path("notater/<int:pk>/udkast/", papers.note_preview, name="note-preview"),
    path("notater/<int:pk>/udsted/", papers.note_issue, name="note-issue"),
    path("notater/<int:pk>/papir/<int:rendering>/", papers.note_paper, name="note-paper"),
    path("notater/<int:pk>/papir/<int:rendering>/igen/", papers.note_paper_again, name="note-paper-again"),
    path("notater/<int:pk>/papir/<int:rendering>/udkast.pdf", papers.note_paper_file, name="note-paper-file"),
    path("notater/<int:pk>/version/<int:number>/", notes.note_version_show, name="note-version-show"),
    path("notater/<int:pk>/version/<int:number>.pdf", notes.note_version, name="note-version"),
    path("notater/<int:pk>/version/<int:number>.docx", notes.note_version_word, name="note-version-word"),
    path("notater/<int:pk>/version/<int:number>.zip", notes.note_version_package, name="note-version-package"),
    path("notater/<int:pk>/version/<int:number>.json", notes.note_version_facts, name="note-version-facts"),
    path("notater/<int:pk>/version/<int:number>/offentlig/", public.public_edition, name="public-edition"),
    path("notater/<int:pk>/version/<int:number>/offentlig/begynd/", public.public_begin, name="public-begin"),
    path("notater/<int:pk>/version/<int:number>/offentlig/tekster/", public.public_texts, name="public-texts"),
    path("notater/<int:pk>/version/<int:number>/offentlig/svar/", public.public_answer, name="public-answer"),
    path("notater/<int:pk>/version/<int:number>/offentlig/godkend/", public.public_approve, name="public-approve"),
    path("notater/<int:pk>/version/<int:number>/offentlig/igen/", public.public_again, name="public-again"),
    path("notater/<int:pk>/version/<int:number>/offentlig/slet/", public.public_discard, name="public-discard"),
    path("notater/<int:pk>/version/<int:number>/offentlig.<str:ending>", public.public_file, name="public-file"),
]
