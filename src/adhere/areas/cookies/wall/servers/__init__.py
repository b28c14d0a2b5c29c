"""Configurations that read the consent cookie, one module for each kind of server."""
