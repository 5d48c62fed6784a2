// Diagnostics → text for people (GNU form, excerpt, caret, help) or json, sarif, junit for programs.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "i18n/message.h"

namespace hr::render {

enum class DiagnosticFormat { text, json, sarif, junit };
std::optional<DiagnosticFormat> diagnostic_format_of_name(std::string_view name);  // table (= text), json, sarif, junit
// By the ending: .txt and none are text, .xml is junit; none for an ending that is no format of ours.
std::optional<DiagnosticFormat> diagnostic_format_of_file(std::string_view file_name);

// A file that diagnostics point into, for the excerpt: its text, or, where that is too long to hold, the lines with
// these numbers, which are all that will be asked for. Both must stay valid.
struct FileLines {
  FileLines(std::string_view whole) : text(whole) {}
  FileLines(const std::map<int, std::string>& lines) : some(&lines) {}

  std::string_view text;
  const std::map<int, std::string>* some = nullptr;
};
using FileText = std::function<std::optional<FileLines>(const std::string& file)>;  // none = no excerpt

std::string render_diagnostics(const Diagnostics& diagnostics, DiagnosticFormat format, i18n::Language language,
                               const FileText& file_text, bool color);

}  // namespace hr::render
