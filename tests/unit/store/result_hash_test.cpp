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

std::string digest_of(const Column& column) {
  std::vector<uint32_t> scratch;
  return store::digest_of(store::column_cells(column, 0, column.size(), scratch));
}

std::string hash_of(const std::vector<Frame>& blocks) {
  std::vector<std::vector<std::string>> digests;
  std::vector<std::vector<store::DigestOfColumn>> columns;
  for (const Frame& block : blocks) {
    digests.emplace_back();
    for (const Column& column : block.columns) digests.back().push_back(digest_of(column));
    columns.emplace_back();
    for (size_t c = 0; c < block.columns.size(); ++c)
      columns.back().push_back({block.columns[c].name, digests.back()[c]});
  }
  return store::result_hash(columns);
}

Column decimals(const std::vector<Decimal>& cells) {
  Column column;
  column.storage = Storage::decimal;
  column.decimals = cells;
  return column;
}

// Low byte first.
std::string number(uint64_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
  return out;
}

}  // namespace

TEST_CASE("the hash of a run is the one that the format states") {
  // Computed with Python's hashlib and struct from docs/formats/store.md.
  CHECK(hash_of({three_rows()}) == "cfa78c8e5777747dcd1c53ab9460ae4112a46ad822af42d76dd0d787854d1191");
}

TEST_CASE("digests of decimals: of the least scale that holds all, or of a scale each, some missing or all") {
  constexpr Decimal kNone = facts::kMissingDecimal;
  constexpr int64_t kMost = INT64_MAX;
  // Computed as above.
  CHECK(digest_of(decimals({{900'719'925'474'099'312, 0}, {5, 18}})) ==
        "87ee5eec5b80fab69892dc4f56467201115a59bd57d431c396f970286d522190");
  CHECK(digest_of(decimals({kNone, {1, 0}, kNone})) ==
        "05a93342f05c850c5228e5ca6de0150d3c53013fad1d732e933fcd4d6644eab7");
  CHECK(digest_of(decimals({kNone, kNone})) == "113e0f9a044872e895981913d1ff9b95196cae13aa64a3d7faf164ec769b7518");
  CHECK(digest_of(decimals({{-kMost, 0}, {kMost, 0}})) ==
        "f23e72c0692dc7abaae96d0f05510629ab1abe0b238e392e21d9d886afe47c09");
}

TEST_CASE("the digests of a block are those of its bytes, however many there are and however long a text is") {
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
  std::string of_texts;
  std::string places = number(7'001, 8) + number(1, 8) + number(1, 1);  // 1 to 11, a byte each
  for (const std::string& cell : cells) of_texts += number(cell.size(), 4) + cell;
  for (size_t row = 0; row < 7'001; ++row) {
    column.append(cells[row % cells.size()]);
    places += number(row % cells.size(), 1);
  }
  CHECK(digest_of(column) == sha256(of_texts) + sha256(places));
  // Numbers of each width; the last is 0 more than the first, or as much as its bytes hold.
  for (int bytes = 0; bytes <= 8; ++bytes) {
    CAPTURE(bytes);
    const uint64_t most = bytes == 0 ? 0 : ~uint64_t{0} >> (64 - 8 * bytes);
    const int64_t least = bytes == 8 ? -INT64_MAX : -12'345;
    Column score = decimals({});
    std::string of_scores = number(0, 1) + number(0, 1) + number(3'001, 8) + number(static_cast<uint64_t>(least), 8) +
                            number(static_cast<uint64_t>(bytes), 1);
    for (uint64_t row = 0; row < 3'001; ++row) {
      const uint64_t above = bytes == 0 ? 0 : most / 3'000 * row + (row == 3'000 ? most % 3'000 : 0);
      const auto value = static_cast<int64_t>(static_cast<uint64_t>(least) + (bytes == 8 ? above / 4 * 3 : above));
      score.append(Decimal{value, 0});
      of_scores += number(static_cast<uint64_t>(value) - static_cast<uint64_t>(least), bytes);
    }
    CHECK(digest_of(score) == sha256(of_scores));
  }
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

TEST_CASE("digests count cells that are all the same") {
  CHECK(digest_of(texts("org_unit", {"U", "U"})) != digest_of(texts("org_unit", {"U", "U", "U"})));
  CHECK(digest_of(decimals({{25, 1}, {25, 1}})) != digest_of(decimals({{25, 1}})));
  CHECK(digest_of(decimals({facts::kMissingDecimal, {5, 0}})) !=
        digest_of(decimals({facts::kMissingDecimal, {5, 0}, {5, 0}})));
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
  CHECK(hash_of(pieces) == "341fcfc0b2301364d1b98adf6052d6db3e26b5e1ae3e1e6d48e00dd1e85734be");
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
