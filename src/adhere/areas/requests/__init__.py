"""Requests for written consent."""
