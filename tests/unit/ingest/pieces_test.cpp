// Files read in pieces of any size by several threads, beside the same files read as a whole, one record after the
// other: the same rows, the same rows set aside, the same findings.
#include <doctest/doctest.h>

#include <mutex>
#include <random>

#include "base/text.h"
#include "ingest/read.h"
#include "ingest/read_whole.h"
#include "support/reading_text.h"

using namespace hr;
using namespace hr::ingest;
using model::TableId;
using tests::reading_text;

namespace {

struct Case {
  std::string bytes;
  ReadOptions options;
  std::string file = "x.csv";
};

ReadResult whole_of(const Case& c) {
  return read_text(input_of_text(c.file, c.bytes), c.options, read_whole);
}

void compare(const Case& c, size_t block, int threads) {
  Case pieces = c;
  pieces.options.block = block;
  pieces.options.threads = threads;
  const Input input = input_of_text(c.file, c.bytes);
  INFO(escape_controls(c.bytes), " block ", block);
  const std::string whole = reading_text(whole_of(c));
  REQUIRE(reading_text(read_table(input, pieces.options)) == whole);
}

// Rows in a frame whose ids begin with some that are known: the same texts, and those ids have their codes.
void compare_known(const Case& c, size_t block, int threads) {
  ReadOptions options = c.options;
  facts::SharedDictionary known;
  for (const char* id : {"E2", "a:b", "E1", "#N/A", "E9"}) known.add(id);  // not all of them are ids
  options.known = {{"employee_id", known}};
  options.block = block;
  options.threads = threads;
  const ReadResult found = read_table(input_of_text(c.file, c.bytes), options);
  const ReadResult whole = whole_of(c);
  REQUIRE(reading_text(found, false) == reading_text(whole, false));
  if (has_errors(whole.diagnostics)) return;
  REQUIRE(found.frame.rows == whole.frame.rows);
  for (size_t i = 0; i < whole.frame.columns.size(); ++i) {
    const facts::Column& a = found.frame.columns[i];
    const facts::Column& b = whole.frame.columns[i];
    for (size_t row = 0; row < whole.frame.size(); ++row) REQUIRE(facts::cell_text(a, row) == facts::cell_text(b, row));
  }
  const facts::Column& ids = *found.frame.find("employee_id");
  for (size_t row = 0; row < found.frame.size() && ids.dictionary.begins_with(known) > 0; ++row) {
    const auto code = known.find(ids.text(row));
    REQUIRE((!code || ids.codes[row] == *code));
  }
}

// Rows taken in batches: together they are the table.
void compare_batches(const Case& c, size_t block, int threads) {
  ReadOptions options = c.options;
  options.block = block;
  options.threads = threads;
  std::mutex mutex;
  std::map<uint64_t, facts::Frame> parts;
  const ReadResult found = read_batches(input_of_text(c.file, c.bytes), options, [&](Batch& batch) {
    const std::scoped_lock lock(mutex);
    REQUIRE(batch.worker < static_cast<size_t>(threads));
    REQUIRE(parts.emplace(batch.number, batch.frame).second);
  });
  const ReadResult whole = whole_of(c);
  CHECK(reading_text(found, false) == reading_text(whole, false));
  if (has_errors(whole.diagnostics)) return;
  facts::Frame all = std::move(parts[0]);
  for (uint64_t i = 1; i < parts.size(); ++i) facts::append_frame(all, std::move(parts.at(i)));
  for (facts::Column& column : all.columns) column.dictionary = {};
  CHECK(found.frame.size() == 0);
  CHECK(all.rows == whole.frame.rows);
}

std::string pick(std::mt19937& random, const std::vector<std::string>& words) {
  return words[random() % words.size()];
}

// Defaults for empty fields and for columns that the file does not have, some of them wrong.
const model::Mapping& random_defaults(std::mt19937& random) {
  static const std::vector<model::Mapping> kMappings = [] {
    std::vector<model::Mapping> mappings;
    for (const char* day : {"2020-02-29", "9999-12-31", "2020-02-30"}) {
      model::Mapping m;
      const auto add = [&](const char* column, const char* heading, const char* otherwise) {
        model::ColumnMapping& c = m.columns.emplace_back();
        c.column = column;
        c.headers = {heading};
        c.default_value = otherwise;
      };
      add("name", "name", "nobody");
      add("region", "region", "");
      add("grade", "no such heading", " P5");
      add("hire_date", "hire_date", day);
      add("termination_date", "nor such a one", day);
      add("fte", "fte", "0.8");
      mappings.push_back(std::move(m));
    }
    return mappings;
  }();
  return kMappings[random() % kMappings.size()];
}

// Rows of a table, most of them in order; whatever can be wrong with a cell is wrong with some.
Case random_table(std::mt19937& random) {
  static const std::vector<std::string> kEnds{"\n", "\n", "\n", "\r\n", "\r", "\n\n"};
  static const std::vector<std::string> kIds{"E1",
                                             "E2",
                                             "E2",
                                             "E3",
                                             "\"E4\"",
                                             "",
                                             " E5",
                                             "E6 ",
                                             "a:b",
                                             "\xE5\xBC\xA0",
                                             "\"E\"\"7\"",
                                             "#N/A",
                                             "E234567890123456",
                                             "E2345678901234567"};  // 16 bytes, and 17
  static const std::vector<std::string> kTexts{"a",        "b",          "",           " c ", "\"x,y\"", "\xE6\x9D\x8E",
                                               "\xC0\xEE", "\"l1\nl2\"", "\"q\"\"q\"", "  "};
  static const std::vector<std::string> kDays{"2026-01-31", "2025-02-28", "2024-02-29",     "2023-02-29", "",
                                              "9999-12-31", "2026/1/2",   "\"2026-03-01\"", "2026-02-01"};
  static const std::vector<std::string> kNumbers{"1",       "0.5", "2.50",  "",       "-1", "1e3", "12345678901234567",
                                                 "\"1.5\"", " 1",  "1.234", "100.00", "."};
  Case c;
  const bool spells = random() % 2 == 0;
  const bool dirty = random() % 3 != 0;
  c.options.table = spells ? TableId::assignments : TableId::employees;
  const std::string headings =
      spells ? "employee_id,from,to,fte,base_salary,note" : "employee_id,name,hire_date,termination_date,fte,region";
  c.bytes = (random() % 4 == 0 ? "\xEF\xBB\xBF" : "") + headings + (random() % 8 == 0 ? "," : "");
  if (!spells && random() % 2 == 0) c.options.mapping = &random_defaults(random);
  const bool unnamed = c.bytes.ends_with(',');
  const std::string end = pick(random, kEnds);
  c.bytes += end;
  const auto cell = [&](const std::vector<std::string>& words) { return words[random() % (dirty ? words.size() : 3)]; };
  std::string id;
  const size_t most =
      random() % 10 == 0 ? 400 : 40;  // more than are cut at once, and more bytes than masks are made of
  for (size_t rows = random() % most; rows > 0; --rows) {
    if (id.empty() || random() % 2 == 0) id = cell(kIds);  // else that of the row before
    c.bytes += id + ',';
    c.bytes += spells
                   ? cell(kDays) + ',' + cell(kDays) + ',' + cell(kNumbers) + ',' + cell(kNumbers) + ',' + cell(kTexts)
                   : cell(kTexts) + ',' + cell(kDays) + ',' + cell(kDays) + ',' + cell(kNumbers) + ',' + cell(kTexts);
    if (unnamed) c.bytes += random() % 5 == 0 ? ",x" : ",";
    if (dirty && random() % 40 == 0) c.bytes += ",more";
    if (rows > 1 || random() % 2 == 0) c.bytes += random() % 10 == 0 ? pick(random, kEnds) : end;
  }
  return c;
}

}  // namespace

