#include "ingest/column_plan.h"
#include "ingest/read.h"

namespace hr::ingest {

static void append_field(std::string& csv, std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
    csv += text;
    return;
  }
  csv += '"';
  for (const char c : text) {
    if (c == '"') csv += '"';
    csv += c;
  }
  csv += '"';
}

std::string rejects_csv(const std::vector<std::string>& headings, const std::vector<RejectedRow>& rows,
                        const std::function<std::string(const Diagnostic&)>& reason_text) {
  std::vector<size_t> kept;  // the notes of an earlier rejects file are made anew
  for (size_t i = 0; i < headings.size(); ++i) {
    if (!is_reject_note(headings[i])) kept.push_back(i);
  }
  std::string csv;
  for (const size_t i : kept) {
    append_field(csv, headings[i]);
    csv += ',';
  }
  csv += "_line,_column,_code,_reason\n";
  for (const RejectedRow& row : rows) {
    for (const size_t i : kept) {
      if (i < row.fields.size()) append_field(csv, row.fields[i]);
      csv += ',';
    }
    csv += std::to_string(row.line) + ',';
    append_field(csv, row.column);
    csv += ',' + row.reason.code + ',';
    append_field(csv, reason_text(row.reason));
    csv += '\n';
  }
  return csv;
}

}  // namespace hr::ingest
