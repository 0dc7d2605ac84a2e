from reviews.case import models as case
from reviews.decisions import models as decisions
from reviews.documents import models as documents
from reviews.planning import models as planning
from reviews.scoping import models as scoping
from reviews.signatures import models as signatures

__all__ = ["case", "decisions", "documents", "planning", "scoping", "signatures"]
