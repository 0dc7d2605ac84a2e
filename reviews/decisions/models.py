from reviews.decisions.decision import models as decision
from reviews.decisions.referrals import models as referrals

__all__ = ["decision", "referrals"]
