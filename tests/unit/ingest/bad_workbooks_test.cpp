// Workbooks that are refused: each says which part or cell, and takes little memory and time.
#include <doctest/doctest.h>

#include "make_workbook.h"

using namespace hr;
using namespace hr::ingest;

static std::string fault_of(const Parts& parts) {
  return read_sheet(make_workbook(parts)).fault();
}
static std::string fault_of_rows(const std::string& rows) {
  return fault_of(parts_of(rows));
}

// A sheet member written as the test wants it.
static std::string fault_of_member(const ZipEntry& sheet) {
  std::vector<ZipEntry> entries;
  for (const auto& [name, content] : parts_of("")) {
    ZipEntry entry;
    entry.name = name;
    entry.content = content;
    entries.push_back(name == "xl/worksheets/sheet1.xml" ? sheet : entry);
  }
  return read_sheet(make_zip(entries)).fault();
}

static ZipEntry sheet_member(const std::string& content) {
  ZipEntry entry;
  entry.name = "xl/worksheets/sheet1.xml";
  entry.content = content;
  return entry;
}

static const std::string kRow = "<row><c><v>1</v></c></row>";
static const std::string kSheet = parts_of(kRow).at("xl/worksheets/sheet1.xml");

TEST_CASE("archives that are cut, wrong or packed in another way") {
  CHECK(fault_of_member(sheet_member(kSheet)) == "");
  ZipEntry entry = sheet_member(kSheet);
  entry.crc = 1;
  CHECK(fault_of_member(entry) == "bad-workbook/checksum");
  entry = sheet_member(kSheet);
  entry.size = static_cast<uint32_t>(kSheet.size() + 1);
  CHECK(fault_of_member(entry) == "bad-workbook/size");
  entry.size = static_cast<uint32_t>(kSheet.size() - 1);
  CHECK(fault_of_member(entry) == "bad-workbook/checksum");
  entry = sheet_member(kSheet);
  entry.method = 99;
  CHECK(fault_of_member(entry) == "bad-workbook/method");
  entry.method = 0;
  CHECK(fault_of_member(entry) == "");
  entry.flags = 1;
  CHECK(fault_of_member(entry) == "bad-workbook/part-encrypted");
  const std::string whole = make_workbook(parts_of(kRow));
  CHECK(read_sheet(whole.substr(0, whole.size() / 2)).fault() == "bad-workbook/cut");
  for (size_t i = 0; i < whole.size(); ++i) {  // a bit that flips is found, or what it says is not looked at
    std::string flipped = whole;
    flipped[i] = static_cast<char>(flipped[i] ^ 1 << i % 8);
    const ReadSheet read = read_sheet(flipped);
    CAPTURE(i);
    CHECK((read.fault().starts_with("bad-workbook/") || read.rows == read_sheet(whole).rows));
  }
}

TEST_CASE("bombs are refused by what they claim, and by what they hold") {
  ZipEntry bomb = sheet_member(std::string(size_t{4} << 20U, ' '));
  CHECK(fault_of_member(bomb) == "bad-workbook/ratio");
  bomb.size = 1000;  // lies, so that it looks harmless
  CHECK(fault_of_member(bomb) == "bad-workbook/checksum");
  ZipEntry large = sheet_member(kSheet);
  large.size = 0x7FFFFFFF;
  CHECK(fault_of_member(large) == "bad-workbook/unpacked");
  std::vector<ZipEntry> many(1001);
  for (size_t i = 0; i < many.size(); ++i) many[i].name = "m" + std::to_string(i);
  CHECK(read_sheet(make_zip(many)).fault() == "bad-workbook/members");
}

TEST_CASE("parts that are no sheet are small") {
  std::string noise;
  for (uint32_t i = 0, x = 1; i < 1'200'000; ++i, x = x * 1664525 + 1013904223)
    noise += static_cast<char>('a' + (x >> 28U));
  std::vector<ZipEntry> entries;
  for (const auto& [name, content] : parts_of(kRow)) {
    ZipEntry entry;
    entry.name = name;
    entry.content = content;
    if (name == "xl/styles.xml") entry = {name, noise, 8, 65U << 20U, std::nullopt, 0};
    entries.push_back(entry);
  }
  CHECK(read_sheet(make_zip(entries)).fault() == "bad-workbook/large");
}

TEST_CASE("names and relations stay within the archive") {
  Parts parts = parts_of(kRow);
  parts["xl/../../x"] = "";
  CHECK(fault_of(parts) == "bad-workbook/name");
  parts = parts_of(kRow);
  parts["XL/workbook.xml"] = "";
  CHECK(fault_of(parts) == "bad-workbook/twice");
  for (const char* target : {"../../x.xml", "http://example.com/x.xml"}) {
    parts = parts_of(kRow);
    std::string& relations = parts["xl/_rels/workbook.xml.rels"];
    relations.replace(relations.find("worksheets/sheet1.xml"), 21, target);
    CHECK(fault_of(parts) == "bad-workbook/relation");
  }
  parts = parts_of(kRow);
  parts.erase("xl/worksheets/sheet1.xml");
  CHECK(fault_of(parts) == "bad-workbook/part-missing");
  parts = parts_of(kRow);
  parts.erase("xl/sharedStrings.xml");
  CHECK(fault_of(parts) == "bad-workbook/part-missing");
}

