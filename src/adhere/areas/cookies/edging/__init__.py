"""The public half of consent: banner, answers, receipts. No Django."""
