#include "render/diagnostics.h"

#include "base/cell_name.h"
#include "render/diagnostic_writers.h"

namespace hr::render {

std::optional<DiagnosticFormat> diagnostic_format_of_name(std::string_view name) {
  if (name == "table" || name == "text") return DiagnosticFormat::text;
  if (name == "json") return DiagnosticFormat::json;
  if (name == "sarif") return DiagnosticFormat::sarif;
  if (name == "junit") return DiagnosticFormat::junit;
  return std::nullopt;
}

std::optional<DiagnosticFormat> diagnostic_format_of_file(std::string_view file_name) {
  const std::string_view base = file_name.substr(file_name.find_last_of('/') + 1);
  const size_t dot = base.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0) return DiagnosticFormat::text;
  const std::string_view ending = base.substr(dot + 1);
  if (ending == "txt") return DiagnosticFormat::text;
  if (ending == "xml") return DiagnosticFormat::junit;
  return ending == "json" || ending == "sarif" ? diagnostic_format_of_name(ending) : std::nullopt;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      return "note";
  }
  return "error";
}

std::string place_text(const SourceSpan& span, SourceLines& lines) {
  std::string out = span.file;
  if (!span.sheet.empty()) out += '#' + span.sheet;
  if (out.empty() || span.line < 1) return out;
  if (!span.sheet.empty()) return out + '!' + cell_name(span.line, span.col);
  out += ':' + std::to_string(span.line);
  const Position at = lines.position(span, Unit::characters);
  return at.column > 0 ? out + ':' + std::to_string(at.column) : out;
}

std::string related_text(const Diagnostic& diagnostic, i18n::Language language) {
  for (const std::string& key : {diagnostic.message + "/related", diagnostic.code + "/related"}) {
    if (i18n::has_message(key)) return i18n::text(language, key, diagnostic.args);
  }
  return i18n::text(language, "first-defined-here");
}

std::string render_diagnostics(const Diagnostics& diagnostics, DiagnosticFormat format, i18n::Language language,
                               const FileText& file_text, bool color) {
  SourceLines lines(file_text);
  switch (format) {
    case DiagnosticFormat::text:
      return write_diagnostics_text(diagnostics, language, lines, color);
    case DiagnosticFormat::json:
      return write_diagnostics_json(diagnostics, language, lines);
    case DiagnosticFormat::sarif:
      return write_diagnostics_sarif(diagnostics, language, lines);
    case DiagnosticFormat::junit:
      return write_diagnostics_junit(diagnostics, language, lines);
  }
  return {};
}

}  // namespace hr::render
