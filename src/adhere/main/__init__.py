"""Settings, addresses and the command line. Holds no rules of its own."""
