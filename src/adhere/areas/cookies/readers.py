"""Who may look at what of this area."""

KEEPERS = ("data-protection", "administrator")
"""Those who keep the inventory, the websites and what banners say."""
READERS = ("data-protection",)
"""Those who read the visitors' answers."""
