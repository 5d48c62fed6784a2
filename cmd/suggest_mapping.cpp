#include "suggest_mapping.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "engine/files.h"
#include "engine/import/mapping_text.h"
#include "ingest/survey_file.h"

namespace hr::cmd {

namespace {

// The part of a file's name that an id can have: 2019考勤-data.csv.gz → 2019-data.
std::string id_part(const std::string& file) {
  const std::string name = std::filesystem::path(file).filename().string();
  std::string part;
  for (const char c : name.substr(0, name.find('.', 1))) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || (c == '_' && !part.empty()))
      part += c;
    else if (!part.empty() && part.back() != '-')
      part += '-';
  }
  while (part.ends_with('-') || part.ends_with('_')) part.pop_back();
  constexpr size_t kMost = 40;
  return part.substr(0, kMost);
}

// The same for a KPI, whose id stands in formulas.
std::string kpi_part(std::string part) {
  std::replace(part.begin(), part.end(), '-', '_');
  return part.front() >= '0' && part.front() <= '9' ? "kpi_" + part : part;
}

std::string mapping_id(const SuggestRequest& request, const std::string& table) {
  if (!request.id.empty()) return request.id;
  const std::string part = id_part(request.file);
  return part.empty() ? table : table + "-" + part;
}

// KPIs that the workspace defines; definitions with faults are of no use here, and `check` tells of them.
std::vector<ingest::KnownKpi> known_kpis(const Session& session) {
  std::vector<ingest::KnownKpi> known;
  if (!session.workspace()) return known;
  const defs::Loaded loaded = defs::load_definitions(engine::definition_files(*session.workspace()));
  if (has_errors(loaded.diagnostics)) return known;
  for (const model::Kpi& kpi : loaded.definitions.kpis) {
    known.push_back({kpi.id, {}});
    for (const std::string& name : {kpi.name.en, kpi.name.zh}) {
      if (!name.empty()) known.back().names.push_back(name);
    }
  }
  return known;
}

void check(const Session& session, const SuggestRequest& request) {
  const std::string& output = session.shared.output;
  if (output.empty() || output == "-") return;
  session.check_output(output, {request.file});
  std::error_code ignored;
  if (std::filesystem::exists(output, ignored))  // people's work may be in it
    throw Error(ErrorKind::rejected, "file-exists", {escape_controls(output)});
}

}  // namespace

int suggest_mapping(const Session& session, const SuggestRequest& request) {
  check(session, request);
  const ingest::Input input = engine::open_file(request.file);
  const ingest::SurveyedFile file = ingest::survey_file(input, request.options);
  session.print_findings(file.diagnostics);
  if (has_errors(file.diagnostics)) throw Error(ErrorKind::rejected, "suggest-faulty", {escape_controls(request.file)});
  ingest::SuggestOptions options;
  options.table = request.options.table;
  options.file = std::filesystem::path(request.file).filename().string() + " " + file.sheet;
  const std::string part = id_part(request.file);
  if (!part.empty()) options.kpi = kpi_part(part);
  options.kpis = known_kpis(session);
  ingest::Suggestion suggestion = ingest::suggest(file.survey, options);
  suggestion.mapping.encoding = file.encoding;
  suggestion.mapping.delimiter = file.delimiter;
  suggestion.mapping.sheet = file.sheet;
  const std::string id = mapping_id(request, suggestion.mapping.table);
  session.print(engine::mapping_text(suggestion, id, request.file, session.data_language()));
  session.note("suggest-done", {request.file, std::to_string(suggestion.recognised), std::to_string(suggestion.unsure),
                                std::to_string(suggestion.left.size())});
  return 0;
}

}  // namespace hr::cmd
