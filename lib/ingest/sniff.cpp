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
static std::string_view kind_of(std::string_view bytes) {
  struct Signature {
    std::string_view bytes;
    std::string_view name;
  };
  static constexpr std::array kSignatures{
      Signature{"\x1F\x8B"sv, "gzip"},
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

// Without a mark: text of mostly ASCII has a zero in every second byte.
static std::string_view utf16_kind(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE"sv)) return "UTF-16 LE";
  if (bytes.starts_with("\xFE\xFF"sv)) return "UTF-16 BE";
  const std::string_view head = bytes.substr(0, 64);
  size_t even = 0;
  size_t odd = 0;
  for (size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '\0') ++(i % 2 == 0 ? even : odd);
  }
  if (head.size() < 8) return {};
  if (odd > head.size() / 4 && even == 0) return "UTF-16 LE";
  if (even > head.size() / 4 && odd == 0) return "UTF-16 BE";
  return {};
}

constexpr size_t kLeastPairs = 2;  // of a single broken character nobody can say what it was

// Chinese text in GBK is pairs of bytes that are both high; one Western letter in Latin-1 is not.
static bool looks_like_gbk(std::string_view bytes) {
  size_t high_pairs = 0;
  size_t others = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    if (lead < 0x80) continue;
    const auto trail = i + 1 < bytes.size() ? static_cast<unsigned char>(bytes[i + 1]) : 0U;
    if (lead == 0x80 || lead == 0xFF || trail < 0x30 || trail == 0x7F || trail == 0xFF)
      ++others;
    else
      ++(trail >= 0x80 ? high_pairs : others);
    if (trail >= 0x30) ++i;
  }
  return high_pairs >= kLeastPairs && high_pairs > 4 * others;
}

// Sequences of two bytes and more that are right, in the first `limit` bytes.
static size_t right_sequences(std::string_view bytes) {
  size_t right = 0;
  for (size_t i = 0; i < bytes.size();) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const size_t n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    const bool good = n > 1 && i + n <= bytes.size() && !invalid_utf8_at(bytes.substr(i, n));
    right += good ? 1 : 0;
    i += good ? n : 1;
  }
  return right;
}

static Diagnostic fault_of(const std::string& file, std::string message, std::vector<std::string> args) {
  return make_error(std::move(message), {file, 0, 0, 0}, std::move(args));
}

std::optional<Diagnostic> head_fault(std::string_view head, const std::string& file) {
  const std::string_view text = without_bom(head);
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return fault_of(file, "empty-file", {});
  if (const std::string_view kind = kind_of(text); !kind.empty())
    return fault_of(file, "not-text", {std::string(kind)});
  if (const std::string_view kind = utf16_kind(head); !kind.empty())
    return fault_of(file, "bad-encoding/utf-16", {std::string(kind)});
  return std::nullopt;
}

constexpr size_t kSampleBefore = 4096;
constexpr size_t kSample = size_t{1} << 16U;

std::optional<Diagnostic> file_fault(std::string_view bytes, const std::string& file) {
  if (auto fault = head_fault(bytes, file)) return fault;
  const std::string_view text = without_bom(bytes);
  const auto fault_at = [&](std::string message, size_t at) {
    Diagnostic fault = fault_of(file, std::move(message), {std::to_string(at + 1)});
    if (at == 0) return fault;
    const Place place = place_of(text, 0, 1, at - (bytes.size() - text.size()));
    fault.span = {file, static_cast<int>(place.line), static_cast<int>(place.col), 1};
    return fault;
  };
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos) return fault_at("nul-byte", nul);
  const auto invalid = invalid_utf8_at(bytes);
  if (!invalid) return std::nullopt;
  const std::string_view sample = bytes.substr(*invalid - std::min(*invalid, kSampleBefore), kSample);
  if (looks_like_gbk(sample) && right_sequences(bytes.substr(0, *invalid)) == 0)
    return fault_at("bad-encoding/gbk", *invalid);
  return std::nullopt;  // single bad bytes: rows are set aside one by one
}

bool is_gbk_at(const Input& input, uint64_t offset) {
  const uint64_t begin = offset - std::min<uint64_t>(offset, kSampleBefore);
  const std::unique_ptr<ByteStream> stream = input.open();
  std::string sample(kSample, ' ');
  uint64_t at = 0;
  for (size_t n = 1; at < begin && n > 0; at += n)
    n = stream->read(sample.data(), static_cast<size_t>(std::min<uint64_t>(kSample, begin - at)));
  size_t have = 0;
  for (size_t n = 1; have < kSample && n > 0; have += n) n = stream->read(sample.data() + have, kSample - have);
  return looks_like_gbk(std::string_view(sample).substr(0, have));
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

FileFormat format_of(std::string_view bytes, const std::string& file, const ReadOptions& options) {
  if (options.format) return *options.format;
  if (ends_with(file, ".csv")) return FileFormat::csv;
  if (ends_with(file, ".tsv")) return FileFormat::tsv;
  if (ends_with(file, ".jsonl") || ends_with(file, ".ndjson")) return FileFormat::json_lines;
  const std::string_view text = without_bom(bytes);
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{') return FileFormat::json_lines;
  if (options.delimiter != 0) return FileFormat::csv;
  const bool tabs = fields_of_first_line(bytes, '\t') > fields_of_first_line(bytes, ',');
  return tabs ? FileFormat::tsv : FileFormat::csv;
}

char delimiter_of(FileFormat format, const ReadOptions& options) {
  return options.delimiter != 0 ? options.delimiter : format == FileFormat::tsv ? '\t' : ',';
}

std::optional<char> other_delimiter(std::string_view bytes, char delimiter) {
  std::optional<char> best;
  size_t most = std::max<size_t>(1, fields_of_first_line(bytes, delimiter));
  if (most > 1) return std::nullopt;
  for (const char c : {',', ';', '\t', '|'}) {
    const size_t n = c == delimiter ? 0 : fields_of_first_line(bytes, c);
    if (n > most) {
      most = n;
      best = c;
    }
  }
  return best;
}

}  // namespace hr::ingest
