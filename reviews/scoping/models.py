from reviews.scoping.governance import models as governance
from reviews.scoping.partners import models as partners
from reviews.scoping.purpose import models as purpose
from reviews.scoping.reviewers import models as reviewers
from reviews.scoping.terms import models as terms

__all__ = ["governance", "partners", "purpose", "reviewers", "terms"]
