from pupils.models.contact import Contact
from pupils.models.pupil import KeyWorker, Pupil
from pupils.models.roll_import import RollImport
from pupils.models.support import Need, Profile, SupportStatus

__all__ = ["Contact", "KeyWorker", "Need", "Profile", "Pupil", "RollImport", "SupportStatus"]
