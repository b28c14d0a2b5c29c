"""The thin ASGI host for strangers and machines. No Django, no session, no ORM."""
