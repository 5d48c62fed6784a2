// Rows of workbooks whose XML stands here.
#include "ingest/xlsx_records.h"
#include "ingest/read.h"
#include "ingest/row_text.h"

#include <doctest/doctest.h>

#include "make_workbook.h"

using namespace hr;
using namespace hr::ingest;
using Rows = std::vector<ReadRow>;

static Rows rows_of(const std::string& xml) {
  const ReadSheet read = read_sheet(make_workbook(parts_of(xml)));
  CHECK(read.fault() == "");
  return read.rows;
}

TEST_CASE("cells of every type") {
  Parts parts = parts_of(R"(<row r="2">
    <c r="A2" t="s"><v>1</v></c><c r="B2" t="inlineStr"><is><t>in</t><r><t xml:space="preserve">line </t></r></is></c>
    <c r="C2" t="str"><f>A1&amp;"x"</f><v>made</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="b"><v>0</v></c>
    <c r="F2"><v>1.50</v></c><c r="G2" t="n"><f>1+1</f><v>2</v></c><c r="H2" t="d"><v>2021-01-01T00:00:00</v></c>
    <c r="I2" s="1"><v>43831</v></c><c r="K2"><v>9</v></c><c r="L2" s="1"/></row>)");
  parts["xl/sharedStrings.xml"] =
      "<sst " + kMain + R"(><si><t>zero</t></si><si><r><t>rich</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh>
    <r><rPr><b/></rPr><t> &lt;text&gt;_x000D_</t></r><phoneticPr fontId="1"/></si></sst>)";
  parts["xl/styles.xml"] =
      "<styleSheet " + kMain + R"(><numFmts><numFmt numFmtId="170" formatCode="yyyy\-mm\-dd"/></numFmts>
    <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>)";
  const ReadSheet read = read_sheet(make_workbook(parts));
  CHECK(read.findings.empty());
  CHECK(read.rows ==
        Rows{{2,
              {"rich <text>\r", "inline ", "made", "TRUE", "FALSE", "1.5", "2", "2021-01-01", "2020-01-01", "", "9"},
              {}}});
}

TEST_CASE("rows and cells without a reference follow the last one; empty rows are passed over") {
  CHECK(rows_of(R"(<row><c><v>1</v></c><c><v>2</v></c></row><row/><row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row>
                   <row><c t="inlineStr"><is><t>  </t></is></c></row><row><c><v>5</v></c></row>)") ==
        Rows{{1, {"1", "2"}, {}}, {5, {"", "", "3", "4"}, {}}, {7, {"5", ""}, {}}});
}

// What the rows set aside of a table of employees are known again by.
static std::vector<std::string> texts_aside(const std::string& rows) {
  const std::string head =
      R"(<row r="1"><c r="A1" t="str"><v>employee_id</v></c><c r="B1" t="str"><v>fte</v></c></row>)";
  const ReadResult read = read_table(input_of_text("b.xlsx", make_workbook(parts_of(head + rows))), {});
  std::vector<std::string> texts;
  for (const RejectedRow& row : read.rejected) texts.push_back(row_text(read.headings, row.fields));
  return texts;
}

TEST_CASE("a row is the same whatever rows stand above it") {
  const std::string wide = R"(<row r="2"><c r="A2" t="str"><v>E1</v></c><c r="J2"><v>1</v></c></row>)";
  for (const std::string row : {R"(<row r="3"><c r="A3" t="str"><v>E2</v></c><c r="B3" t="str"><v>x</v></c></row>)",
                                R"(<row r="3"><c r="B3" t="str"><v>1</v></c></row>)"}) {
    CHECK(texts_aside(row).size() == 1);
    CHECK(texts_aside(wide + row) == texts_aside(row));
  }
}

TEST_CASE("a row with something behind the last column that is read is set aside, and no wider than that") {
  const auto row = [](int r, const std::string& last) {
    const std::string n = std::to_string(r);
    return "<row r=\"" + n + "\"><c r=\"A" + n + "\"><v>" + n + "</v></c><c r=\"" + last + n + "\"><v>7</v></c></row>";
  };
  const std::string head = R"(<row r="1"><c r="A1" t="str"><v>employee_id</v></c></row>)";
  const std::string rows = head + row(2, "XFD") + row(3, "ALL") + row(4, "ALM") + row(5, "B");  // ALL is column 1000
  const ReadResult read = read_table(input_of_text("b.xlsx", make_workbook(parts_of(rows))), {});
  CHECK(read.rows_read == 4);
  CHECK(read.frame.rows == std::vector<uint32_t>{3, 5});
  REQUIRE(read.rejected.size() == 2);
  for (const auto& [at, line, last] : {std::tuple{0, 2, "16384"}, {1, 4, "1001"}}) {
    const RejectedRow& aside = read.rejected[static_cast<size_t>(at)];
    CHECK(aside.reason.message == "too-many-columns/row");
    CHECK(aside.reason.args == std::vector<std::string>{last, "1000"});
    CHECK(aside.reason.span == SourceSpan{"b.xlsx", line, 0, 0, "S"});
    CHECK(aside.fields.size() == 1000);
    CHECK(aside.fields[0] == std::to_string(line));
  }
  const ReadResult headings = read_table(
      input_of_text("b.xlsx", make_workbook(parts_of(R"(<row r="1"><c r="XFD1" t="str"><v>x</v></c></row>)"))), {});
  REQUIRE(headings.diagnostics.size() == 1);
  CHECK(headings.diagnostics[0].message == "too-many-columns");
}

