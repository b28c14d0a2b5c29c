"""A website's address in, observations out."""
