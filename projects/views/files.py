"""Tables handed out as files."""

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from projects.sheets import Sheet, csv_lines, workbook


class SheetConverter:
    """A table's kind at the end of an address: csv or xlsx."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet_response(sheet: Sheet, name: str, kind: str) -> HttpResponseBase:
    """Return the table as `name`.csv or `name`.xlsx; `kind` is "csv" or "xlsx"."""
    if kind == "xlsx":
        return FileResponse(workbook(sheet), as_attachment=True, filename=f"{name}.xlsx", content_type=_WORKBOOK)
    response = StreamingHttpResponse(csv_lines(sheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
