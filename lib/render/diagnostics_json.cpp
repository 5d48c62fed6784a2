// Diagnostics as one JSON object: schemas/output/diagnostics.schema.json.
#include <nlohmann/json.hpp>
#include <string>

#include "base/cell_name.h"
#include "render/diagnostic_writers.h"

namespace hr::render {

using Json = nlohmann::ordered_json;

static Json number_or_null(int n) {
  return n > 0 ? Json(n) : Json(nullptr);
}

static Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

static void add_place(Json& out, const SourceSpan& span, SourceLines& lines) {
  const Position at = lines.position(span, Unit::characters);
  out["file"] = text_or_null(span.file);
  out["line"] = number_or_null(span.line);
  out["column"] = number_or_null(at.column);
  out["length"] = number_or_null(at.length);
  if (!span.sheet.empty()) {
    out["sheet"] = span.sheet;
    out["cell"] = span.line > 0 && span.col > 0 ? Json(cell_name(span.line, span.col)) : Json(nullptr);
  }
}

static Json diagnostic_json(const Diagnostic& d, i18n::Language language, SourceLines& lines) {
  Json out;
  out["severity"] = severity_name(d.severity);
  out["code"] = d.code;
  out["message"] = i18n::text(language, d);
  out["help"] = text_or_null(i18n::help(language, d));
  add_place(out, d.span, lines);
  out["suggestion"] = text_or_null(d.suggestion);
  out["related"] = Json::array();
  for (const SourceSpan& span : d.related) add_place(out["related"].emplace_back(Json::object()), span, lines);
  return out;
}

std::string write_diagnostics_json(const Diagnostics& diagnostics, i18n::Language language, SourceLines& lines) {
  Json out;
  out["schema"] = "hrctl.diagnostics/v1";
  out["errors"] = count(diagnostics, Severity::error);
  out["warnings"] = count(diagnostics, Severity::warning);
  out["diagnostics"] = Json::array();
  for (const Diagnostic& d : diagnostics) out["diagnostics"].push_back(diagnostic_json(d, language, lines));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace hr::render
