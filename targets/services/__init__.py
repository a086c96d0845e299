from targets.services.language import start_language
from targets.services.targets import close_target, set_target

__all__ = ["close_target", "set_target", "start_language"]
