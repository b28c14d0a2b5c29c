"""Who may sign in, and as what."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Final

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from adhere.core.models import Person

ROLES: Final[dict[str, str | Promise]] = {
    "personnel": _("Personnel"),
    "front-desk": _("Front desk"),
    "security": _("Security team"),
    "data-protection": _("Data protection"),
    "auditor": _("Auditor"),
    "administrator": _("Administrator"),
}


class Accounts(BaseUserManager["Account"]):
    """Makes and finds accounts by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password) if password else account.set_unusable_password()
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A sign-in. Roles follow the person's teams; ``extra_roles`` adds to them.

    ``ends_at`` closes an account at a date, as for an auditor's visit. ``postponed_at`` is when
    its holder put off setting up a way to sign in, which one may do once. ``language`` is what
    its holder chose for the pages; empty means that of the person.
    """

    email = models.EmailField(unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="account"
    )
    extra_roles = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=2, blank=True, default="")
    is_active = models.BooleanField(default=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    postponed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.person.name if self.person else self.email

    @property
    def roles(self) -> frozenset[str]:
        """Everything this account may act as today."""
        teams = set(self.person.teams) if self.person else set()
        base = {"personnel"} if self.person else set()
        return frozenset(base | (teams & ROLES.keys()) | (set(self.extra_roles) & ROLES.keys()))

    def has_role(self, *roles: str) -> bool:
        """Whether it has any of these roles; an administrator configures but does not judge."""
        return bool(self.roles & set(roles))

    @property
    def only_audits(self) -> bool:
        """Whether it may read everything and change nothing."""
        return (
            bool(self.roles) and self.roles <= {"auditor", "personnel"} and "auditor" in self.roles
        )

    def ended(self, now: datetime) -> bool:
        """Whether its end date or the person's last day is past, or a directory shut it."""
        if self.person and self.person.shut_at:
            return True
        if self.ends_at and self.ends_at <= now:
            return True
        left = self.person.left if self.person else None
        return left is not None and left < timezone.localdate(now)


class OneTimeLink(models.Model):
    """A link that signs in once. Only its hash is kept.

    ``trusted`` ones come from the command line of the server and ask for no second factor:
    whoever can make one could change the database as well.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    trusted = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.account} of {self.made_at:%Y-%m-%d %H:%M}"


@receiver(post_delete, sender=Account)
def forget_attempts(instance: Account, **_: Any) -> None:
    """Nothing of an account stays behind: not the failed sign-ins with its address either."""
    from axes.models import AccessAttempt  # its models are loaded after ours

    AccessAttempt.objects.filter(username__iexact=instance.email).delete()
