"""Sigma rules and log events in, matches out."""
