// A workbook, read twice: the same rows, rows set aside and findings.
//
// "=== NAME" begins a part of the workbook, the lines behind it are what is in it; parts that are not given are those
// of a small sound workbook. Without such a line the input is the file itself.
#include <cstdint>
#include <cstdlib>

#include "ingest/read.h"
#include "support/reading_text.h"
#include "unit/ingest/make_workbook.h"

using namespace hr;

namespace {

constexpr std::string_view kPart = "=== ";

std::string workbook_of(std::string_view input) {
  if (!input.starts_with(kPart)) return std::string(input);
  Parts parts = parts_of("");
  while (input.starts_with(kPart)) {
    const size_t end = std::min(input.find('\n'), input.size());
    const std::string name(input.substr(kPart.size(), end - kPart.size()));
    input.remove_prefix(std::min(end + 1, input.size()));
    const size_t next = input.find("\n=== ");
    parts[name] = input.substr(0, next);
    input.remove_prefix(next == std::string_view::npos ? input.size() : next + 1);
  }
  return make_workbook(parts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const ingest::Input file = ingest::input_of_text("x.xlsx", workbook_of({reinterpret_cast<const char*>(data), size}));
  ingest::ReadOptions options;
  const std::string once = tests::reading_text(ingest::read_table(file, options));
  options.threads = 2;
  options.block = 7;
  if (tests::reading_text(ingest::read_table(file, options)) != once) std::abort();
  return 0;
}
