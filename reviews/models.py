from reviews.case import models as case
from reviews.decisions import models as decisions
from reviews.documents import models as documents
from reviews.emergency import models as emergency
from reviews.planning import models as planning
from reviews.retention import models as retention
from reviews.scoping import models as scoping
from reviews.signatures import models as signatures
from reviews.subject_access import models as subject_access

__all__ = [
    "case",
    "decisions",
    "documents",
    "emergency",
    "planning",
    "retention",
    "scoping",
    "signatures",
    "subject_access",
]
