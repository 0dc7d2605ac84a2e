from reviews.decisions.advice import models as advice
from reviews.decisions.briefings import models as briefings
from reviews.decisions.decision import models as decision
from reviews.decisions.referrals import models as referrals
from reviews.decisions.returns import models as returns

__all__ = ["advice", "briefings", "decision", "referrals", "returns"]
