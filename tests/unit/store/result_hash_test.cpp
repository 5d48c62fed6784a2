#include "store/result_hash.h"

#include <doctest/doctest.h>

#include <string>

#include "base/digest.h"

using namespace hr;
using facts::Column;
using facts::Frame;
using facts::Storage;

namespace {

Column texts(const char* name, const std::vector<std::string>& cells, const std::vector<std::string>& before = {}) {
  Column column;
  column.name = name;
  for (const std::string& text : before) column.dictionary.add(text);  // codes that no row, or a later one, has
  for (const std::string& text : cells) text.empty() ? column.append_missing() : column.append(text);
  return column;
}

Frame three_rows(const std::vector<std::string>& before = {}) {
  Frame frame;
  frame.columns = {texts("employee_id", {"E1", "E2", "E3"}, before), texts("band", {"A", "", "A"}, before)};
  Column& score = frame.columns.emplace_back();
  score.name = "score";
  score.storage = Storage::decimal;
  score.append(Decimal{905, 1});
  score.append_missing();
  score.append(Decimal{-80, 0});
  frame.rows = {1, 2, 3};
  return frame;
}

std::string hash_of(const std::vector<Frame>& blocks) {
  store::CellDigests cells;
  std::vector<uint32_t> scratch;
  std::vector<std::vector<std::string>> digests;
  std::vector<std::vector<store::DigestOfColumn>> columns;
  for (const Frame& block : blocks) {
    digests.emplace_back();
    for (const Column& column : block.columns) digests.back().push_back(cells.of(column, scratch));
    columns.emplace_back();
    for (size_t c = 0; c < block.columns.size(); ++c)
      columns.back().push_back({block.columns[c].name, digests.back()[c]});
  }
  return store::result_hash(columns);
}

}  // namespace

TEST_CASE("the hash of a run is the one that the format states") {
  // Computed with Python's hashlib and struct from docs/formats/store.md.
  CHECK(hash_of({three_rows()}) == "d0132d9977cf7a26a685398a67d32d5c909f49a16202bdf30b1a7576b6ca10e9");
}

TEST_CASE("the hash of a block is that of its bytes, however many there are and however long a text is") {
  const std::vector<std::string> cells{std::string(8180, 'a'),
                                       "b",
                                       std::string(30'000, 'c'),
                                       std::string(8188, 'd'),
                                       "e",
                                       "7bytes!",
                                       "8 bytes!",
                                       "9  bytes!",
                                       "fifteen bytes !",
                                       "sixteen  bytes !",
                                       "seventeen  bytes!"};
  Column column = texts("name", {});
  Column score;
  score.storage = Storage::decimal;
  std::string of_texts, numbers, of_scores;
  const auto number = [](uint64_t value, int bytes) {  // low byte first
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
  };
  for (const std::string& cell : cells) of_texts += number(cell.size(), 4) + cell;
  for (size_t row = 0; row < 7'001; ++row) {
    column.append(cells[row % cells.size()]);
    numbers += number(row % cells.size(), 4);
    score.append(Decimal{static_cast<int64_t>(row) * 1'000'003 - 5, 9});
    of_scores += number(row * 1'000'003 - 5, 8) + number(9, 1);
  }
  store::CellDigests digests;
  std::vector<uint32_t> scratch;
  CHECK(digests.of(column, scratch) == sha256(of_texts) + sha256(numbers));
  CHECK(digests.of(score, scratch) == sha256(of_scores));
}

TEST_CASE("the hash of a run looks at cells, not at codes, and at every cell") {
  const std::string hash = hash_of({three_rows()});
  CHECK(hash_of({three_rows({"Z", "E3", "A", "E1"})}) == hash);
  for (size_t column = 0; column < 3; ++column) {
    CAPTURE(column);
    Frame other = three_rows();
    Column& changed = other.columns[column];
    if (changed.storage == Storage::text)
      changed.codes[1] = changed.codes[1] == facts::kMissingCode ? 0 : facts::kMissingCode;
    else
      changed.decimals[2] = {-8, 0};
    CHECK(hash_of({other}) != hash);
  }
  Frame renamed = three_rows();
  renamed.columns[1].name = "rank_group";
  CHECK(hash_of({renamed}) != hash);
}

TEST_CASE("the hash of a run counts cells that are all the same, and those of every block") {
  constexpr size_t kPiece = 65'536;
  std::vector<Frame> pieces;
  for (const size_t rows : {kPiece, kPiece, size_t{1'000}}) {
    Frame& piece = pieces.emplace_back();
    std::vector<std::string> ids;
    for (size_t i = 0; i < rows; ++i) ids.push_back("E" + std::to_string((pieces.size() * 1'000 + i * 7) % 100'003));
    piece.columns = {texts("employee_id", ids), texts("org_unit", std::vector<std::string>(rows, "U"), {"E5"}),
                     texts("band", std::vector<std::string>(rows))};
    Column& decimals = piece.columns.emplace_back();
    decimals.name = "decimals";
    decimals.storage = Storage::decimal;
    decimals.decimals.resize(rows, Decimal{25, 1});
    piece.rows.resize(rows);
  }
  // Computed with Python's hashlib and struct from docs/formats/store.md.
  CHECK(hash_of(pieces) == "5407e23ee5741b404d07a8cb630addf1cd9faa3bcb19e757d5b4d6ee0fbdc90e");
}

TEST_CASE("a run of nobody has the hash of its columns' names") {
  Frame nobody = three_rows();
  for (Column& column : nobody.columns) {
    column.codes.clear();
    column.decimals.clear();
  }
  nobody.rows.clear();
  // printf 'employee_id\nband\nscore\n' | sha256sum
  CHECK(hash_of({nobody}) == "3cfbbbad465f04f0203686f4e8ea577046cfd80b2f1e5943b0a0303a57387e50");
}
