"""A membership that PostgreSQL asks once for a statement."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, QuerySet


class OneOf(Func):
    """``OneOf("pk", keys)``: the column is one of what ``keys`` gives, a queryset of one value.

    ``IN`` and ``EXISTS`` under an OR are planned twice and asked for each row of the table; this is
    ``= ANY (ARRAY(SELECT …))``, asked once, for which an index serves. ``keys`` may not look at
    the row.
    """

    arg_joiner = " = ANY ("
    template = "%(expressions)s)"
    output_field = BooleanField()

    def __init__(self, column: str, keys: QuerySet[Any, Any], **extra: Any) -> None:
        super().__init__(F(column), ArraySubquery(keys.order_by()), **extra)
