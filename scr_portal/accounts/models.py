from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.models import _user_has_perm as ask_backends  # type: ignore[attr-defined]
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from scr_portal.accounts.session_store import SessionStore
from scr_portal.core import clock


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by email.

    ``is_superuser`` is the system administrator, who manages accounts and opens no review.
    """

    class Mail(models.TextChoices):
        AT_ONCE = "at_once", _("At once")
        DAILY = "daily", _("Once a day, in one message")

    email = models.EmailField(_("email address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    mail = models.CharField(
        _("email notifications"), max_length=10, choices=Mail, default=Mail.AT_ONCE
    )
    is_active = models.BooleanField(default=True)
    # Invented people of the demonstration and of tests carry the mark wherever they are shown.
    is_invented = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)
    # Counted up to end every session of this person: it is part of what a session must match.
    session_version = models.PositiveIntegerField(default=0)
    # When they were last written to of wrong passwords, and of a right one without the factor.
    told_of_passwords_at = models.DateTimeField(null=True, blank=True)
    told_of_factors_at = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_whatever_its_case"),
            models.CheckConstraint(
                condition=Q(mail__in=["at_once", "daily"]), name="user_mail_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Django's own hook for what a session must match: the password, and ours."""
        return salted_hmac(
            "scr_portal.accounts.models.User.session",
            f"{self.password}:{self.session_version}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the backends always: being a system administrator opens nothing by itself."""
        return self.is_active and ask_backends(self, perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return False


class Session(AbstractBaseSession):
    """Somebody's browser, from its sign-in on; nobody's before that."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class Board(models.Model):
    """A Local Safeguarding Children Board (LSCB), or the partnership that took its place."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(unique=True)
    reference_prefix = models.CharField(_("prefix of references"), max_length=12, default="SCR")
    is_invented = models.BooleanField(default=False)
    people: models.ManyToManyField = models.ManyToManyField(
        "accounts.User",
        through="BoardRole",
        through_fields=("board", "user"),
        related_name="boards",
    )

    class Meta:
        verbose_name = _("board")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """A day on which the board's office is closed beyond the English bank holidays."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="closures")
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("closure")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["board", "date"], name="closure_once_a_day")]

    def __str__(self) -> str:
        return f"{self.date}: {self.name}"


class Agency(models.Model):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="agencies")
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("board", Lower("name"), name="agency_named_once_on_a_board")
        ]

    def __str__(self) -> str:
        return self.name


class DatedQuerySet(models.QuerySet):
    """Rows with ``starts`` and ``ends``: the last day counts, an empty end is open."""

    def active(self, on: date | None = None) -> Self:
        on = on or clock.today()
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=on), starts__lte=on)


class BoardRole(models.Model):
    class Role(models.TextChoices):
        UNIT = "unit", _("Business unit")
        CHAIR = "chair", _("Board chair")
        MEMBER = "member", _("Board member")
        AUDITOR = "auditor", _("Auditor")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="board_roles")
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True)
    starts = models.DateField(_("starts"), default=clock.today)
    ends = models.DateField(_("ends"), null=True, blank=True)
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="board_roles_given"
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("board role")
        indexes = [models.Index(fields=["user", "board", "role"], name="board_role_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=["unit", "chair", "member", "auditor"]),
                name="board_role_is_known",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="board_role_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["user", "board", "role"],
                condition=Q(ends__isnull=True),
                name="board_role_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.board}"


class Invitation(models.Model):
    """A single-use way in for 7 days. Only the token's hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_accepted_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.invited_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return not (self.accepted_at or self.withdrawn_at) and self.expires_at > clock.now()
