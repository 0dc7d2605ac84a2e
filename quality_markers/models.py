from quality_markers.assessments import models as assessments
from quality_markers.catalogue import models as catalogue
from quality_markers.comments import models as comments
from quality_markers.comparing import models as comparing
from quality_markers.exports import models as exports
from quality_markers.learning import models as learning
from quality_markers.packs import models as packs

__all__ = ["assessments", "catalogue", "comments", "comparing", "exports", "learning", "packs"]