TEST_CASE("cells of a row may stand in any order") {
  CHECK(rows_of(R"(<row r="1"><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>)") == Rows{{1, {"1", "2"}, {}}});
}

static std::string cell(const std::string& name, const std::string& text) {
  return "<c r=\"" + name + "\" t=\"str\"><v>" + text + "</v></c>";
}
static std::string row(int number, const std::string& cells) {
  return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
}

TEST_CASE("rows of a small sheet may stand in any order") {
  const std::string head = row(1, cell("A1", "employee_id") + cell("B1", "name") + cell("C1", "fte"));
  const std::string ends = row(2, cell("A2", "E2") + cell("D2", "x")) + row(5, cell("A5", "E5") + cell("C5", "1"));
  const auto read = [](const std::string& rows) {
    return read_table(input_of_text("b.xlsx", make_workbook(parts_of(rows))), {});
  };
  const ReadResult ordered = read(row(4, cell("A4", "E4") + cell("C4", "?")) + ends + head);
  CHECK(!has_errors(ordered.diagnostics));
  CHECK(ordered.headings == std::vector<std::string>{"employee_id", "name", "fte"});
  CHECK(ordered.frame.rows == std::vector<uint32_t>{2, 5});
  REQUIRE(ordered.rejected.size() == 1);
  CHECK(ordered.rejected[0].fields == std::vector<std::string>{"E4", "", "?"});
  CHECK(ordered.rejected[0].reason.span == SourceSpan{"b.xlsx", 4, 3, 0, "S"});
  const ReadResult twice = read(head + ends + row(2, cell("A2", "E9")));
  REQUIRE(has_errors(twice.diagnostics));
  CHECK(twice.diagnostics.back().message == "bad-workbook/row-order");
  CHECK(twice.diagnostics.back().args == std::vector<std::string>{"2"});
  std::string large;
  for (int line = 6; large.size() < (size_t{4} << 20U); ++line)
    large += row(line, cell("A" + std::to_string(line), "E" + std::to_string(uint32_t(line) * 2654435761U)));
  const ReadResult unread = read(head + ends + large + row(3, cell("A3", "E3")));
  REQUIRE(has_errors(unread.diagnostics));
  CHECK(unread.diagnostics.back().message == "bad-workbook/row-order");
}

TEST_CASE("a sheet reads the same in whatever order its rows are written") {
  const std::vector<std::string> rows{
      row(1, cell("A1", "employee_id") + cell("B1", "name") + cell("C1", "fte")),
      row(3, cell("A3", "a:b")),  // shorter than the headings
      row(4, cell("A4", "E4") + "<c r=\"C4\" t=\"e\"><v>#N/A</v></c>"),
      row(5, cell("A5", "E5") + cell("ALN5", "behind the last column that is read")),
      row(6, cell("A6", "E6") + cell("C6", "0.5")),
  };
  const auto read = [](const std::string& sheet) {
    const ReadResult result = read_table(input_of_text("b.xlsx", make_workbook(parts_of(sheet))), {});
    std::string text = std::to_string(result.rows_read) + " of " + std::to_string(result.frame.size());
    for (const Diagnostic& d : result.diagnostics) text += '\n' + d.message;
    for (const RejectedRow& aside : result.rejected) {
      text +=
          '\n' + std::to_string(aside.line) + ' ' + aside.reason.message + ' ' + std::to_string(aside.reason.span.col);
      for (const std::string& arg : aside.reason.args) text += '|' + arg;
      for (const std::string& field : aside.fields) text += ';' + field;
    }
    return text;
  };
  const std::string in_order = read(rows[0] + rows[1] + rows[2] + rows[3] + rows[4]);
  CHECK(in_order.find("3 bad-id/colon 1|a:b|employee_id;a:b;;") != std::string::npos);
  CHECK(in_order.find("4 excel-error") != std::string::npos);
  CHECK(read(rows[4] + rows[3] + rows[2] + rows[1] + rows[0]) == in_order);
  CHECK(read(rows[3] + rows[0] + rows[4] + rows[1] + rows[2]) == in_order);
}

