#include "engine/import/texts.h"

#include "base/listed.h"
#include "base/text.h"

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

// A mapping that there is not, or not for this table.
static std::optional<Diagnostic> unknown_mapping(const defs::TableText& text, const model::Definitions& definitions) {
  std::vector<std::string> ids;
  for (const model::Mapping& mapping : definitions.mappings) {
    if (mapping.table != text.table) continue;
    if (mapping.id == text.mapping) return std::nullopt;
    ids.push_back(mapping.id);
  }
  if (text.mapping.empty()) return std::nullopt;
  Diagnostic d = make_error(ids.empty() ? "unknown-reference/mapping-none" : "unknown-reference/mapping",
                            text.mapping_span, {text.mapping, text.table, listed(ids)});
  d.suggestion = nearest(text.mapping, ids).value_or("");
  return d;
}

ImportedTexts import_texts(store::Store& store, const defs::TableTexts& tables, const std::string& path,
                           const model::Definitions& definitions, const WhoWhen& who_when) {
  ImportedTexts out;
  for (const TableId id : kOrder) {
    for (const defs::TableText& text : tables) {
      if (model::find_imported_table(text.table) != id) continue;
      if (const auto unknown = unknown_mapping(text, definitions)) {
        out.errors.push_back(*unknown);
        continue;
      }
      ImportRequest request;
      request.table = id;
      request.mapping = text.mapping;
      request.format = ingest::FileFormat::csv;
      request.encoding = "UTF-8";  // whatever the mapping says of files
      const ingest::Input input = ingest::input_of_text(table_text_path(path, text.table), text.csv);
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