TEST_CASE("tables read in pieces are those read as a whole") {
  std::mt19937 random(20260301);
  for (int round = 0; round < 3000; ++round) {
    const Case c = random_table(random);
    compare(c, 1 + random() % (c.bytes.size() + 10), 1 + static_cast<int>(random() % 3));
    if (round % 10 == 0) compare_batches(c, 1 + random() % 64, 1 + static_cast<int>(random() % 3));
  }
}

// Ids of which nearly all are new, so that threads no longer look for them; one in `odd` is another thing.
static void compare_new_ids(size_t odd) {
  std::mt19937 random(17);
  Case c;
  c.bytes = "employee_id,manager_id,org_unit\n";
  for (int row = 0; row < 140'000; ++row) {
    const auto some = random() % odd;
    const std::string id = std::to_string(random());
    c.bytes += (some == 0   ? ""
                : some == 1 ? "E1"
                : some == 2 ? "\"E7\""
                : some == 3 ? "a b:c"
                            : "E" + id) +
               ",E" + std::to_string(random() % 4'000'000) + ",U" + std::to_string(random() % 300) + "\n";
  }
  const ReadResult whole = whole_of(c);
  c.options.threads = 2;
  const ReadResult pieces = read_table(input_of_text(c.file, c.bytes), c.options);
  REQUIRE(pieces.frame.rows == whole.frame.rows);
  for (size_t i = 0; i < whole.frame.columns.size(); ++i) {
    const facts::Column& a = pieces.frame.columns[i];
    const facts::Column& b = whole.frame.columns[i];
    CHECK(a.codes == b.codes);
    REQUIRE(a.dictionary.size() == b.dictionary.size());
    for (uint32_t code = 0; code < a.dictionary.size(); ++code) REQUIRE(a.dictionary[code] == b.dictionary[code]);
  }
  CHECK(reading_text(pieces, false) == reading_text(whole, false));
}

