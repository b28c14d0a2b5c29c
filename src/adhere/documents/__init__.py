"""Reads policy texts.

``policy``: the literate Markdown of a policy into clauses and sentences, and back to safe HTML.
``modality`` and ``quantities``: what a sentence demands, and the numbers it names, in four
languages. ``read``: any text (plain, Markdown, HTML, DOCX, PDF, URL) into clauses, tracker
tables, contacts and rights. ``propose``: such a text as a literate policy, checks proposed.

Knows no database and no Django. Heavy libraries are imported where they are used.
"""
