from reviews.planning.parallel import models as parallel

__all__ = ["parallel"]
