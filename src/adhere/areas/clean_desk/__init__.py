"""Clean desk."""
