from targets.services.language import import_language, publish_language, start_language
from targets.services.targets import close_target, set_target

__all__ = ["close_target", "import_language", "publish_language", "set_target", "start_language"]
