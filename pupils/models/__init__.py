from pupils.models.contact import Contact
from pupils.models.profile import Profile, ProfileEdition
from pupils.models.pupil import KeyWorker, Pupil
from pupils.models.roll_import import RollImport
from pupils.models.support import Need, SupportStatus

__all__ = ["Contact", "KeyWorker", "Need", "Profile", "ProfileEdition", "Pupil", "RollImport", "SupportStatus"]
