#include "ingest/survey_file.h"

#include <algorithm>

#include "ingest/encodings.h"
#include "ingest/json_records.h"
#include "ingest/open_workbook.h"
#include "ingest/read_whole.h"
#include "ingest/sniff.h"
#include "ingest/text_file.h"

namespace hr::ingest {

namespace {

constexpr size_t kMostBytes = size_t{64} << 20U;

// The beginning of a text, to the end of a line where it goes on.
std::string beginning_of(const Input& text) {
  std::string bytes = read_all(text, kMostBytes);
  const size_t end = bytes.size() < kMostBytes ? std::string::npos : bytes.rfind('\n');
  if (end != std::string::npos) bytes.resize(end + 1);
  return bytes;
}

void survey_text(const TextFile& text, SurveyedFile& file) {
  const std::string all = beginning_of(text.text);
  if (auto fault = text_fault(text, all)) {
    file.diagnostics.push_back(std::move(*fault));
    return;
  }
  const std::string_view bytes = without_bom(all);
  if (text.options.encoding != kUtf8) file.encoding = text.options.encoding;
  if (text.options.format == FileFormat::json) {
    const std::vector<std::string> keys = json_keys(bytes);
    JsonRecords records(bytes, keys);
    file.survey = survey(records, &keys);
    return;
  }
  CsvRecords records(bytes, text.options.delimiter);
  file.survey = survey(records);
  const char usual = text.options.format == FileFormat::tsv ? '\t' : ',';
  if (text.options.delimiter != usual) file.delimiter = text.options.delimiter;
}

// A sheet that somebody chose, or the first of several, is named: which it is must not change with the next file.
void survey_workbook(const TextFile& text, SurveyedFile& file) {
  const std::string bytes = whole_file(text);
  const OpenedSheet sheet = open_workbook(bytes, text.text.name, text.options.sheet);
  const auto add = [&](const Diagnostics& found) {
    file.diagnostics.insert(file.diagnostics.end(), found.begin(), found.end());
  };
  add(sheet.diagnostics);
  if (!sheet.records) return;
  file.survey = survey(*sheet.records);
  add(sheet.records->findings());
  const bool one_of_several = std::any_of(sheet.diagnostics.begin(), sheet.diagnostics.end(),
                                          [](const Diagnostic& d) { return d.message == "sheet-taken"; });
  if (one_of_several || !text.options.sheet.empty()) file.sheet = sheet.name;
  for (Diagnostic& d : file.diagnostics) name_sheet(d, text.text.name, sheet.name);
}

}  // namespace

static SurveyedFile surveyed(const Input& input, const ReadOptions& options) {
  SurveyedFile file;
  const TextFile text = text_of(input, options);
  file.diagnostics = text.notes;
  if (text.fault)
    file.diagnostics.push_back(*text.fault);
  else if (text.options.format == FileFormat::xlsx)
    survey_workbook(text, file);
  else
    survey_text(text, file);
  return file;
}

SurveyedFile survey_file(const Input& input, const ReadOptions& options) {
  try {
    return surveyed(input, options);
  } catch (const BrokenInput& broken) {
    SurveyedFile nothing;
    nothing.diagnostics.push_back(broken.fault);
    return nothing;
  }
}

}  // namespace hr::ingest
