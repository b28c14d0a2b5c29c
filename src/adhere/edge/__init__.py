"""The thin host for strangers and machines. Never loads Django."""
