"""One small policy of our own, in five formats."""

from __future__ import annotations

import io

TRACKERS = [
    ["taal", "Remembers the language that a visitor chose.", "", "Yes", "session"],
    ["_vis, vis_id", "Noordzee uses Statly to count visits.", "", "No", "13 months"],
    ["", "Chatbee is used to answer questions at once.", "Chatbee", "No", "1 day - 2 years"],
]
HEADER = ["Name of cookie", "Purpose", "Provider", "Strictly necessary", "Retention period"]

# kind, text; in the order of the document
PARTS: list[tuple[str, str]] = [
    ("title", "Rules of the house"),
    ("p", "This text is effective from 1 March 2026. It holds for everyone at Noordzee."),
    ("h", "Doors and desks"),
    (
        "p",
        "Every visitor must wear a badge. Lock the cupboard before you leave the room. "
        "Visitors are welcome on weekdays.",
    ),
    ("p", "Contractors may use the guest network."),
    ("h", "Forbidden acts"),
    ("p", "The following acts are prohibited."),
    ("li", "Lending a badge to anyone. This includes friends."),
    ("li", "Copying client data to a private disk."),
    ("h", "Third party cookies"),
    (
        "p",
        "Our website places these cookies once you agree to them and only for as long as we say.",
    ),
    ("table", ""),
    ("h", "Contact and rights"),
    (
        "p",
        "We/Us refers to Noordzee, registered under company number 0123.456.749, at Kaaistraat "
        "7, 8400 Oostende. Write to huis@noordzee.example or use the contact form.",
    ),
    ("p", "You have these rights:"),
    ("li", "right of access"),
    ("li", "right to lodge a complaint"),
]


def as_text() -> str:
    lines: list[str] = []
    before = ""
    for kind, text in PARTS:
        if kind == "table":
            lines += ["", *HEADER]
            for row in TRACKERS:
                for cell in filter(None, row):
                    lines += ["", cell]
        elif kind == "li":
            lines += ([""] if before != "li" else []) + [f"  • {text}"]
        else:
            lines += ["", text]
        before = kind
    return "\n".join(lines[1:]) + "\n"


def as_markdown() -> str:
    made: list[str] = []
    marks = {"title": "# ", "h": "## ", "li": "- ", "p": ""}
    for kind, text in PARTS:
        if kind == "table":
            rows = [HEADER, ["---"] * 5, *TRACKERS]
            made.append("\n".join("| " + " | ".join(row) + " |" for row in rows))
        else:
            made.append(marks[kind] + text)
    return "\n\n".join(made) + "\n"


def as_html() -> str:
    made: list[str] = []
    tags = {"title": "h1", "h": "h2", "li": "li", "p": "p"}
    for kind, text in PARTS:
        if kind == "table":
            rows = "".join(_html_row(row, "td") for row in TRACKERS)
            made.append(f"<table>\n{_html_row(HEADER, 'th')}{rows}</table>")
        elif kind == "li":
            made.append(f"<ul><li>{text}</li></ul>")
        else:
            made.append(f"<{tags[kind]}>{text}</{tags[kind]}>")
    style = "td, th { border: 1px solid black; padding: 4px } body { font-size: 11px }"
    head = f"<head><title>A page</title><style>{style}</style></head>"
    return f"<!doctype html><html lang='en'>{head}<body>" + "\n".join(made) + "</body></html>"


def _html_row(cells: list[str], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>\n"


def as_docx() -> bytes:
    import docx

    document = docx.Document()
    styles = {"title": "Title", "h": "Heading 1", "li": "List Bullet", "p": "Normal"}
    for kind, text in PARTS:
        if kind == "table":
            table = document.add_table(rows=0, cols=5)
            for row in [HEADER, *TRACKERS]:
                for cell, value in zip(table.add_row().cells, row, strict=True):
                    cell.text = value
        else:
            document.add_paragraph(text, style=styles[kind])
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf() -> bytes:
    from weasyprint import HTML

    made = HTML(string=as_html()).write_pdf()
    assert made is not None
    return bytes(made)
