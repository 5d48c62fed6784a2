// Diagnostics → text for people (GNU form, excerpt, caret, help) or json, sarif, junit for programs.
#pragma once

#include <functional>
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

// The text of a file that diagnostics point into, for the excerpt; none = no excerpt. Returned views must stay valid.
using FileText = std::function<std::optional<std::string_view>(const std::string& file)>;

std::string render_diagnostics(const Diagnostics& diagnostics, DiagnosticFormat format, i18n::Language language,
                               const FileText& file_text, bool color);

}  // namespace hr::render
