"""Incidents, and persons nobody knows: reported, followed up, told."""
