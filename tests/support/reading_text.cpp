#include "support/reading_text.h"

namespace hr::tests {

static std::string finding_text(const Diagnostic& d) {
  std::string out = d.code + ' ' + d.message + ' ' + d.span.file + ':' + std::to_string(d.span.line) + ':' +
                    std::to_string(d.span.col) + '+' + std::to_string(d.span.len) + " help " + d.suggestion;
  for (const std::string& arg : d.args) out += " | " + arg;
  return out + '\n';
}

std::string frame_text(const facts::Frame& frame) {
  std::string out;
  for (const facts::Column& column : frame.columns) {
    out += column.name + (column.carried ? " carried\n" : "\n");
    for (size_t row = 0; row < frame.size(); ++row) {
      const std::string code = column.codes.empty() ? "" : " #" + std::to_string(column.codes[row]);
      out += std::to_string(frame.rows[row]) + ' ' + facts::cell_text(column, row) + code + '\n';
    }
  }
  return out;
}

std::string reading_text(const ingest::ReadResult& result, bool with_rows) {
  std::string out = std::to_string(result.rows_read) + " rows, " + result.sha256 + '\n';
  for (const std::string& heading : result.headings) out += heading + ',';
  for (const auto& [name, at] : result.heading_of) out += name + '=' + std::to_string(at) + ' ';
  out += '\n';
  for (const Diagnostic& d : result.diagnostics) out += finding_text(d);
  for (const ingest::RejectedRow& row : result.rejected) {
    out += std::to_string(row.line) + ' ' + row.column + " = " + row.value + ": " + finding_text(row.reason);
    for (const std::string& field : row.fields) out += field + ';';
    out += '\n';
  }
  if (with_rows && !has_errors(result.diagnostics)) out += frame_text(result.frame);
  return out;
}

}  // namespace hr::tests
