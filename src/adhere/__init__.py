"""Adhere makes a company keep the policies it publishes, and prove it."""

__version__ = "0.1.0"
