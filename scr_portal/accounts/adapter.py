from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: people come by invitation."""
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        return None
