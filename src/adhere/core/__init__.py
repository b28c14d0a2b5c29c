"""The nouns that every area shares, and the verbs that judge with them."""
