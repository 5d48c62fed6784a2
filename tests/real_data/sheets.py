"""The cells of a workbook by the standard library alone: what hrctl's own reader says of them is compared with this."""
import re
import zipfile
from xml.etree import ElementTree


def local(node):
    return node.tag.rsplit("}", 1)[-1]


def texts(node):
    """Of a text with runs; what is only there to be pronounced is left out."""
    out = ""
    for child in node:
        if local(child) == "t":
            out += child.text or ""
        elif local(child) == "r":
            out += texts(child)
    return out


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference)[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def cell_text(cell, shared):
    for child in cell:
        if local(child) == "is":
            return texts(child)
        if local(child) == "v" and child.text is not None:
            return shared[int(child.text)] if cell.get("t") == "s" else child.text
    return ""


def sheet_rows(path, wanted=None):
    """{row: [text, …]} of the sheet of this name, else of the first. Numbers and days are as the file stores them."""
    with zipfile.ZipFile(path) as book:
        names = {n.lower(): n for n in book.namelist()}
        strings = names.get("xl/sharedstrings.xml")
        shared = [texts(s) for s in ElementTree.fromstring(book.read(strings))] if strings else []
        targets = {r.get("Id"): r.get("Target") for r in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
        sheets = [s for s in ElementTree.fromstring(book.read("xl/workbook.xml")).iter() if local(s) == "sheet"]
        sheet = next(s for s in sheets if wanted in (None, s.get("name")))
        target = targets[next(v for k, v in sheet.attrib.items() if k.endswith("}id"))].lstrip("/")
        root = ElementTree.fromstring(book.read(target if target.startswith("xl/") else "xl/" + target))
    rows = {}
    for cell in (c for c in root.iter() if local(c) == "c" and c.get("r")):
        row = rows.setdefault(int(re.search("[0-9]+$", cell.get("r"))[0]), [])
        row.extend([""] * (column_of(cell.get("r")) + 1 - len(row)))
        row[column_of(cell.get("r"))] = cell_text(cell, shared)
    return rows
