"""What the house does with scans of its websites."""
