// Definitions, a line of three dashes, and a file that is read by the first mapping there is among them: as a whole and
// in pieces the same rows, the same findings.
#include <cstdint>
#include <cstdlib>

#include "defs/load.h"
#include "ingest/read.h"
#include "ingest/read_whole.h"
#include "support/reading_text.h"

using namespace hr;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr std::string_view kBorder = "\n---\n";
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const size_t border = input.find(kBorder);
  if (border == std::string_view::npos) return 0;
  const defs::Loaded loaded = defs::load_definitions({{"x.yaml", std::string(input.substr(0, border))}});
  if (has_errors(loaded.diagnostics) || loaded.definitions.mappings.empty()) return 0;
  ingest::ReadOptions options;
  options.mapping = &loaded.definitions.mappings.front();
  options.table = model::find_imported_table(options.mapping->table).value_or(model::TableId::employees);
  options.wide = options.mapping->wide;
  options.threads = 2;
  options.block = 16;
  const ingest::Input file = ingest::input_of_text("x", std::string(input.substr(border + kBorder.size())));
  const std::string whole = tests::reading_text(ingest::read_text(file, options, ingest::read_whole));
  if (tests::reading_text(ingest::read_table(file, options)) != whole) std::abort();
  return 0;
}
