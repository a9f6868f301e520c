from django.template import Context, Template
from django.utils.safestring import SafeString

from projects.templatetags.markup import attributes, icon


def test_attributes_leave_the_class_out_and_escape_what_they_hold():
    attrs = {"class": "wide", "id": "id_name", "required": True, "disabled": False, "title": '"<Ole>"'}
    assert attributes(attrs) == SafeString(' id="id_name" title="&quot;&lt;Ole&gt;&quot;" required')
    assert isinstance(attributes(attrs), SafeString)
    assert attributes({"class": "wide"}) == ""


def test_an_icon_is_of_the_design_system_and_hidden_from_screen_readers():
    html = Template('{% load markup %}{% icon "menu" %}').render(Context())
    assert html == icon("menu")
    assert 'aria-hidden="true"' in html
    assert html.endswith('all-svg-icons.svg#menu"></use></svg>')
