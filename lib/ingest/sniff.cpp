#include "ingest/sniff.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ingest/records.h"

namespace hr::ingest {

using namespace std::string_view_literals;

std::string_view without_bom(std::string_view bytes) {
  return bytes.starts_with("\xEF\xBB\xBF") ? bytes.substr(3) : bytes;
}

// Names stand in messages of both languages, so they are the formats' own.
std::string_view kind_of(std::string_view bytes) {
  struct Signature {
    std::string_view bytes;
    std::string_view name;
  };
  static constexpr std::array kSignatures{
      Signature{"\xD0\xCF\x11\xE0"sv, "Excel 97 (.xls)"},
      Signature{"\x7F"
                "ELF"sv,
                "ELF"},
      Signature{"%PDF"sv, "PDF"},
      Signature{"BZh"sv, "bzip2"},
      Signature{"\xFD"
                "7zXZ"sv,
                "xz"},
      Signature{"\x28\xB5\x2F\xFD"sv, "Zstandard"},
      Signature{"7z\xBC\xAF"sv, "7-Zip"},
      Signature{"\x89PNG"sv, "PNG"},
      Signature{"\xFF\xD8\xFF"sv, "JPEG"},
      Signature{"SQLite format 3\0"sv, "SQLite"},
      Signature{"{\\rtf"sv, "RTF"},
      Signature{"<?xml"sv, "XML"},
      Signature{"<!DOCTYPE"sv, "HTML"},
      Signature{"<html"sv, "HTML"},
      Signature{"<HTML"sv, "HTML"},
      Signature{"<table"sv, "HTML"},
      Signature{"PAR1"sv, "Parquet"},
  };
  if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv)) {
    const std::string_view head = bytes.substr(0, 4096);
    const bool workbook =
        head.find("xl/") != std::string_view::npos || head.find("[Content_Types].xml") != std::string_view::npos;
    return workbook ? "Excel (.xlsx)" : "ZIP";
  }
  for (const Signature& s : kSignatures) {
    if (bytes.starts_with(s.bytes)) return s.name;
  }
  return {};
}

bool is_workbook(std::string_view head) {
  return head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv) || head.starts_with("\xD0\xCF\x11\xE0"sv);
}

static Diagnostic fault_of(const std::string& file, std::string message, std::vector<std::string> args) {
  return make_error(std::move(message), {file, 0, 0, 0}, std::move(args));
}

std::optional<Diagnostic> head_fault(std::string_view head, const std::string& file) {
  const std::string_view text = without_bom(head);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return fault_of(file, "empty-file", {});
  if (const std::string_view kind = kind_of(text); !kind.empty())
    return fault_of(file, "not-text", {std::string(kind)});
  return std::nullopt;
}

static bool ends_with(std::string_view name, std::string_view ending) {
  if (name.size() < ending.size()) return false;
  const std::string_view tail = name.substr(name.size() - ending.size());
  return std::equal(tail.begin(), tail.end(), ending.begin(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b; });
}

static size_t fields_of_first_line(std::string_view bytes, char delimiter) {
  CsvRecords records(without_bom(bytes), delimiter);
  Record first;
  return records.next(first) ? first.fields.size() : 0;
}

FileFormat format_of(std::string_view bytes, std::string_view file, const ReadOptions& options) {
  if (options.format) return *options.format;
  if (is_workbook(bytes)) return FileFormat::xlsx;
  if (ends_with(file, ".gz")) file.remove_suffix(3);
  if (ends_with(file, ".csv")) return FileFormat::csv;
  if (ends_with(file, ".tsv")) return FileFormat::tsv;
  if (ends_with(file, ".jsonl") || ends_with(file, ".ndjson") || ends_with(file, ".json")) return FileFormat::json;
  const std::string_view text = without_bom(bytes);
  const size_t first = text.find_first_not_of(" \t\r\n");
  const bool is_list = first != std::string_view::npos && text[first] == '[';
  const size_t object = is_list ? text.find_first_not_of(" \t\r\n", first + 1) : first;
  if (object != std::string_view::npos && text[object] == '{') return FileFormat::json;
  if (options.delimiter != 0) return FileFormat::csv;
  const bool tabs = fields_of_first_line(bytes, '\t') > fields_of_first_line(bytes, ',');
  return tabs ? FileFormat::tsv : FileFormat::csv;
}

std::string delimiter_name(char delimiter) {
  return delimiter == '\t' ? "tab" : std::string(1, delimiter);
}

constexpr std::string_view kDelimiters = ",;\t|";

// Whether the first records all have as many fields as the headings. The last one may be cut.
static bool is_even(std::string_view head, char delimiter) {
  constexpr size_t kRecords = 50;
  CsvRecords records(head, delimiter);
  Record record;
  size_t fields = 0;
  for (size_t i = 0; i < kRecords && records.next(record) && record.end < head.size(); ++i) {
    if (i == 0) fields = record.fields.size();
    if (record.fields.size() != fields || !record.fault.empty()) return false;
  }
  return true;
}

std::string delimiters_of(std::string_view head, char usual) {
  std::string seen;
  for (const char c : kDelimiters) {
    if (fields_of_first_line(head, c) > 1) seen += c;
  }
  if (seen.empty()) return {usual};
  if (seen.size() == 1) return seen;
  const bool usual_seen = seen.find(usual) != std::string::npos;
  if (usual_seen && is_even(head, usual)) return {usual};
  std::string even;
  for (const char c : seen) {
    if (is_even(head, c)) even += c;
  }
  if (even.size() == 1) return even;
  return usual_seen ? std::string{usual} : seen;
}

std::optional<char> other_delimiter(std::string_view bytes, char delimiter) {
  std::optional<char> best;
  size_t most = std::max<size_t>(1, fields_of_first_line(bytes, delimiter));
  if (most > 1) return std::nullopt;
  for (const char c : kDelimiters) {
    const size_t n = c == delimiter ? 0 : fields_of_first_line(bytes, c);
    if (n > most) {
      most = n;
      best = c;
    }
  }
  return best;
}

}  // namespace hr::ingest
