"""The policies as everybody may read them: pages, permanent links, changes, PDF."""
