"""The console's pages of the inventory, its purposes and vendors, and the websites."""
