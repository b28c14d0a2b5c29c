"""What visitors answered: rates, records with their proof, what expires, erasing by proof."""
