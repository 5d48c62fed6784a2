// Diagnostics as people see them: the excerpt, the caret, columns in the units of each format.
#include "render/diagnostics.h"

#include <doctest/doctest.h>

#include <map>

#include "base/text.h"
#include "render/source_lines.h"

using namespace hr;
using namespace hr::render;

static std::string text_of(const std::string& source, const SourceSpan& span) {
  const auto file_text = [&](const std::string&) { return std::optional<std::string_view>(source); };
  const Diagnostics found{make_error("duplicate-key", span, {"k", "1"})};
  return render_diagnostics(found, DiagnosticFormat::text, i18n::Language::en, file_text, false);
}

// The lines of source and caret, without their gutter.
static std::vector<std::string> excerpt(const std::string& source, const SourceSpan& span) {
  std::vector<std::string> out;
  const std::string text = text_of(source, span);
  for (const std::string_view line : split(text, '\n')) {
    if (const size_t bar = line.find(" | "); bar != std::string_view::npos && bar <= 6)
      out.emplace_back(line.substr(bar + 3));
  }
  return out;
}

TEST_CASE("a line that fits is shown whole, a longer one around its mark") {
  const std::string fits(96, 'a');
  CHECK(excerpt(fits + "bcd\n", {"f", 1, 97, 3}) ==
        std::vector<std::string>{fits + "bcd", std::string(96, ' ') + "^~~"});
  const std::string before(70, 'a');
  const std::string behind(70, 'c');
  const std::vector<std::string> cut = excerpt(before + "bb" + behind, {"f", 1, 71, 2});
  REQUIRE(cut.size() == 2);
  CHECK(cut[0] == "…" + before.substr(0, 59) + "bb" + behind.substr(0, 37) + "…");
  CHECK(cut[1] == std::string(60, ' ') + "^~");
}

TEST_CASE("an excerpt counts columns, not bytes") {
  CHECK(excerpt("中文: x\n", {"f", 1, 9, 1}) == std::vector<std::string>{"中文: x", "      ^"});
  CHECK(excerpt("\tk: 中\n", {"f", 1, 5, 3}) == std::vector<std::string>{" k: 中", "    ^~"});
  std::string wide;
  for (int i = 0; i < 500; ++i) wide += "中";
  const std::vector<std::string> cut = excerpt(wide + "x" + wide, {"f", 1, 1501, 1});
  REQUIRE(cut.size() == 2);
  CHECK(display_width(cut[0]) <= 100);
  CHECK(cut[0].find('x') != std::string::npos);
}

TEST_CASE("what is not UTF-8 is shown as its bytes, from the first one on") {
  CHECK(excerpt("a: \xcf\xfa\xca\xdb\xb6\xee\n", {"f", 1, 4, 1})[0] == "a: \\xcf\\xfa\\xca\\xdb\\xb6\\xee");
  CHECK(excerpt("销: \xff 售\n", {"f", 1, 6, 1})[0] == "销: \\xff \\xe5\\x94\\xae");
}

TEST_CASE("a value in a sentence does not fill the screen") {
  const Diagnostics found{make_error("duplicate-key", {"f", 1, 1, 1}, {std::string(60'000, '9'), "1"})};
  CHECK(render_diagnostics(found, DiagnosticFormat::text, i18n::Language::en, {}, false).size() < 600);
}

// Every position of a long line, counted the simple way and with the marks on the way.
TEST_CASE("positions in a long line are those of a plain count") {
  std::string line;
  std::map<int, std::pair<int, int>> expected;  // by byte column: characters, UTF-16 units
  int characters = 1;
  int units = 1;
  for (int i = 0; i < 6000; ++i) {
    const char* piece = i % 4 == 0 ? "a" : i % 4 == 1 ? "é" : i % 4 == 2 ? "中" : "😀";
    expected[static_cast<int>(line.size()) + 1] = {characters, units};
    line += piece;
    characters += 1;
    units += i % 4 == 3 ? 2 : 1;
  }
  const std::string text = "first\n" + line + "\nlast\n";
  SourceLines lines([&](const std::string&) { return std::optional<std::string_view>(text); });
  for (const auto& [column, wanted] : expected) {
    CHECK(lines.position({"f", 2, column, 0}, Unit::characters).column == wanted.first);
    CHECK(lines.position({"f", 2, column, 0}, Unit::utf16).column == wanted.second);
  }
  CHECK(lines.position({"f", 2, 14999, 1}, Unit::characters).length == 1);
  CHECK(lines.line("f", 3) == "last");
  CHECK_FALSE(lines.line("f", 5));
}

static std::string written(const SourceSpan& span, DiagnosticFormat format) {
  return render_diagnostics({make_error("duplicate-key", span, {"k", "1"})}, format, i18n::Language::en, {}, false);
}

static bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a place in a workbook is a cell of a sheet in every format") {
  const SourceSpan cell{"pay.xlsx", 7, 28, 0, "Sheet 1"};
  CHECK(written(cell, DiagnosticFormat::text).starts_with("pay.xlsx#Sheet 1!AB7: error"));
  CHECK(written({"pay.xlsx", 7, 0, 0, "Sheet 1"}, DiagnosticFormat::text).starts_with("pay.xlsx#Sheet 1!7: error"));
  CHECK(written({"pay.xlsx", 0, 0, 0, "Sheet 1"}, DiagnosticFormat::text).starts_with("pay.xlsx#Sheet 1: error"));
  CHECK(has(written(cell, DiagnosticFormat::json), R"("sheet": "Sheet 1",
      "cell": "AB7")"));
  CHECK_FALSE(has(written({"pay.csv", 7, 28, 0}, DiagnosticFormat::json), "sheet"));
  const std::string sarif = written(cell, DiagnosticFormat::sarif);
  CHECK(has(sarif, R"("fullyQualifiedName": "Sheet 1!AB7")"));
  CHECK_FALSE(has(sarif, "startLine"));
  CHECK(has(written(cell, DiagnosticFormat::junit), "name=\"pay.xlsx#Sheet 1!AB7 duplicate-key\""));
}
