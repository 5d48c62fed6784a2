// What is wrong with a user's data, and where. Collected, never thrown: one run shows every problem.
// The text is made by i18n from `message` and `args`, so that no reader of files needs a language.
#pragma once

#include <string>
#include <vector>

namespace hr {

// A stretch of one line of a file. line and col count from 1; col counts bytes of UTF-8 in the line
// (render turns it into display columns); 0 = not known. In a workbook a cell: line is its row, col its column.
struct SourceSpan {
  std::string file;
  int line = 0;
  int col = 0;
  int len = 0;
  std::string sheet = {};  // of a workbook; empty = a file of text

  bool operator==(const SourceSpan&) const = default;
};

enum class Severity { error, warning, note };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;               // stable and public: "unknown-key"
  std::string message;            // key of the message table: the code, or "code/variant"
  std::vector<std::string> args;  // fill {0} {1} … of the message
  SourceSpan span;
  std::string suggestion;           // the nearest known key or id; empty = none
  std::vector<SourceSpan> related;  // "first defined here"
};

using Diagnostics = std::vector<Diagnostic>;

bool has_errors(const Diagnostics& diagnostics);
size_t count(const Diagnostics& diagnostics, Severity severity);

// A diagnostic whose code is the part of `message` before '/'.
Diagnostic make_error(std::string message, SourceSpan span, std::vector<std::string> args = {});
Diagnostic make_warning(std::string message, SourceSpan span, std::vector<std::string> args = {});

// The places of a diagnostic that lie in `file` lie in this sheet of it; with an empty name nothing happens.
void name_sheet(Diagnostic& diagnostic, const std::string& file, const std::string& sheet);

}  // namespace hr
