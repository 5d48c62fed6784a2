// A file of records, read as a whole and in pieces of some size by some threads: the same rows, the same findings.
//
// The first line of an input says how the rest is read: a letter of the table, one of the way, one of the size of the
// pieces. "ba8" and more are fine: what is not understood is the least.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "ingest/read.h"
#include "ingest/read_whole.h"
#include "support/reading_text.h"

using namespace hr;

namespace {

// `at`: of the first line; what is not there is 'a'.
int letter(std::string_view line, size_t at) {
  return at < line.size() ? static_cast<unsigned char>(line[at]) - 'a' : 0;
}

ingest::ReadOptions options_of(std::string_view line) {
  ingest::ReadOptions options;
  options.table = static_cast<model::TableId>((letter(line, 0) & 0xFF) % model::kTables);
  const int way = letter(line, 1) & 0xFF;
  options.wide = way % 2 == 1;
  if (way / 2 % 3 == 1) options.format = ingest::FileFormat::json;
  if (way / 2 % 3 == 2) options.format = ingest::FileFormat::tsv;
  if (options.wide) options.kpis = {"revenue", "absences", "kpi"};
  options.threads = 1 + way / 6 % 3;
  options.block = 1 + static_cast<size_t>(letter(line, 2) & 0xFF) * 7;
  return options;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t end = input.find('\n');
  if (end == std::string_view::npos) return 0;
  const ingest::ReadOptions options = options_of(input.substr(0, end));
  const std::string bytes(input.substr(end + 1));
  const ingest::Input file = ingest::input_of_text("x", bytes);
  const std::string whole = tests::reading_text(ingest::read_text(file, options, ingest::read_whole));
  const std::string pieces = tests::reading_text(ingest::read_table(file, options));
  if (whole == pieces) return 0;
  std::fprintf(stderr, "as a whole:\n%s\nin pieces:\n%s\n", whole.c_str(), pieces.c_str());
  std::abort();
}
