"""Links that say where one is: they keep filters, mark the present page and work without a script."""

import re

import pytest
from django.core.paginator import Paginator
from django.test import RequestFactory

from tests.look.drawing import drawn as drawn_with


def drawn(source: str, address: str = "/list/", **values: object) -> str:
    return drawn_with(source, request=RequestFactory().get(address), **values)


def test_pages_keep_the_filters():
    html = drawn("{% pagination page %}", "/list/?need=SLCN&page=2", page=Paginator(range(100), 10).page(2))
    assert 'href="?need=SLCN&amp;page=3"' in html
    assert 'href="?need=SLCN&amp;page=1"' in html


def test_the_present_page_is_no_link():
    html = drawn("{% pagination page %}", page=Paginator(range(100), 10).page(2))
    assert re.search(r'<span class="page-link" aria-current="page">.*2</span>', html)
    assert html.count('aria-current="page"') == 1


def test_one_page_needs_no_links():
    assert drawn("{% pagination page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("address", "direction", "next_order"),
    [("/", "", "name"), ("/?order=name", "ascending", "-name"), ("/?order=-name", "descending", "name")],
)
def test_a_heading_turns_the_order_round_and_says_which_it_is(address, direction, next_order):
    html = drawn('{% sort_heading "Name" "name" %}', address)
    assert f'href="?order={next_order}"' in html
    assert (f'aria-sort="{direction}"' in html) == bool(direction)


def test_the_tab_of_this_page_is_marked():
    html = drawn('{% tabs "Ravi P." %}{% tab "Overview" "/p/1/" %}{% tab "Targets" "/p/1/targets/" %}{% endtabs %}', "/p/1/targets/")
    assert html.count("aria-current") == 1
    assert 'href="/p/1/targets/" aria-current="page"' in html


def test_the_way_here_ends_with_this_page():
    html = drawn('{% breadcrumb "Pupils" "/pupils/" "Ravi P." %}')
    assert '<a href="/pupils/">Pupils</a>' in html
    assert 'aria-current="page">Ravi P.</li>' in html


def test_what_a_person_wrote_is_escaped_wherever_it_is_drawn():
    nasty = "<b>x</b>"
    source = (
        "{% breadcrumb words %}{% tag words %}{% monogram words %}{% button words %}{% card words %}{% endcard %}"
        "{% hero title=words lead=words person=words %}{% endhero %}{% event words words %}{% endevent %}"
        "{% task words '/' words %}{% endtask %}{% count 1 words '' words %}{% empty words %}{% endempty %}"
        "{% stacked_bar words numbers words %}{% profile words parts words words %}"
    )
    html = drawn(source, words=nasty, numbers=[1, 2, 3, 4, 5], parts=[(nasty, [nasty])])
    assert nasty not in html
    assert "&lt;b&gt;x&lt;/b&gt;" in html


def test_a_tag_has_no_tone_that_is_not_drawn():
    with pytest.raises(ValueError, match="no tag tone 'pink'"):
        drawn('{% tag "Pink" "pink" %}')
