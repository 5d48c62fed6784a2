// JUnit XML, for CI servers: a suite a file, a case a diagnostic; errors fail, warnings and notes pass and are printed.
#include <string>
#include <vector>

#include "base/text.h"
#include "render/diagnostic_writers.h"

namespace hr::render {

namespace {

using i18n::Language;

// XML 1.0 knows no control characters, not even escaped, and no U+FFFE or U+FFFF.
std::string xml(std::string_view raw) {
  const std::string text = escape_controls(raw);
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = std::string_view(text).substr(i);
    if (rest.starts_with("\xEF\xBF\xBE") || rest.starts_with("\xEF\xBF\xBF")) {
      out += rest.starts_with("\xEF\xBF\xBE") ? "\\ufffe" : "\\uffff";
      i += 2;
    } else if (text[i] == '&')
      out += "&amp;";
    else if (text[i] == '<')
      out += "&lt;";
    else if (text[i] == '>')
      out += "&gt;";
    else if (text[i] == '"')
      out += "&quot;";
    else
      out += text[i];
  }
  return out;
}

std::string counts(size_t tests, size_t failures) {
  return " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) + "\" errors=\"0\"";
}

void append_case(std::string& out, const Diagnostic& d, Language language, SourceLines& lines) {
  const std::string where = place_text(d.span, lines);
  const std::string message = i18n::text(language, d);
  const std::string help = i18n::help(language, d);
  out += "    <testcase classname=\"" + xml(d.span.file) + "\" name=\"" + xml(where + " " + d.code) + "\"";
  if (!d.span.file.empty()) out += " file=\"" + xml(d.span.file) + "\"";
  if (d.span.line > 0) out += " line=\"" + std::to_string(d.span.line) + "\"";
  out += ">\n";
  const std::string body = xml(where + ": " + message) + (help.empty() ? "" : "\n" + xml(help));
  if (d.severity == Severity::error) {
    out += "      <failure type=\"" + xml(d.code) + "\" message=\"" + xml(message) + "\">" + body + "</failure>\n";
  } else {
    out += "      <system-out>" + body + "</system-out>\n";
  }
  out += "    </testcase>\n";
}

}  // namespace

std::string write_diagnostics_junit(const Diagnostics& diagnostics, Language language, SourceLines& lines) {
  std::vector<std::string> files;  // in the order in which they first appear
  std::map<std::string, std::vector<const Diagnostic*>> by_file;
  for (const Diagnostic& d : diagnostics) {
    auto& list = by_file[d.span.file];
    if (list.empty()) files.push_back(d.span.file);
    list.push_back(&d);
  }
  const size_t tests = diagnostics.empty() ? 1 : diagnostics.size();
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"hrctl\"" +
                    counts(tests, count(diagnostics, Severity::error)) + ">\n";
  if (diagnostics.empty()) {  // a suite without a case counts as a fault with some servers
    out += "  <testsuite name=\"hrctl\"" + counts(1, 0) + ">\n    <testcase classname=\"hrctl\" name=\"" +
           xml(i18n::text(language, "no-problems")) + "\"/>\n  </testsuite>\n";
  }
  for (const std::string& file : files) {
    const auto& list = by_file[file];
    size_t failures = 0;
    for (const Diagnostic* d : list) failures += d->severity == Severity::error ? 1 : 0;
    out += "  <testsuite name=\"" + xml(file.empty() ? "hrctl" : file) + "\"" + counts(list.size(), failures) + ">\n";
    for (const Diagnostic* d : list) append_case(out, *d, language, lines);
    out += "  </testsuite>\n";
  }
  return out + "</testsuites>\n";
}

}  // namespace hr::render
