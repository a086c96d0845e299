"""Searching for a pupil by name without a name in any address.

Addresses outlive a session: in the history of a shared browser, in the log of a proxy, behind a sign-in. So what was typed is
posted and stays in the session; the address holds a mark that means nothing to anybody else, and to nobody after sign-out.
"""

import secrets

from django.http import HttpRequest

SEARCHES = "searches"
MARK = "find"
LONGEST = 60
KEPT = 20  # of one session, the latest; a tab that is older than that shows the whole list again
NOT_OF_THE_ADDRESS = ("csrfmiddlewaretoken", "q", "page", MARK)


def search_address(request: HttpRequest) -> str:
    """Keep the words that were posted, and return the address of the page that shows what they find."""
    asked = request.POST.copy()
    words = asked.get("q", "").strip()[:LONGEST]
    for name in [name for name, value in asked.items() if name in NOT_OF_THE_ADDRESS or not value]:
        del asked[name]
    if words:
        asked[MARK] = _mark_for(request, words)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path


def searched_words(request: HttpRequest) -> str:
    """The words that the mark in the address stands for, in this session."""
    words: str = request.session.get(SEARCHES, {}).get(request.GET.get(MARK, ""), "")
    return words


def _mark_for(request: HttpRequest, words: str) -> str:
    kept: dict[str, str] = request.session.get(SEARCHES, {})
    mark = next((mark for mark, each in kept.items() if each == words), None) or secrets.token_urlsafe(6)
    others = [(each, text) for each, text in kept.items() if each != mark]
    request.session[SEARCHES] = dict([*others, (mark, words)][-KEPT:])
    return mark
