from targets.services.language import import_language, publish_language, start_language
from targets.services.proposals import accept_proposal, decline_proposal, propose_target, withdraw_proposal
from targets.services.targets import close_target, set_target

__all__ = [
    "accept_proposal",
    "close_target",
    "decline_proposal",
    "import_language",
    "propose_target",
    "publish_language",
    "set_target",
    "start_language",
    "withdraw_proposal",
]