TEST_CASE("ids of which nearly all are new are those of the file, in the same order") {
  for (const size_t odd : {size_t{1000}, size_t{100'000'000}}) compare_new_ids(odd);
}

TEST_CASE("any bytes below a header, at any size of pieces") {
  std::mt19937 random(7);
  const std::string few = ",,,,\"\"\n\n\r\nab1E.\xE6\x9D\x8E\xC0 ";
  for (int round = 0; round < 6000; ++round) {
    Case c;
    c.bytes = round % 4 == 0 ? "" : round % 4 == 1 ? "employee_id\n" : "employee_id,name\n";
    const size_t size = random() % 90;
    for (size_t i = 0; i < size; ++i) c.bytes += few[random() % (round % 3 == 0 ? few.size() : few.size() - 5)];
    if (round % 50 == 0) c.bytes.insert(random() % (c.bytes.size() + 1), 1, '\0');
    compare(c, 1 + random() % 100, 1 + static_cast<int>(random() % 2));
  }
}

TEST_CASE("texts that are known before give the same table, sound or not") {
  std::mt19937 random(31);
  for (int round = 0; round < 500; ++round)
    compare_known(random_table(random), 1 + random() % 100, 1 + static_cast<int>(random() % 3));
}

TEST_CASE("records and fields at the bounds, over borders of pieces") {
  for (const size_t size : {kMaxField, kMaxField + 1, kMaxRecord - 3, kMaxRecord - 2, 3 * kMaxRecord}) {
    for (const char* quote : {"", "\""}) {
      for (const char* behind : {"\nE2,b\n", "", "\"\n"}) {
        Case c;
        c.bytes = "employee_id,name\nE1," + std::string(quote) + std::string(size, 'x') + quote + behind;
        const std::string whole = reading_text(whole_of(c));
        for (const size_t block : {size_t{1} << 16U, size_t{1} << 20U}) {
          ReadOptions options = c.options;
          options.block = block;
          options.threads = 2;
          CHECK(reading_text(read_table(input_of_text(c.file, c.bytes), options)) == whole);
        }
      }
    }
  }
}

TEST_CASE("what is wrong with a file as a whole is found wherever it stands") {
  std::string rows = "employee_id,name\n";
  for (int i = 0; i < 5000; ++i) rows += "E" + std::to_string(i) + ",name\n";
  const std::string tails[] = {std::string("E,a\0b\n", 6), "E,\xC0\xEE\xC4\xC8\n",           "E,\xC0\n", "E,\"open\n",
                               "E,a\"b\nE2,\xFF\n",        "\xE6\x9D\x8E,\xC0\xEE\xC4\xC8\n"};
  for (const std::string& tail : tails) {
    for (const std::string& head : {rows, "wrong,header\n" + rows, "\xEF\xBB\xBF" + rows}) {
      Case c;
      c.bytes = head + tail + rows.substr(17);
      compare(c, 1000, 2);
    }
  }
}

