import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

# The chain's head is locked, then linked to: two writers of one review queue for some microseconds.
# The hash is made by PostgreSQL so that no writer, SQL by hand included, can leave it out.
# CHAINED and verify.py's query must read the same fields in the same order.
DIGEST = """
    encode(sha256(convert_to(concat_ws(E'\\x1f',
        {row}.chain, {row}.sequence, {row}.previous_hash,
        to_char({row}.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        {row}.kind, coalesce({row}.actor_id::text, ''), {row}.actor_name,
        coalesce({row}.board_id::text, ''), coalesce({row}.review_id::text, ''),
        {row}.target_type, {row}.target_id, {row}.target_label, {row}.changes::text
    ), 'UTF8')), 'hex')
"""

CHAINED = f"""
    INSERT INTO audit_chainhead (chain, sequence, hash) VALUES (NEW.chain, 0, '')
      ON CONFLICT (chain) DO NOTHING;
    SELECT sequence + 1, hash INTO NEW.sequence, NEW.previous_hash
      FROM audit_chainhead WHERE chain = NEW.chain FOR UPDATE;
    NEW.hash := {DIGEST.format(row="NEW")};
    UPDATE audit_chainhead SET sequence = NEW.sequence, hash = NEW.hash WHERE chain = NEW.chain;
    RETURN NEW;
"""  # noqa: S608 - made of constants


SEPARATOR = "\x1f"


class ChainHead(models.Model):
    """The newest event of each chain, so that one torn off its end is missed too."""

    chain = models.CharField(max_length=40, primary_key=True)
    sequence = models.BigIntegerField()
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("head of a chain")

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}"


class AuditEvent(models.Model):
    """One thing that somebody did. No foreign keys: the record outlives what it speaks of.

    ``chain`` is the review's id, or "portal" for what belongs to no review.
    """

    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("what"), max_length=60)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("who"), max_length=200, blank=True)
    board_id = models.BigIntegerField(null=True)
    review_id = models.UUIDField(null=True)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    target_label = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)
    chain = models.CharField(max_length=40)
    # Filled by the trigger, whatever is written here.
    sequence = models.BigIntegerField(default=0)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("event")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["review_id", "-at", "-id"], name="audit_history_of_review"),
            models.Index(fields=["board_id", "-at"], name="audit_of_board"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="audit_chain_in_order"),
            # What parts the fields in the digest stands in none of them, or they could be parted
            # in another place under the same hash.
            models.CheckConstraint(
                condition=~models.Q(actor_name__contains=SEPARATOR)
                & ~models.Q(target_label__contains=SEPARATOR)
                & ~models.Q(kind__contains=SEPARATOR)
                & ~models.Q(target_id__contains=SEPARATOR)
                & ~models.Q(target_type__contains=SEPARATOR),
                name="audit_fields_hold_no_separator",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="chain",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=CHAINED,
            ),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.sequence}: {self.kind}"


class Anchor(models.Model):
    """That the heads of all chains were written down outside: when, and the hash of the file."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    place = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    chains = models.PositiveIntegerField()
    # What of the anchor before no longer stands; empty while all of it does.
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("anchor of the history")
        ordering = ["-number"]
        triggers = [
            pgtrigger.Protect(name="stands", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number}"
