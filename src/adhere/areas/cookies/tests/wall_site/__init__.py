"""A website full of unmarked trackers, for tests and for the measured numbers."""
