"""What all pages share: base templates, components, sign-in, home, lists."""
