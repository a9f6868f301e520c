"""The way of a ledger file: handed over, said how to read, tried, loaded."""

from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from projects.actions.ledger import LedgerRefusedError, LoadResult, import_file
from projects.actions.ledger_uploads import discard_upload, keep_layout, save_mapping, store_upload
from projects.counts import format_count
from projects.enums import LedgerColumn, Role
from projects.forms.ledger import LayoutForm, UploadForm, initial_layout, layout_from
from projects.ledger_files import UnreadableFileError
from projects.ledger_files.preview import Preview, preview
from projects.models import LedgerMapping, LedgerUpload, Pool, User
from projects.permissions import roles_required
from projects.queries.ledger import LAYOUT_FIELDS
from projects.views.ledger import pool_of
from projects.views.refusals import add_errors


@roles_required(Role.CONTROLLER)
def upload_create(request: HttpRequest, code: str) -> HttpResponse:
    pool = pool_of(request, code)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            upload = store_upload(
                pool=pool,
                file=values["file"],
                name=Path(values["file"].name).name,
                year=values["year"],
                layout=_mapped(values["mapping"]),
                by=cast(User, request.user),
                max_bytes=settings.LEDGER_UPLOAD_MB * 1024**2,
            )
            _check_readable(upload)
        except ValidationError as error:
            add_errors(form, error, otherwise="file")
        else:
            return redirect("projects:upload-edit", code=code, pk=upload.pk)
    status = 422 if request.method == "POST" else 200
    context = {"pool": pool, "form": form, "most": settings.LEDGER_UPLOAD_MB}
    return render(request, "projects/upload_create.html", context, status=status)


def _mapped(mapping: LedgerMapping | None) -> dict[str, Any]:
    if mapping is None:
        return {}
    return {"system": mapping.system, **{name: getattr(mapping, name) for name in LAYOUT_FIELDS}}


def _check_readable(upload: LedgerUpload) -> None:
    """Raise unreadable, and forget the file, when it is no table that anybody could say more about."""
    try:
        preview(Path(upload.file.path), layout_from(upload.layout), upload.year)
    except UnreadableFileError as error:
        discard_upload(upload=upload)
        # The browser does not show the chosen file again, so its name stands here.
        raise ValidationError(f"{upload.name}: {error}", code="unreadable") from None


@roles_required(Role.CONTROLLER)
def upload_edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Show the first rows as they are read; try the whole file, or load it, as the button says."""
    pool = pool_of(request, code)
    upload = get_object_or_404(LedgerUpload, pk=pk, pool=pool, created_by=cast(User, request.user))
    if request.method != "POST":
        return _page(request, pool, upload)
    heads = _preview(upload).heads
    form = LayoutForm(request.POST, heads=heads)
    if not form.is_valid():
        return _page(request, pool, upload, form=form, status=422)
    values = {"system": form.cleaned_data["system"], **form.layout_values}
    keep_layout(upload=upload, layout=values, year=form.cleaned_data["year"])
    if "show" in request.POST:
        return _page(request, pool, upload, form=_again(form, upload))
    return _try_or_load(request, pool, upload, form)


def _try_or_load(request: HttpRequest, pool: Pool, upload: LedgerUpload, form: LayoutForm) -> HttpResponse:
    by = cast(User, request.user)
    is_load = "load" in request.POST
    values = form.cleaned_data
    try:
        result = import_file(
            path=Path(upload.file.path),
            file_name=upload.name,
            layout=layout_from(upload.layout),
            pool=pool,
            year=values["year"],
            system=values["system"],
            control_total=values["control_total"],
            dry_run=not is_load,
            by=by,
            max_bytes=settings.LEDGER_UPLOAD_MB * 1024**2,
        )
    except LedgerRefusedError as refused:
        return _page(request, pool, upload, form=form, refused=refused, status=422)
    if values["save_as"]:
        save_mapping(name=values["save_as"], system=values["system"], values=form.layout_values, by=by)
    if not is_load:
        return _page(request, pool, upload, form=form, result=result)
    discard_upload(upload=upload)
    return _loaded(request, pool, result)


def _loaded(request: HttpRequest, pool: Pool, result: LoadResult) -> HttpResponse:
    if result.batch is None:
        messages.info(request, _("Everything in the file was loaded before, so nothing was added."))
        return redirect("projects:ledger-show", code=pool.code)
    text = ngettext("%(count)s posting is loaded.", "%(count)s postings are loaded.", result.imported)
    messages.success(request, text % {"count": format_count(result.imported)})
    if result.unplaced_count:
        return redirect("projects:postings-place", code=pool.code)
    return redirect("projects:batch-show", code=pool.code, pk=result.batch.pk)


@roles_required(Role.CONTROLLER)
@require_POST
def upload_discard(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    pool = pool_of(request, code)
    upload = get_object_or_404(LedgerUpload, pk=pk, pool=pool, created_by=cast(User, request.user))
    discard_upload(upload=upload)
    messages.info(request, _("The file is forgotten. Nothing was loaded."))
    return redirect("projects:ledger-show", code=code)


def _preview(upload: LedgerUpload) -> Preview:
    try:
        return preview(Path(upload.file.path), layout_from(upload.layout), upload.year)
    except UnreadableFileError as error:
        return Preview((), {}, (), str(error))


def _again(form: LayoutForm, upload: LedgerUpload) -> LayoutForm:
    """Return the form as it was filled in, with the columns that the file has when read that way."""
    return LayoutForm(form.data, heads=_preview(upload).heads)


def _page(
    request: HttpRequest,
    pool: Pool,
    upload: LedgerUpload,
    *,
    form: LayoutForm | None = None,
    result: LoadResult | None = None,
    refused: LedgerRefusedError | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = _preview(upload)
    if form is None:
        initial = initial_layout(upload.layout, shown.columns, upload.year)
        form = LayoutForm(initial=initial, heads=shown.heads)
    context = {
        "pool": pool,
        "upload": upload,
        "form": form,
        "preview": shown,
        "has_voucher": LedgerColumn.VOUCHER in shown.columns,
        "result": result,
        "refused": refused,
    }
    return render(request, "projects/upload_edit.html", context, status=status)
