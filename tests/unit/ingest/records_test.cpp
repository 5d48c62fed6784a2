// The CSV splitter: cases of RFC 4180 by hand, and a slow reader of the same rules beside it on many small inputs.
#include "ingest/records.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace hr::ingest;
using Fields = std::vector<std::string>;

namespace {

struct Row {
  uint32_t line = 0;
  Fields fields;
  std::string fault;
  size_t fault_at = 0;

  bool operator==(const Row&) const = default;
};

struct RawField {  // in the bytes, with quotes
  size_t begin = 0;
  size_t end = 0;
};

// Reads a byte at a time, as the rules are told in records.h, without any of the splitter's code.
class SlowReader {
 public:
  SlowReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  std::vector<Row> rows;
  std::vector<std::vector<RawField>> places;  // parallel to rows[].fields

  void read() {
    while (true) {
      while (at_ < text_.size() && is_end(text_[at_])) end_line();
      if (at_ == text_.size()) return;
      read_row();
    }
  }

 private:
  static bool is_end(char c) { return c == '\n' || c == '\r'; }

  void end_line() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  }

  void read_row() {
    rows.push_back({line_, {}, {}, 0});
    places.emplace_back();
    while (true) {
      const bool goes_on = at_ < text_.size() && text_[at_] == '"' ? quoted() : bare();
      if (!goes_on || at_ == text_.size() || text_[at_] != delimiter_) break;
      ++at_;
    }
    if (at_ < text_.size()) end_line();
  }

  void fault(const char* what, size_t at) {
    if (rows.back().fault.empty()) {
      rows.back().fault = what;
      rows.back().fault_at = at;
    }
  }

  void keep(size_t begin, std::string text) {
    rows.back().fields.push_back(std::move(text));
    places.back().push_back({begin, at_});
  }

  bool bare() {
    const size_t begin = at_;
    std::string text;
    while (at_ < text_.size() && text_[at_] != delimiter_ && !is_end(text_[at_])) {
      if (text_[at_] == '"') fault("bad-quote/inside", at_);
      text += text_[at_++];
    }
    keep(begin, text);
    return true;
  }

  // A quoted field; false when the row ends with it.
  bool quoted() {
    const size_t begin = at_++;
    std::string text;
    while (at_ < text_.size()) {
      if (text_[at_] == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
        text += '"';
        at_ += 2;
      } else if (text_[at_] == '"') {
        ++at_;
        return behind_the_quote(begin, std::move(text));
      } else {
        const char c = text_[at_];
        const bool first_of_two = c == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
        if (is_end(c) && !first_of_two) ++line_;
        text += c;
        ++at_;
      }
    }
    fault("unclosed-quote", begin);
    return false;
  }

  bool behind_the_quote(size_t begin, std::string text) {
    if (at_ == text_.size() || text_[at_] == delimiter_ || is_end(text_[at_])) {
      keep(begin, std::move(text));
      return true;
    }
    fault("bad-quote/after", at_);
    while (at_ < text_.size() && !is_end(text_[at_])) ++at_;
    keep(begin, std::string(text_.substr(begin, at_ - begin)));
    return false;
  }

  std::string_view text_;
  char delimiter_;
  size_t at_ = 0;
  uint32_t line_ = 1;
};

std::vector<Row> split(std::string_view text, char delimiter = ',') {
  CsvRecords records(text, delimiter);
  Record record;
  std::vector<Row> rows;
  while (records.next(record)) {
    rows.push_back({record.line,
                    {record.fields.begin(), record.fields.end()},
                    std::string(record.fault),
                    record.fault.empty() ? 0 : record.fault_at});
  }
  return rows;
}

std::string shown(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c > ' ' && c < 0x7F)
      out += c;
    else
      out += "\\x" + std::string(1, "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U]) +
             "0123456789abcdef"[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

// Line and column of an offset, counted from the beginning of the text.
Place slow_place(std::string_view text, size_t at) {
  Place place{1, 1, 0};
  for (size_t i = 0; i < at; ++i) {
    const bool first_of_two = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    const bool ends = (text[i] == '\n' || text[i] == '\r') && !first_of_two;
    place = ends ? Place{place.line + 1, 1, 0} : Place{place.line, place.col + 1, 0};
    if (text[i] == '\r' && first_of_two) place.col = 1;  // never looked at: no field begins inside CRLF
  }
  return place;
}

void compare(const std::string& text, char delimiter) {
  INFO(shown(text));
  SlowReader slow(text, delimiter);
  slow.read();
  const std::vector<Row> rows = split(text, delimiter);
  REQUIRE(rows.size() == slow.rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i].line == slow.rows[i].line);
    CHECK(rows[i].fields == slow.rows[i].fields);
    CHECK(rows[i].fault == slow.rows[i].fault);
    CHECK(rows[i].fault_at == slow.rows[i].fault_at);
  }
  CsvRecords records(text, delimiter);
  Record record;
  for (size_t i = 0; records.next(record); ++i) {
    for (size_t f = 0; f < slow.places[i].size(); ++f) {
      const Place place = records.place(record, f);
      const Place expected = slow_place(text, slow.places[i][f].begin);
      CHECK(place.line == expected.line);
      CHECK(place.col == expected.col);
      CHECK(place.len == slow.places[i][f].end - slow.places[i][f].begin);
    }
  }
}

}  // namespace

