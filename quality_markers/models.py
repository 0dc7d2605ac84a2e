from quality_markers.assessments import models as assessments
from quality_markers.catalogue import models as catalogue
from quality_markers.exports import models as exports

__all__ = ["assessments", "catalogue", "exports"]
