#include "engine/import/texts.h"

namespace hr::engine {

using model::TableId;

// The order in which tables may refer to one another.
static constexpr TableId kOrder[] = {TableId::org_units, TableId::employees, TableId::assignments, TableId::leaves,
                                     TableId::targets,   TableId::facts,     TableId::objectives,  TableId::key_results,
                                     TableId::checkins,  TableId::feedback,  TableId::recognitions};

static void take_findings(const ImportOutcome& outcome, ImportedTexts& out) {
  for (const ImportedFile& file : outcome.files) {
    for (const Diagnostic& d : file.diagnostics) {
      if (d.severity == Severity::error) out.errors.push_back(d);
    }
    for (const ingest::RejectedRow& row : file.rejected) out.rejected.push_back(row.reason);
  }
}

ImportedTexts import_texts(store::Store& store, const defs::TableTexts& tables, const std::string& path,
                           const model::Definitions& definitions, const WhoWhen& who_when) {
  ImportedTexts out;
  for (const TableId id : kOrder) {
    for (const auto& [name, csv] : tables) {
      if (model::find_imported_table(name) != id) continue;
      ImportRequest request;
      request.table = id;
      request.format = ingest::FileFormat::csv;
      const ingest::Input input = ingest::input_of_text(table_text_path(path, name), csv);
      take_findings(import_files(store, {input}, request, &definitions, who_when, {}), out);
    }
  }
  return out;
}

std::string table_text_path(std::string path, const std::string& table) {
  path += ':';
  return path += table;
}

}  // namespace hr::engine
