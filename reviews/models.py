from reviews.case import models as case
from reviews.decisions import models as decisions
from reviews.signatures import models as signatures

__all__ = ["case", "decisions", "signatures"]
