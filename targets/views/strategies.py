"""The school's list of what can help, below its settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from schools.access import Permission, SchoolRequest, school_view
from targets.forms.strategies import ChangeForm, StrategyForm
from targets.models import Strategy
from targets.services.refusals import StrategyRefused
from targets.services.strategies import add_strategy, move_strategy, start_strategies, switch_strategy
from targets.views.targets import sent

GONE = "Nothing was changed. Look at the list again."


@school_view(Permission.SETTINGS_EDIT)
@require_http_methods(["GET", "POST"])
def strategy_list(request: SchoolRequest) -> HttpResponse:
    """What the school offers, in its order, what it has switched off, and a form for one more."""
    if "change" in request.POST:
        return _change(request)
    form = StrategyForm(sent(request))
    if form.is_valid():
        try:
            added = add_strategy(name=form.cleaned_data["name"], by=request.user)
        except StrategyRefused as refused:
            form.add_error("name", refused.message)
        else:
            messages.success(request, f"“{added}” is the last on the list.")
            return redirect(_at(request, added))
    offered, off = start_strategies(), list(Strategy.objects.filter(is_active=False).order_by("name"))
    return render(request, "targets/strategies.html", {"form": form, "offered": offered, "off": off})


def _change(request: SchoolRequest) -> HttpResponse:
    """Move one or switch it, and lead back to its place."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, GONE)
        return redirect("strategy-list", request.school.slug)
    strategy, change = form.cleaned_data["strategy"], form.cleaned_data["change"]
    if change in ("up", "down"):
        move_strategy(strategy=strategy, up=change == "up", by=request.user)
    else:
        switch_strategy(strategy=strategy, on=change == "on", by=request.user)
        messages.success(request, f"“{strategy}” is {'in use again' if change == 'on' else 'switched off'}.")
    return redirect(_at(request, strategy))


def _at(request: SchoolRequest, strategy: Strategy) -> str:
    """Its place on the page, so that the keyboard goes on from there."""
    return f"{reverse('strategy-list', args=[request.school.slug])}#strategy-{strategy.pk}"
