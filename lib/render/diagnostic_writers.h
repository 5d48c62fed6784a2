// One writer of diagnostics a format; render_diagnostics() chooses.
#pragma once

#include <string>
#include <string_view>

#include "render/diagnostics.h"
#include "render/source_lines.h"

namespace hr::render {

std::string_view severity_name(Severity severity);  // error, warning, note: in programs' formats
// file:7:3, or of a workbook file#Sheet!C7, as far as known. May hold control characters.
std::string place_text(const SourceSpan& span, SourceLines& lines);
// What the related places of a diagnostic are: "first defined here", or the message of its own "…/related" key.
std::string related_text(const Diagnostic& diagnostic, i18n::Language language);

std::string write_diagnostics_text(const Diagnostics& diagnostics, i18n::Language language, SourceLines& lines,
                                   bool color);
std::string write_diagnostics_json(const Diagnostics& diagnostics, i18n::Language language, SourceLines& lines);
std::string write_diagnostics_sarif(const Diagnostics& diagnostics, i18n::Language language, SourceLines& lines);
std::string write_diagnostics_junit(const Diagnostics& diagnostics, i18n::Language language, SourceLines& lines);

}  // namespace hr::render
