#include "base/diagnostic.h"

#include <algorithm>
#include <utility>

namespace hr {

bool has_errors(const Diagnostics& diagnostics) {
  return count(diagnostics, Severity::error) > 0;
}

size_t count(const Diagnostics& diagnostics, Severity severity) {
  return static_cast<size_t>(std::count_if(diagnostics.begin(), diagnostics.end(),
                                           [&](const Diagnostic& d) { return d.severity == severity; }));
}

static Diagnostic make(Severity severity, std::string message, SourceSpan span, std::vector<std::string> args) {
  Diagnostic d;
  d.severity = severity;
  d.code = message.substr(0, message.find('/'));
  d.message = std::move(message);
  d.args = std::move(args);
  d.span = std::move(span);
  return d;
}

Diagnostic make_error(std::string message, SourceSpan span, std::vector<std::string> args) {
  return make(Severity::error, std::move(message), std::move(span), std::move(args));
}

Diagnostic make_warning(std::string message, SourceSpan span, std::vector<std::string> args) {
  return make(Severity::warning, std::move(message), std::move(span), std::move(args));
}

void name_sheet(Diagnostic& diagnostic, const std::string& file, const std::string& sheet) {
  const auto name = [&](SourceSpan& span) {
    if (span.file == file && span.sheet.empty()) span.sheet = sheet;
  };
  name(diagnostic.span);
  for (SourceSpan& span : diagnostic.related) name(span);
}

}  // namespace hr
