#include "engine/import/read_options.h"

#include "base/error.h"
#include "base/parallel.h"
#include "base/text.h"

namespace hr::engine {

[[noreturn]] static void refuse_mapping(const model::Definitions* definitions, const std::string& id) {
  std::vector<std::string> ids;
  if (definitions) {
    for (const model::Mapping& mapping : definitions->mappings) ids.push_back(mapping.id);
  }
  const auto near = nearest(id, ids);
  if (near) throw Error(ErrorKind::rejected, "unknown-mapping/near", {escape_controls(id), *near});
  throw Error(ErrorKind::rejected, "unknown-mapping", {escape_controls(id)});
}

ingest::ReadOptions read_options(const Import& import) {
  ingest::ReadOptions options;
  const ImportRequest& request = import.request;
  options.table = request.table;
  options.threads = hardware_threads();
  options.format = request.format;
  options.delimiter = request.delimiter;
  options.encoding = request.encoding;
  options.default_encoding = request.default_encoding;
  options.sheet = request.sheet;
  options.wide = request.wide;
  options.hashed = request.hashed;
  options.most_told = request.most_told.value_or(SIZE_MAX);
  options.keeps_changes = request.keeps_changes;
  if (import.definitions) {
    for (const model::Kpi& kpi : import.definitions->kpis) options.kpis.push_back(kpi.id);
  }
  if (!request.mapping.empty()) {
    options.mapping = import.definitions ? import.definitions->find_mapping(request.mapping) : nullptr;
    if (!options.mapping) refuse_mapping(import.definitions, request.mapping);
    const std::string table(model::imported_table(request.table).name);
    if (options.mapping->table != table) {
      throw Error(ErrorKind::rejected, "mapping-of-other-table", {request.mapping, options.mapping->table, table});
    }
    options.wide = options.wide || options.mapping->wide;
  }
  return options;
}

}  // namespace hr::engine
