"""A signature as the block at the end of a printed paper."""

from django.conf import settings
from django.urls import reverse

from reviews.signatures.models import Signature
from scr_portal.core.paper import Signed


def signed(signature: Signature) -> Signed:
    place = reverse("reviews:signature", args=[signature.review_id, signature.pk])
    return Signed(
        statement=signature.statement,
        name=signature.signer_name,
        at=signature.at,
        method=signature.get_method_display(),
        sha256=signature.sha256,
        verify_at=settings.PORTAL_URL + place,
        title=signature.title,
    )
