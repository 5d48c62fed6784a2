#!/usr/bin/python3
"""A small workbook from lines of text, for transcripts: make_workbook.py BOOK.xlsx < LINES

  sheet NAME [hidden]      begins a sheet
  row [hidden]             begins a row; a number may stand instead of the next one: row 7
  TEXT                     a cell: text as it stands (shared string, also for `= …`)
  # 1.5 [FORMAT]           a cell with a number, shown by a format code
  #e #REF!                 an error cell
  #f 1+1 [RESULT]          a formula and the value it was last computed to; none: never computed
  (an empty line)          an empty cell
  xml <c …/>               a cell as it stands in the file
"""
import sys
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def column(n):
    return (column((n - 1) // 26) if n > 26 else "") + chr(65 + (n - 1) % 26)


def cell(line, name, strings, formats):
    mark, _, rest = line.partition(" ")
    if mark == "xml":
        return rest
    if mark == "#":
        value, _, code = rest.partition(" ")
        style = f' s="{formats.setdefault(code, len(formats))}"' if code else ""
        return f'<c r="{name}"{style}><v>{value}</v></c>'
    if mark == "#e":
        return f'<c r="{name}" t="e"><v>{rest}</v></c>'
    if mark == "#f":
        formula, _, value = rest.partition(" ")
        return f'<c r="{name}"><f>{escape(formula)}</f>' + (f"<v>{value}</v></c>" if value else "</c>")
    return f'<c r="{name}" t="s"><v>{strings.setdefault(line, len(strings))}</v></c>'


def main():
    sheets, strings, formats, row, col = [], {}, {"General": 0}, 0, 0
    for line in sys.stdin.read().split("\n")[:-1]:
        words = line.split(" ")
        if words[0] == "sheet":
            hidden = words[-1] == "hidden"
            sheets.append([" ".join(words[1:-1] if hidden else words[1:]), hidden, []])
            row = 0
        elif words[0] == "row":
            row, col = int(words[1]) if words[1:] and words[1].isdigit() else row + 1, 0
            sheets[-1][2].append([row, "hidden" in words, []])
        else:
            col += 1
            if line:
                sheets[-1][2][-1][2].append(cell(line, column(col) + str(row), strings, formats))
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
                       'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>' + "".join(
            f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="r{i}"' + (' state="hidden"/>' if h else "/>")
            for i, (n, h, _) in enumerate(sheets, 1)) + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="r{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i in range(1, len(sheets) + 1)) +
            f'<Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
            f'<Relationship Id="t" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>' + "".join(
            f'<numFmt numFmtId="{200 + i}" formatCode={quoteattr(code)}/>' for code, i in formats.items()) +
            "</numFmts><cellXfs>" + "".join(f'<xf numFmtId="{200 + i}"/>' for i in formats.values()) +
            "</cellXfs></styleSheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">' + "".join(
            f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings) + "</sst>",
    }
    for i, (_, _, rows) in enumerate(sheets, 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>' + "".join(
            f'<row r="{r}"' + (' hidden="1">' if h else ">") + "".join(cells) + "</row>" for r, h, cells in rows
        ) + "</sheetData></worksheet>"
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


main()
