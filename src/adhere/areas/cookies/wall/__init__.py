"""Nothing leaves before consent: policies that browsers enforce, and where they are put."""