TEST_CASE("rows again, out of pieces") {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    Case c = random_table(random);
    const ReadResult result = whole_of(c);
    if (has_errors(result.diagnostics)) continue;
    std::vector<RowPlace> wanted;
    for (const RejectedRow& row : result.rejected) wanted.push_back({row.line, 1});
    c.options.block = 1 + random() % 60;
    c.options.threads = 2;
    const auto rows = raw_rows(input_of_text(c.file, c.bytes), c.options, wanted);
    REQUIRE(rows.size() == wanted.size());
    for (size_t i = 0; i < rows.size(); ++i) CHECK(rows[i].fields == result.rejected[i].fields);
  }
}

TEST_CASE("rows again, out of the batch at hand") {
  std::mt19937 random(23);
  for (int round = 0; round < 500; ++round) {
    Case c = random_table(random);
    c.options.block = 1 + random() % 200;
    c.options.threads = 2;
    const Input input = input_of_text(c.file, c.bytes);
    read_batches(input, c.options, [&](Batch& batch) {
      std::vector<RowPlace> wanted;
      for (const uint32_t line : batch.frame.rows) {
        if (line % 3 == 0) wanted.push_back({line, batch.heading_of.at("employee_id")});
      }
      const auto here = batch.raw_rows(wanted);
      const auto there = raw_rows(input, c.options, wanted);
      REQUIRE(here.size() == wanted.size());
      for (size_t i = 0; i < here.size(); ++i) {
        REQUIRE(here[i].fields == there[i].fields);
        REQUIRE(here[i].span.line == there[i].span.line);
        REQUIRE(here[i].span.col == there[i].span.col);
        REQUIRE(here[i].span.len == there[i].span.len);
      }
    });
  }
}

TEST_CASE("texts that are known before give the same rows, sound or not") {
  std::mt19937 random(29);
  for (int round = 0; round < 500; ++round) {
    const Case c = random_table(random);
    ReadOptions options = c.options;
    facts::SharedDictionary known;
    for (const char* id : {"E2", "a:b", "E1", "#N/A", "E9"}) known.add(id);  // not all of them are ids
    options.known = {{"employee_id", known}};
    options.block = 1 + random() % 100;
    std::map<uint64_t, std::string> parts;
    const ReadResult found = read_batches(input_of_text(c.file, c.bytes), options, [&](Batch& batch) {
      const facts::Column& ids = *batch.frame.find("employee_id");
      REQUIRE(ids.dictionary.begins_with(known) == known.size());
      for (size_t row = 0; row < batch.frame.size(); ++row) {
        const auto code = known.find(ids.text(row));
        REQUIRE((!code || ids.codes[row] == *code));
        parts[batch.number] += std::to_string(batch.frame.rows[row]) + ' ' + std::string(ids.text(row)) + '\n';
      }
    });
    const ReadResult whole = whole_of(c);
    REQUIRE(reading_text(found, false) == reading_text(whole, false));
    if (has_errors(whole.diagnostics)) continue;
    std::string rows;
    std::string expected;
    for (const auto& [number, part] : parts) rows += part;
    const facts::Column& ids = *whole.frame.find("employee_id");
    for (size_t row = 0; row < whole.frame.size(); ++row)
      expected += std::to_string(whole.frame.rows[row]) + ' ' + std::string(ids.text(row)) + '\n';
    REQUIRE(rows == expected);
  }
}

TEST_CASE("what take() throws ends the reading") {
  std::string bytes = "employee_id,name\n";
  for (int i = 0; i < 5000; ++i) bytes += "E" + std::to_string(i) + ",name\n";
  ReadOptions options;
  options.block = 500;
  options.threads = 3;
  CHECK_THROWS_AS(read_batches(input_of_text("x.csv", bytes), options,
                               [](Batch& batch) {
                                 if (batch.number == 20) throw std::runtime_error("enough");
                               }),
                  std::runtime_error);
}
