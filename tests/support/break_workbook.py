#!/usr/bin/python3
"""A workbook that is broken in one way, for transcripts: break_workbook.py GOOD.xlsx BAD.xlsx WAY"""
import struct
import sys
import zipfile

SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def parts_of(path):
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def sheet(*change):
    return lambda parts: parts.update({SHEET: parts[SHEET].replace(*change)})


def row(xml):
    return lambda parts: parts.update({SHEET: parts[SHEET].replace("</sheetData>", xml + "</sheetData>")})


def noise(n):  # that does not pack well
    out, x = [], 1
    for _ in range(n):
        x = (x * 1664525 + 1013904223) % 2**32
        out.append(chr(97 + (x >> 28)))
    return "".join(out)


PARTS = {
    "ratio": lambda p: p.update({"xl/media/a.bin": " " * 4_000_000}),
    "members": lambda p: p.update({f"m{i}": "" for i in range(1001)}),
    "name": lambda p: p.update({"../a.xml": ""}),
    "part-missing": lambda p: p.pop(SHEET),
    "xml": sheet("<sheetData>", "<sheetData<"),
    "doctype": lambda p: p.update({SHEET: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'}),
    "deep": lambda p: p.update({SHEET: "<a>" * 65}),
    "tag": lambda p: p.update({SHEET: '<a b="' + noise(3_000_000)}),
    "namespace": lambda p: p.update({SHEET: '<a xmlns="urn:b"/>'}),
    "other": lambda p: p.pop("xl/workbook.xml"),
    "binary": lambda p: p.update({"_rels/.rels": p["_rels/.rels"].replace("workbook.xml", "workbook.bin")}),
    "relation": lambda p: p.update({RELATIONS: p[RELATIONS].replace("worksheets/sheet1.xml", "../../../etc/a.xml")}),
    "row": row('<row r="1048577"/>'),
    "row-order": row('<row r="1"><c r="A1"><v>1</v></c></row>'),
    "cell": row('<row r="3"><c r="XFE3"/></row>'),
    "columns": row('<row r="3"><c r="XFD3"/><c/></row>'),
    "cell-twice": row('<row r="3"><c r="B3"><v>1</v></c><c r="B3"><v>2</v></c></row>'),
    "shared-string": row('<row r="3"><c r="B3" t="s"><v>99</v></c></row>'),
    "long-row": row('<row r="3"><c r="B3" t="str"><v>' + noise(2_000_000) + "</v></c></row>"),
    "twice": lambda p: p.update({SHEET.upper(): ""}),
}


# Both headers of a member: at their signature + offset stands the field.
def set_field(data, name, local, central, form, value):
    for signature, offset, names in ((b"PK\3\4", local, 30), (b"PK\1\2", central, 46)):
        at = -1
        while (at := data.find(signature, at + 1)) >= 0:
            if data[at + names:].startswith(name.encode()):
                struct.pack_into(form, data, at + offset, value)


BYTES = {
    "cut": lambda d: d.__delitem__(slice(len(d) // 2, len(d))),
    "part-encrypted": lambda d: set_field(d, SHEET, 6, 8, "<H", 1),
    "method": lambda d: set_field(d, SHEET, 8, 10, "<H", 99),
    "checksum": lambda d: set_field(d, SHEET, 14, 16, "<I", 1),
    "size": lambda d: set_field(d, SHEET, 22, 24, "<I", 9999),
    "unpacked": lambda d: set_field(d, SHEET, 22, 24, "<I", 0x7FFFFFFF),
    "part": lambda d: d.__setitem__(d.find(SHEET.encode()) + len(SHEET) + 2, 0xFF),
    "encrypted": lambda d: d.__setitem__(slice(0, len(d)), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(504) +
                                         "EncryptedPackage".encode("utf-16-le")),
    "packed": lambda d: d.extend(bytes(64 << 20)),
}


def main():
    good, bad, way = sys.argv[1:]
    parts = parts_of(good)
    if way in PARTS:
        PARTS[way](parts)
    with zipfile.ZipFile(bad, "w") as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    if way in BYTES:
        data = bytearray(open(bad, "rb").read())
        BYTES[way](data)
        open(bad, "wb").write(data)


main()
