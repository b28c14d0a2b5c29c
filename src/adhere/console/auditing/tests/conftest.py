"""The console's small company."""

from adhere.console.tests.conftest import account, client_of, company, enter, staff

__all__ = ("account", "client_of", "company", "enter", "staff")
