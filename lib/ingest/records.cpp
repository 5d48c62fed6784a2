#include "ingest/records.h"

#include <cstring>

namespace hr::ingest {

void Record::reset(uint32_t first_line, size_t at) {
  line = first_line;
  begin = at;
  end = at;
  fields.clear();
  fault = {};
  fault_args.clear();
  cell_faults.clear();
  unescaped_used = 0;
  filled.clear();
  starts.clear();
}

std::string& Record::next_unescaped() {
  if (unescaped_used == unescaped.size()) unescaped.emplace_back();
  std::string& text = unescaped[unescaped_used++];
  text.clear();
  return text;
}

void Record::set_fault(std::string_view message, uint32_t at_line, size_t at) {
  if (!fault.empty()) return;
  fault = message;
  fault_line = at_line;
  fault_at = at;
}

static bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

// Ends of lines in a text, CRLF being one.
static uint32_t count_lines(std::string_view text) {
  uint32_t n = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))) ++n;
  }
  return n;
}

Place place_of(std::string_view bytes, size_t begin, uint32_t line, size_t at) {
  size_t start = at;
  while (start > 0 && !is_line_end(bytes[start - 1])) --start;
  return {line + count_lines(bytes.substr(begin, at - begin)), static_cast<uint32_t>(at - start + 1), 0};
}

CsvRecords::CsvRecords(std::string_view bytes, char delimiter, uint32_t line)
    : bytes_(bytes), delimiter_(delimiter), at_(bytes.data()), end_(bytes.data() + bytes.size()), line_(line) {
  for (const char c : {delimiter, '\n', '\r', '"'}) stop_[static_cast<unsigned char>(c)] = true;
}

void CsvRecords::go_to(size_t position, uint32_t line) {
  at_ = bytes_.data() + position;
  line_ = line;
}

void CsvRecords::end_line() {
  if (at_ == end_) return;
  const bool cr = *at_++ == '\r';
  if (cr && at_ != end_ && *at_ == '\n') ++at_;
  ++line_;
}

const char* CsvRecords::bare(Record& record, const char* p) const {
  const char* const start = p;
  for (;;) {
    while (p != end_ && !stops(*p)) ++p;
    if (p == end_ || *p != '"') break;
    record.set_fault("bad-quote/inside", line_, offset(p));
    ++p;
  }
  record.fields.emplace_back(start, static_cast<size_t>(p - start));
  return p;
}

const char* CsvRecords::quoted(Record& record, const char* const open) {
  const char* const start = open + 1;
  const char* p = start;
  bool doubled = false;
  for (;;) {
    p = p == end_ ? nullptr : static_cast<const char*>(std::memchr(p, '"', static_cast<size_t>(end_ - p)));
    if (!p) {
      record.set_fault("unclosed-quote", line_, offset(open));
      return end_;
    }
    if (p + 1 == end_ || p[1] != '"') break;
    doubled = true;
    p += 2;
  }
  std::string_view text(start, static_cast<size_t>(p - start));
  line_ += count_lines(text);
  ++p;
  if (p != end_ && *p != delimiter_ && !is_line_end(*p)) {
    record.set_fault("bad-quote/after", line_, offset(p));
    while (p != end_ && !is_line_end(*p)) ++p;
    record.fields.emplace_back(open, static_cast<size_t>(p - open));
    return p;
  }
  if (doubled) {
    std::string& plain = record.next_unescaped();
    for (size_t i = 0; i < text.size(); ++i) {
      plain += text[i];
      if (text[i] == '"') ++i;
    }
    text = plain;
  }
  record.fields.push_back(text);
  return p;
}

bool CsvRecords::next(Record& record) {
  while (at_ != end_ && is_line_end(*at_)) end_line();
  if (at_ == end_) return false;
  record.reset(line_, offset(at_));
  const char* p = at_;
  for (;; ++p) {
    p = p != end_ && *p == '"' ? quoted(record, p) : bare(record, p);
    if (p == end_ || *p != delimiter_) break;
  }
  record.end = offset(p);
  at_ = p;
  end_line();
  if (record.end - record.begin > kMaxRecord && record.fault != "unclosed-quote") {
    record.fault = {};
    record.set_fault("too-long/line", record.line, record.begin);
    record.fields.clear();
  }
  return true;
}

Place CsvRecords::place(const Record& record, size_t field) const {
  CsvRecords again(bytes_.substr(record.begin, record.end - record.begin), delimiter_);
  Record scratch;
  const auto end_of = [&](const char* p) {
    return p != again.end_ && *p == '"' ? again.quoted(scratch, p) : again.bare(scratch, p);
  };
  const char* p = again.at_;
  for (size_t i = 0; i < field; ++i, ++p) {
    p = end_of(p);
    if (p == again.end_ || *p != delimiter_) return {record.line, 0, 0};
  }
  Place place = place_of(bytes_, record.begin, record.line, record.begin + again.offset(p));
  place.len = static_cast<uint32_t>(end_of(p) - p);
  return place;
}

}  // namespace hr::ingest
