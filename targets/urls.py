"""Addresses below /schools/<slug>/."""

from django.urls import path

from targets.views import language, one_to_ones, overview, planning, proposals, slips, strategies, supply, targets, today, voice

urlpatterns = [
    path("today/", today.today, name="today"),
    path("today/slips/", slips.slips, name="slips"),
    path("supply/", supply.supply, name="supply"),
    path("settings/strategies/", strategies.strategy_list, name="strategy-list"),
    path("language/", language.language, name="language"),
    path("pupils/<uuid:public_id>/", overview.overview, name="pupil"),
    path("pupils/<uuid:public_id>/timeline/", overview.pupil_timeline, name="pupil-timeline"),
    path("pupils/<uuid:public_id>/targets/new/", targets.target_new, name="target-new"),
    path("pupils/<uuid:public_id>/one-to-one/", one_to_ones.one_to_one_new, name="one-to-one-new"),
    path("pupils/<uuid:public_id>/one-to-ones/", one_to_ones.pupil_one_to_ones, name="pupil-one-to-ones"),
    path("pupils/<uuid:public_id>/one-to-ones/plan/", planning.one_to_one_plan, name="one-to-one-plan"),
    path("one-to-ones/<uuid:one_to_one_id>/change/", one_to_ones.one_to_one_change, name="one-to-one-change"),
    path("pupils/<uuid:public_id>/voice/", voice.pupil_voice, name="pupil-voice"),
    path("pupils/<uuid:public_id>/voice/start/", voice.voice_start, name="voice-start"),
    path("pupils/<uuid:public_id>/voice/noticed/", voice.voice_noticed, name="voice-noticed"),
    path("voice/<uuid:visit_id>/did/", voice.voice_did, name="voice-did"),
    path("targets/hints/", targets.target_hints, name="target-hints"),
    path("targets/proposed/", proposals.proposal_list, name="proposal-list"),
    path("targets/<uuid:target_id>/accept/", proposals.proposal_accept, name="proposal-accept"),
    path("targets/<uuid:target_id>/decline/", proposals.proposal_decline, name="proposal-decline"),
    path("targets/<uuid:target_id>/withdraw/", proposals.proposal_withdraw, name="proposal-withdraw"),
    path("targets/<uuid:target_id>/close/", targets.target_close, name="target-close"),
]
