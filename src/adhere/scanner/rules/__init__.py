"""What is wrong with a website: one small function for each rule."""
