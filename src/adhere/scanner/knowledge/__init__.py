"""Who is behind a tracker or a host and what for, from data whose licence allows it."""