TEST_CASE("archives of other kinds") {
  Parts parts = parts_of(kRow);
  parts.erase("xl/workbook.xml");
  CHECK(fault_of(parts) == "bad-workbook/other");
  parts = parts_of(kRow);
  parts["xl/workbook.xml"] = "<Relationships/>";
  CHECK(fault_of(parts) == "bad-workbook/other");
  parts = parts_of(kRow);
  parts["xl/workbook.xml"] = "<w:document xmlns:w=\"urn:w\"/>";
  CHECK(fault_of(parts) == "bad-workbook/namespace");
  parts = parts_of(kRow);
  std::string& relations = parts["_rels/.rels"];
  relations.replace(relations.find("workbook.xml"), 12, "workbook.bin");
  CHECK(fault_of(parts) == "bad-workbook/binary");
}

TEST_CASE("XML that workbooks do not have") {
  const auto with_sheet = [](const std::string& xml) {
    Parts parts = parts_of("");
    parts["xl/worksheets/sheet1.xml"] = xml;
    return fault_of(parts);
  };
  CHECK(with_sheet("<!DOCTYPE x><worksheet/>") == "bad-workbook/doctype");
  CHECK(with_sheet("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><worksheet>&a;</worksheet>") ==
        "bad-workbook/doctype");
  CHECK(with_sheet("<worksheet>&a;</worksheet>") == "bad-workbook/xml");
  CHECK(with_sheet("<worksheet><sheetData>") == "bad-workbook/xml");
  CHECK(with_sheet("") == "bad-workbook/xml");
  CHECK(with_sheet("<?xml version=\"1.0\" encoding=\"gbk\"?><worksheet/>") == "bad-workbook/xml");
  CHECK(with_sheet("<worksheet>\xFF</worksheet>") == "bad-workbook/xml");
  std::string deep;
  for (int i = 0; i < 65; ++i) deep += "<a>";
  CHECK(with_sheet(deep) == "bad-workbook/deep");
  std::string noise = "<worksheet a=\"";  // does not pack well, so that the ratio lets it pass
  for (uint32_t i = 0, x = 1; i < 3'000'000; ++i, x = x * 1664525 + 1013904223)
    noise += static_cast<char>('a' + (x >> 28U));
  CHECK(with_sheet(noise) == "bad-workbook/tag");
}

TEST_CASE("cells that cannot be where they say") {
  for (const char* reference : {"A0", "1A", "XFE1", "A1048577", "AAAA1", "A01", "", "A2", "a1", "A1x", "$A$1"}) {
    CAPTURE(reference);
    CHECK(fault_of_rows("<row r=\"1\"><c r=\"" + std::string(reference) + "\"><v>1</v></c></row>") ==
          "bad-workbook/cell");
  }
  for (const char* row : {"0", "1048577", "x", ""})
    CHECK(fault_of_rows("<row r=\"" + std::string(row) + "\"/>") == "bad-workbook/row");
  const ReadSheet twice = read_sheet(make_workbook(
      parts_of(R"(<row r="3"><c r="B3"><v>1</v></c><c r="C3"><v>1</v></c><c r="B3"><v>2</v></c></row>)")));
  CHECK(twice.fault() == "bad-workbook/cell-twice");
  CHECK(twice.findings[0].span == SourceSpan{"b.xlsx", 3, 2, 0, "S"});
}

TEST_CASE("shared strings that there are not") {
  for (const char* index : {"-1", "1", "99", "x", "4294967296", "18446744073709551616"}) {
    const ReadSheet read = read_sheet(
        make_workbook(parts_of("<row r=\"2\"><c r=\"B2\" t=\"s\"><v>" + std::string(index) + "</v></c></row>")));
    CHECK(read.fault() == "bad-workbook/shared-string");
    CHECK(read.findings[0].span == SourceSpan{"b.xlsx", 2, 2, 0, "S"});
  }
}

TEST_CASE("a cell of megabytes is refused") {
  std::string noise;
  for (uint32_t i = 0, x = 1; i < 3'000'000; ++i, x = x * 1664525 + 1013904223)
    noise += static_cast<char>('a' + (x >> 28U));
  CHECK(fault_of_rows("<row r=\"2\"><c r=\"B2\" t=\"str\"><v>" + noise + "</v></c></row>") == "bad-workbook/long-row");
}
