"""Setting up a table in two directions, filling it in and reading it, through the browser's requests."""

import pytest
from django.urls import reverse

from projects.enums import Role
from projects.forms.table_fields import cell_field, count_field
from projects.models import Breakdown
from tests import factories
from tests.cross_tables import cross_world
from tests.projects.actions.test_cross_tables import NOVEMBER, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    world = cross_world()
    factories.RoleAssignmentFactory(user=world.by, role=Role.CASEWORKER, unit=world.project.unit)
    client.force_login(world.by)
    return world


def set_up(client, world, **typed):
    url = reverse("projects:breakdown-create", args=[world.project.code])
    return client.post(url, {"name": "Ny tabel", "kind": "cross", "is_exclusive": "yes", "unit": "", **typed})


ROWS = {"row": ["n1", "n2"], "n1-name": "Mentor", "n2-name": "Praktik"}


def test_the_template_is_stored_as_it_stands(client, world):
    page = client.get(reverse("projects:breakdown-create", args=[world.project.code]), {"skabelon": "ydelse-indsats"})
    typed = {"row": [], "column": []}
    for name in ("scheme", "columns"):
        lines = page.context[name].lines
        typed["row" if name == "scheme" else "column"] = [line.key for line in lines]
        typed |= {f"{line.key}-name": line.texts["name"] for line in lines}
    assert set_up(client, world, **typed).status_code == 302
    table = Breakdown.objects.get(name="Ny tabel")
    columns = table.categories.filter(is_column=True).order_by("position")
    assert [column.name for column in columns] == ["Uddannelseshjælp", "Kontanthjælp", "Integrationsydelse"]
    assert table.categories.filter(is_column=False).count() == 6


def test_columns_are_added_pasted_and_moved_on_the_page_and_nothing_is_stored(client, world):
    before = Breakdown.objects.count()
    chosen = set_up(client, world, do="arrange", **ROWS)
    assert [line.key for line in chosen.context["columns"].lines] == ["k1"]
    pasted = set_up(
        client, world, **ROWS, do="paste-column", column=["k1"], **{"paste-column": "A\n  B", "k1-name": "Ø"}
    )
    assert [(line.key, line.depth) for line in pasted.context["columns"].lines] == [("k1", 0), ("k2", 0), ("k3", 0)]
    moved = set_up(client, world, **ROWS, do="up:k2", column=["k1", "k2"], **{"k1-name": "A", "k2-name": "B"})
    assert [line.key for line in moved.context["columns"].lines] == ["k2", "k1"]
    assert moved.context["said"] == "“B” er nummer 1 af 2"
    assert Breakdown.objects.count() == before


def test_a_table_without_columns_or_with_a_column_twice_is_refused_beside_the_field(client, world):
    before = Breakdown.objects.count()
    missing = set_up(client, world, **ROWS)
    twice = set_up(client, world, **ROWS, column=["k1", "k2"], **{"k1-name": "A", "k2-name": "a"})
    assert (missing.status_code, twice.status_code, Breakdown.objects.count()) == (422, 422, before)
    assert "skal have mindst én kolonne" in missing.content.decode()
    assert twice.context["columns"].lines[1].form.errors == {"name": ["“a” står der to gange."]}


def test_a_stored_table_can_be_made_another_kind_while_nobody_has_counted(client, world):
    url = reverse("projects:breakdown-edit", args=[world.project.code, world.cross.pk])
    stored = client.get(url).context
    typed = {"row": [line.key for line in stored["scheme"].lines]}
    typed |= {f"{line.key}-name": line.texts["name"] for line in stored["scheme"].lines}
    typed |= {"column": [line.key for line in stored["columns"].lines]}
    answer = client.post(url, {"name": "Ydelse", "kind": "split", "is_exclusive": "yes", **typed})
    assert answer.status_code == 302
    assert not world.cross.categories.filter(is_column=True).exists()


def test_a_month_is_typed_saved_and_read(client, world):
    snapshot = saved(world, month=NOVEMBER)
    mentor, cash = world.place(world.cross, "Mentor").pk, world.place(world.cross, "Kontanthjælp").pk
    url = reverse("projects:snapshot-edit", args=[world.project.code, NOVEMBER])
    page = client.get(url)
    assert page.status_code == 200
    typed = {cell_field(mentor, cash): "9", count_field(cash): "78", "version": page.context["version"]}
    assert client.post(url, {**typed, "base": page.context["base"]}).status_code == 302
    assert snapshot.breakdown_values.get(category=mentor, column=cash).count == 9
    shown = client.get(reverse("projects:snapshot-show", args=[world.project.code, NOVEMBER])).content.decode()
    assert "Under “Kontanthjælp” står 78 i alt, men rækkerne giver 77 – én mangler." in shown
    assert "21,1\u00a0%" in shown
