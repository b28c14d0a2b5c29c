"""Handing over to an auditor: the invitation, the evidence, and what was looked at."""
