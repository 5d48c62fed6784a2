// SARIF 2.1.0, for code-scanning services: `results` is always there, columns are UTF-16 units from 1, paths are
// percent-encoded URIs, relative ones to %SRCROOT%.
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "base/cell_name.h"
#include "render/diagnostic_writers.h"

namespace hr::render {

using Json = nlohmann::ordered_json;

static std::string percent_encoded(std::string_view path) {
  static constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=@";
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : path) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    out += '%';
    out += kHex[static_cast<unsigned char>(c) >> 4U];
    out += kHex[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

static Json artifact_location(std::string_view path) {
  if (path.starts_with('/')) return {{"uri", "file://" + percent_encoded(path)}};
  while (path.starts_with("./")) path.remove_prefix(2);
  return {{"uri", percent_encoded(path)}, {"uriBaseId", "%SRCROOT%"}};
}

// A workbook has no lines and columns of text; a cell of it is a logical place.
static Json cell_location(const SourceSpan& span) {
  const std::string cell = span.line > 0 ? cell_name(span.line, span.col) : std::string();
  Json logical{{"name", cell.empty() ? span.sheet : cell},
               {"fullyQualifiedName", cell.empty() ? span.sheet : span.sheet + '!' + cell}};
  return {{"physicalLocation", {{"artifactLocation", artifact_location(span.file)}}},
          {"logicalLocations", Json::array({logical})}};
}

static Json location(const SourceSpan& span, SourceLines& lines) {
  if (!span.sheet.empty()) return cell_location(span);
  Json physical;
  physical["artifactLocation"] = artifact_location(span.file);
  if (span.line > 0) {
    Json& region = physical["region"];
    region["startLine"] = span.line;
    const Position at = lines.position(span, Unit::utf16);
    if (at.column > 0) region["startColumn"] = at.column;
    if (at.column > 0 && at.length > 0) region["endColumn"] = at.column + at.length;
  }
  return {{"physicalLocation", physical}};
}

static Json result(const Diagnostic& d, size_t rule, i18n::Language language, SourceLines& lines) {
  const std::string help = i18n::help(language, d);
  Json out;
  out["ruleId"] = d.code;
  out["ruleIndex"] = rule;
  out["level"] = severity_name(d.severity);
  out["message"]["text"] = i18n::text(language, d) + (help.empty() ? "" : "\n" + help);
  out["locations"] = Json::array();
  if (!d.span.file.empty()) out["locations"].push_back(location(d.span, lines));
  for (const SourceSpan& span : d.related) {
    Json place = location(span, lines);
    place["message"]["text"] = related_text(d, language);
    out["relatedLocations"].push_back(place);
  }
  return out;
}

std::string write_diagnostics_sarif(const Diagnostics& diagnostics, i18n::Language language, SourceLines& lines) {
  std::map<std::string, size_t> rule_of_code;
  Json rules = Json::array();
  Json results = Json::array();
  for (const Diagnostic& d : diagnostics) {
    const auto [it, is_new] = rule_of_code.try_emplace(d.code, rules.size());
    if (is_new) rules.push_back({{"id", d.code}});
    results.push_back(result(d, it->second, language, lines));
  }
  Json run;
  run["tool"]["driver"] = {{"name", "hrctl"}, {"rules", rules}};
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = results;
  Json out;
  out["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  out["version"] = "2.1.0";
  out["runs"] = Json::array({run});
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace hr::render
