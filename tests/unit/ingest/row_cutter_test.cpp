// The cutter of rows beside the splitter of records, which goes byte by byte.
#include "ingest/row_cutter.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "ingest/records.h"

using namespace hr::ingest;

namespace {

struct Row {
  uint32_t line = 0;
  size_t begin = 0;
  std::vector<std::string> fields;  // empty: it is odd

  bool operator==(const Row&) const = default;
};

std::vector<Row> cut(const std::string& bytes, size_t fields, uint32_t line) {
  const std::string padded = bytes + '\n' + std::string(RowCutter::kBehind, '"');
  RowCutter cutter(fields, ',');
  std::vector<Row> rows;
  for (int twice = 0; twice < 2; ++twice) {  // nothing is left of the bytes before
    rows.clear();
    cutter.set_bytes(std::string_view(padded).substr(0, bytes.size()), line);
    while (const size_t n = cutter.next()) {
      for (size_t i = 0; i < n; ++i) {
        rows.push_back({cutter.lines()[i], cutter.begins()[i], {}});
        for (size_t f = 0; f < fields && cutter.odd()[i] == 0; ++f) rows.back().fields.emplace_back(cutter.texts(f)[i]);
      }
    }
  }
  return rows;
}

std::vector<Row> split(const std::string& bytes, size_t fields, uint32_t line) {
  CsvRecords records(bytes, ',', line);
  Record record;
  std::vector<Row> rows;
  while (records.next(record)) {
    rows.push_back({record.line, record.begin, {}});
    const std::string_view raw = std::string_view(bytes).substr(record.begin, record.end - record.begin);
    bool quotes_in_quotes = raw.find("\"\"\"") != std::string_view::npos;
    for (const std::string_view field : record.fields) quotes_in_quotes |= field.find('"') != std::string_view::npos;
    if (record.fields.size() == fields && !quotes_in_quotes)
      rows.back().fields.assign(record.fields.begin(), record.fields.end());
  }
  return rows;
}

class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::string file(size_t fields) {
    quotes_ = below(3) == 0 ? 5 : below(40) + 6;  // one field in so many
    std::string bytes;
    for (size_t rows = below(200); rows > 0; --rows) {
      for (size_t n = below(20) == 0 ? below(2 * fields + 2) + 1 : fields; n > 0; --n) {
        bytes += field();
        if (n > 1) bytes += ',';
      }
      if (rows > 1 || below(2) == 0) bytes += std::vector<std::string>{"\n", "\n", "\r\n", "\r", "\n\n"}[below(5)];
    }
    return bytes;
  }

 private:
  size_t below(size_t n) { return random_() % n; }
  std::string field() {
    std::string text(below(60) == 0 ? below(6000) : below(9), 'x');
    if (below(quotes_) != 0) return text;
    if (below(3) == 0) text += ",,";
    if (below(5) == 0) text += "\"\"y";
    return '"' + text + '"';
  }

  std::mt19937 random_;
  size_t quotes_ = 0;
};

}  // namespace

TEST_CASE("rows are cut as the splitter splits them") {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    const size_t fields = seed % 7 + 1;
    const std::string bytes = Writer(seed).file(fields);
    REQUIRE(cut(bytes, fields, 5) == split(bytes, fields, 5));
  }
}

TEST_CASE("a record may be longer than what is looked at ahead, and have more delimiters") {
  const std::string commas(5000, ',');
  const std::string bytes = "a,b\n" + commas + "\n" + std::string(5000, 'c') + ",d\ne,f";
  const std::vector<Row> rows = cut(bytes, 2, 1);
  REQUIRE(rows.size() == 4);
  CHECK(rows == split(bytes, 2, 1));
  CHECK(rows[1].fields.empty());
  CHECK(rows[2].fields[0].size() == 5000);
}
