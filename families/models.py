from families.contributions import models as contributions
from families.feedback import models as feedback
from families.involvement import models as involvement
from families.letters import models as letters
from families.people import models as people

__all__ = ["contributions", "feedback", "involvement", "letters", "people"]
