// Workbooks: the same calls give the same bytes; what does not fit into a sheet is said, not cut.
#include "sheets/workbook.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace hr;
using namespace hr::sheets;

static std::string bytes_of(WorkbookWriter& book) {
  std::string bytes;
  book.write_to([&](std::string_view more) { bytes += more; });
  return bytes;
}

static Sheet sheet_of(size_t columns) {
  Sheet sheet;
  sheet.name = "Sheet";
  for (size_t i = 0; i < columns; ++i) sheet.columns.emplace_back().heading = "c" + std::to_string(i);
  return sheet;
}

static std::string failure_of(WorkbookWriter& book, const Cell& cell) {
  try {
    book.add_row({&cell, 1});
  } catch (const Error& e) {
    return e.message();
  }
  return {};
}

TEST_CASE("the same calls give the same bytes") {
  const auto make = [] {
    WorkbookWriter book;
    book.begin_sheet(sheet_of(4));
    const Cell cells[] = {std::string_view("=1+1"), make_decimal(25, 1), *parse_date("2026-03-31"), true};
    for (int i = 0; i < 100; ++i) book.add_row(cells);
    return bytes_of(book);
  };
  const std::string bytes = make();
  CHECK(bytes.starts_with("PK"));
  CHECK(bytes == make());
}

TEST_CASE("a cell holds 32,767 characters, those outside of the first 65,536 counted twice") {
  WorkbookWriter book;
  book.begin_sheet(sheet_of(1));
  const std::string fits(32'767, 'x');
  CHECK(failure_of(book, std::string_view(fits)).empty());
  const std::string long_text(32'768, 'x');
  CHECK(failure_of(book, std::string_view(long_text)) == "workbook-text-too-long");
  std::string targets;
  for (int i = 0; i < 16'384; ++i) targets += "\xF0\x9F\x8E\xAF";
  CHECK(failure_of(book, std::string_view(targets)) == "workbook-text-too-long");
}

TEST_CASE("a sheet holds 1,048,575 rows below its heading") {
  WorkbookWriter book;
  book.begin_sheet(sheet_of(1));
  const Cell cell = make_decimal(1);
  for (int i = 0; i < 1'048'575; ++i) book.add_row({&cell, 1});
  CHECK(failure_of(book, cell) == "workbook-too-many-rows");
}

TEST_CASE("two sheets of one name are refused") {
  WorkbookWriter book;
  book.begin_sheet(sheet_of(1));
  CHECK_THROWS_AS(book.begin_sheet(sheet_of(1)), Error);
}
