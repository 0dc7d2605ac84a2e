import hashlib
import json
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from reviews.case.models import Review
from reviews.permissions import Permission
from reviews.signatures.models import Signature
from scr_portal.audit import operations as audit
from scr_portal.core import clock
from scr_portal.core.reasons import Refused


def canonical(content: dict[str, Any]) -> str:
    """One text for one content: sorted keys, so that equal contents have equal hashes."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign(
    *,
    review: Review,
    target: models.Model,
    title: str,
    statement: str,
    content: dict[str, Any],
    by: Any,
    method: str,
    permission: Permission,
) -> Signature:
    """Keep what is signed with its hash. ``permission`` is needed to read it later.

    The caller holds the lock on the target, has asked who may sign, and had the person give
    password or passkey again. Raises Refused where this version is signed already.
    """
    text = canonical(content)
    try:
        with transaction.atomic():
            signature = Signature.objects.create(
                review=review,
                target_type=target._meta.label_lower,
                target_id=str(target.pk),
                title=title,
                statement=statement,
                content=text,
                sha256=digest(text),
                signer=by,
                signer_name=str(by),
                permission=permission,
                method=method,
                at=clock.now(),
            )
    except IntegrityError:
        raise Refused(_("This has been signed already.")) from None
    audit.record(
        kind=audit.Event.SIGNED,
        by=by,
        target=signature,
        label=title,
        changes={"sha256": signature.sha256},
    )
    return signature