TEST_CASE("what has no value is a fault of its cell") {
  CHECK(rows_of(R"(<row r="1"><c r="A1"><f>B1</f></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><f>B1</f><v></v></c>
                   <c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><v>1</v></c></row>)") ==
        Rows{{1, {"", "#REF!", "", "", "1"}, {"0 formula-without-value", "1 excel-error", "2 formula-without-value"}}});
}

TEST_CASE("an inline string counts before a value beside it") {
  CHECK(
      rows_of(
          R"(<row><c t="inlineStr"><v>v</v><is><t>is</t></is></c><c t="inlineStr"><is><t>is</t></is><v>v</v></c></row>)") ==
      Rows{{1, {"is", "is"}, {}}});
}

TEST_CASE("the strict form and prefixes read as the usual form does") {
  Parts strict = parts_of("");
  strict["xl/worksheets/sheet1.xml"] =
      R"(<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>)";
  CHECK(read_sheet(make_workbook(strict)).rows == Rows{{1, {"1"}, {}}});
  Parts prefixed = parts_of("");
  prefixed["xl/worksheets/sheet1.xml"] =
      R"(<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:y="urn:y"><y:row><x:row/></y:row>
         <x:sheetData><x:row><x:c><y:v>0</y:v><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>)";
  CHECK(read_sheet(make_workbook(prefixed)).rows == Rows{{1, {"1"}, {}}});
}

TEST_CASE("hidden rows are read and told, and so are lost digits") {
  const ReadSheet read = read_sheet(make_workbook(parts_of(
      R"(<row r="1"><c><v>1</v></c></row><row r="2" hidden="1"><c><v>2</v></c></row><row r="3" hidden="true"><c><v>4.1010519900307E+17</v></c></row>)")));
  CHECK(read.rows.size() == 3);
  REQUIRE(read.findings.size() == 2);
  CHECK(read.findings[0].message == "digits-lost");
  CHECK(read.findings[0].span == SourceSpan{"b.xlsx", 3, 1, 0, "S"});
  CHECK(read.findings[0].args == std::vector<std::string>{"1", "410105199003070000"});
  CHECK(read.findings[1].message == "hidden-rows");
  CHECK(read.findings[1].severity == Severity::note);
  CHECK(read.findings[1].span == SourceSpan{"b.xlsx", 2, 0, 0, "S"});
  CHECK(read.findings[1].args == std::vector<std::string>{"2"});
}

TEST_CASE("sheets are found through the relations of the workbook; 1904 is the workbook's") {
  Parts parts = parts_of(R"(<row><c s="1"><v>0</v></c></row>)");
  parts["xl/workbook.xml"] =
      "<workbook " + kMain +
      R"( xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><workbookPr date1904="1"/>
      <sheets><sheet name="甲" sheetId="7" r:id="r1"/><sheet name="B" sheetId="2" state="veryHidden" r:id="r9"/>
      <sheet name="C" sheetId="3" state="hidden" r:id="r8"/></sheets></workbook>)";
  parts["xl/_rels/workbook.xml.rels"] =
      R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
      <Relationship Id="r9" Type="http://x/worksheet" Target="../other/Two.xml"/><Relationship Id="r1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/>
      <Relationship Id="r8" Type="http://x/chartsheet" Target="c.xml"/><Relationship Id="r2" Type="http://x/styles" Target="styles.xml"/></Relationships>)";
  parts["other/two.xml"] = "<worksheet " + kMain + "><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>";
  parts["xl/styles.xml"] =
      "<styleSheet " + kMain + R"(><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>)";
  const std::string bytes = make_workbook(parts);
  WorkbookFault fault;
  const auto workbook = Workbook::open(bytes, fault);
  REQUIRE(workbook);
  REQUIRE(workbook->sheets().size() == 3);
  CHECK(workbook->sheets()[0].name == "甲");
  CHECK_FALSE(workbook->sheets()[0].hidden);
  CHECK(workbook->sheets()[1].hidden);
  CHECK(workbook->sheets()[1].part == "other/Two.xml");
  CHECK(workbook->sheets()[2].hidden);
  CHECK(workbook->sheets()[2].part.empty());
  CHECK(read_sheet(bytes, 0).rows == Rows{{1, {"1904-01-01"}, {}}});
  CHECK(read_sheet(bytes, 1).rows == Rows{{1, {"2"}, {}}});
}

TEST_CASE("escapes of characters") {
  for (const auto& [stored, text] : {std::pair<std::string, std::string>{"a_x000D_b", "a\rb"},
                                     {"_x005F_x0041_", "_x0041_"},
                                     {"_x0041", "_x0041"},
                                     {"_x00G1_", "_x00G1_"},
                                     {"_xD800_", "_xD800_"},
                                     {"_x0000_", "_x0000_"},
                                     {"x_x0009_", "x\t"}}) {
    std::string out = stored;
    unescape(out);
    CHECK(out == text);
  }
}