TEST_CASE("records of RFC 4180") {
  CHECK(split("a,b\r\n1,2\r\n") == std::vector<Row>{{1, {"a", "b"}, "", 0}, {2, {"1", "2"}, "", 0}});
  CHECK(split("a,b\n1,2") == std::vector<Row>{{1, {"a", "b"}, "", 0}, {2, {"1", "2"}, "", 0}});
  CHECK(split("a\r1\r\n2\n3") ==
        std::vector<Row>{{1, {"a"}, "", 0}, {2, {"1"}, "", 0}, {3, {"2"}, "", 0}, {4, {"3"}, "", 0}});
  CHECK(split("a,\n,b\n") == std::vector<Row>{{1, {"a", ""}, "", 0}, {2, {"", "b"}, "", 0}});
  CHECK(split("\"a,b\",\"c\"\"d\",\"\"\n") == std::vector<Row>{{1, {"a,b", "c\"d", ""}, "", 0}});
  CHECK(split("\"a\nb\",c\nd,e") == std::vector<Row>{{1, {"a\nb", "c"}, "", 0}, {3, {"d", "e"}, "", 0}});
  CHECK(split("\"a\r\nb\",\"\r\"\nd") == std::vector<Row>{{1, {"a\r\nb", "\r"}, "", 0}, {4, {"d"}, "", 0}});
  CHECK(split(" a , b ") == std::vector<Row>{{1, {" a ", " b "}, "", 0}});  // blanks belong to the field
  CHECK(split("").empty());
  CHECK(split("\n\r\n\r").empty());
  CHECK(split("\n\na\n\n\nb\n") == std::vector<Row>{{3, {"a"}, "", 0}, {6, {"b"}, "", 0}});
  CHECK(split(",") == std::vector<Row>{{1, {"", ""}, "", 0}});
  CHECK(split("a;b\tc", ';') == std::vector<Row>{{1, {"a", "b\tc"}, "", 0}});
  CHECK(split("a;b\tc", '\t') == std::vector<Row>{{1, {"a;b", "c"}, "", 0}});
}

TEST_CASE("quotes in the wrong place are marked where they stand") {
  CHECK(split("a,b\"c\nd") == std::vector<Row>{{1, {"a", "b\"c"}, "bad-quote/inside", 3}, {2, {"d"}, "", 0}});
  CHECK(split("a,\"b\"c,d\ne") == std::vector<Row>{{1, {"a", "\"b\"c,d"}, "bad-quote/after", 5}, {2, {"e"}, "", 0}});
  CHECK(split("a\n\"b,\nc\n") == std::vector<Row>{{1, {"a"}, "", 0}, {2, {}, "unclosed-quote", 2}});
  CHECK(split("\"") == std::vector<Row>{{1, {}, "unclosed-quote", 0}});
  CHECK(split("\"\"\"") == std::vector<Row>{{1, {}, "unclosed-quote", 0}});
}

TEST_CASE("a record of more than a mebibyte is marked and its fields are let go") {
  const std::string fits(kMaxRecord, 'x');
  CHECK(split(fits)[0].fault.empty());
  const std::vector<Row> rows = split(fits + "x\nb");
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == Row{1, {}, "too-long/line", 0});
  CHECK(rows[1] == Row{2, {"b"}, "", 0});
}

TEST_CASE("every byte is kept as it is") {
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(static_cast<unsigned char>(byte));
    compare(std::string("a") + c + "b,c", ',');
    compare(std::string("a,\"") + c + "\",c\nd", ',');
    compare(std::string(1, c), ',');
  }
}

TEST_CASE("the splitter and a slow reader agree on small inputs") {
  std::mt19937 random(20260115);
  const std::string few = ",,,\"\"\"\n\r\r\nab;";
  for (int round = 0; round < 40000; ++round) {
    std::string text;
    const size_t size = random() % 24;
    for (size_t i = 0; i < size; ++i)
      text += round % 4 == 0 ? static_cast<char>(random() & 0xFFU) : few[random() % few.size()];
    compare(text, round % 5 == 0 ? ';' : ',');
  }
}
