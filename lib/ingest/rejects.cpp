#include <algorithm>
#include <set>

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

// Headings of all files in order of first appearance; the notes of an earlier rejects file are made anew.
static std::vector<std::string> all_headings(const std::vector<RejectedFile>& files) {
  std::vector<std::string> all;
  for (const RejectedFile& file : files) {
    for (const std::string& heading : *file.headings) {
      if (!is_reject_note(heading) && std::find(all.begin(), all.end(), heading) == all.end()) all.push_back(heading);
    }
  }
  return all;
}

// Rows with more fields than there are headings.
static bool has_surplus(const RejectedFile& file) {
  return std::any_of(file.rows->begin(), file.rows->end(),
                     [&](const RejectedRow& row) { return row.fields.size() > file.headings->size(); });
}

std::string rejects_csv(const std::vector<RejectedFile>& files,
                        const std::function<std::string(const Diagnostic&)>& reason_text) {
  const std::vector<std::string> headings = all_headings(files);
  std::string csv;
  for (const std::string& heading : headings) {
    append_field(csv, heading);
    csv += ',';
  }
  const bool surplus = std::any_of(files.begin(), files.end(), has_surplus);
  csv += surplus ? "_line,_column,_code,_reason,_surplus\n" : "_line,_column,_code,_reason\n";
  for (const RejectedFile& file : files) {
    std::vector<size_t> field_of;  // of a row of this file, by heading of the CSV
    for (const std::string& heading : headings) {
      const auto at = std::find(file.headings->begin(), file.headings->end(), heading);
      field_of.push_back(static_cast<size_t>(at - file.headings->begin()));
    }
    for (const RejectedRow& row : *file.rows) {
      for (const size_t field : field_of) {
        if (field < row.fields.size()) append_field(csv, row.fields[field]);
        csv += ',';
      }
      csv += std::to_string(row.line) + ',';
      append_field(csv, row.column);
      csv += ',' + row.reason.code + ',';
      append_field(csv, reason_text(row.reason));
      if (surplus) csv += ',';
      std::string more;  // what stood behind the last column
      for (size_t i = file.headings->size(); i < row.fields.size(); ++i)
        more += (more.empty() ? "" : " | ") + row.fields[i];
      append_field(csv, more);
      csv += '\n';
    }
  }
  return csv;
}

std::string changes_csv(const std::vector<ChangedFile>& files) {
  std::string csv = "_file,_line,_column,rule,before,after\n";
  for (const ChangedFile& file : files) {
    std::set<uint32_t> aside;
    for (const RejectedRow& row : *file.rejected) aside.insert(row.line);
    for (const CellChange& change : *file.changes) {
      if (aside.count(change.line) > 0) continue;
      append_field(csv, *file.name);
      csv += ',' + std::to_string(change.line) + ',';
      for (const std::string_view text : {std::string_view(change.column), rule_id(change.rule),
                                          std::string_view(change.before), std::string_view(change.after)}) {
        append_field(csv, text);
        csv += ',';
      }
      csv.back() = '\n';
    }
  }
  return csv;
}

}  // namespace hr::ingest
