"""People from a directory: SCIM 2.0, and its tokens."""
