// Blocks of frames as bytes: what is decoded is what was encoded; damaged bytes are refused or give some value, never a
// crash.
#include "store/column_codec.h"

#include <random>

#include "store_fixture.h"

namespace hr::store {

namespace {

facts::Frame sample() {
  facts::Frame frame = frame_of(
      model::TableId::employees, {"employee_id", "name", "fte", "hire_date", "attr.x"},
      {{"E1", "李娜", "0.5", "2020-02-29", ""}, {"E2", "", "1", "", "y"}, {"E3", "Bo", "", "1999-12-31", "y"}});
  frame.sources = {7, 7, 9};
  return frame;
}

std::string bytes_of_block(const facts::Frame& frame, size_t begin, size_t end) {
  std::vector<uint32_t> scratch;
  return encode_frame_block(frame, begin, end, {}, scratch);
}

bool same(const facts::Frame& frame, const FrameBlock& block, size_t begin) {
  bool equal = frame.columns.size() == block.columns.size();
  for (size_t c = 0; equal && c < block.columns.size(); ++c) {
    const facts::Column& a = frame.columns[c];
    const ColumnBlock& b = block.columns[c];
    equal = a.name == b.name && a.storage == b.storage && a.carried == b.carried;
    for (size_t row = 0; equal && row < block.size(); ++row) {
      if (a.storage == facts::Storage::day)
        equal = a.days[begin + row] == b.days[row];
      else if (a.storage == facts::Storage::decimal)
        equal = a.decimals[begin + row] == b.decimals[row];
      else
        equal = (b.codes[row] == facts::kMissingCode) == a.missing(begin + row) &&
                (a.missing(begin + row) || b.texts[b.codes[row]] == a.text(begin + row));
    }
  }
  for (size_t row = 0; equal && row < block.size(); ++row) equal = block.rows[row] == frame.rows[begin + row];
  return equal;
}

}  // namespace

TEST_CASE("a block of a frame comes back cell by cell") {
  const facts::Frame frame = sample();
  for (const auto& [begin, end] : {std::pair<size_t, size_t>{0, 3}, {1, 3}, {2, 2}}) {
    const std::string bytes = bytes_of_block(frame, begin, end);
    const FrameBlock block = decode_frame_block(bytes, end - begin);
    CHECK(block.size() == end - begin);
    CHECK(same(frame, block, begin));
    CHECK(block.sources == std::vector<uint32_t>(frame.sources.begin() + static_cast<std::ptrdiff_t>(begin),
                                                 frame.sources.begin() + static_cast<std::ptrdiff_t>(end)));
  }
}

TEST_CASE("a block that is cut anywhere is refused") {
  const std::string bytes = bytes_of_block(sample(), 0, 3);
  for (size_t n = 0; n < bytes.size(); ++n) CHECK_THROWS_AS(decode_frame_block(bytes.substr(0, n), 3), DamagedBlob);
  CHECK_THROWS_AS(decode_frame_block(bytes + '\0', 3), DamagedBlob);
  CHECK_THROWS_AS(decode_frame_block(bytes, 9), DamagedBlob);
  CHECK_THROWS_AS(decode_frame_block(bytes, kBlockRows + 1), DamagedBlob);
}

TEST_CASE("random damage of a block never crashes") {
  const std::string bytes = bytes_of_block(sample(), 0, 3);
  std::mt19937 random(7);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = bytes;
    for (auto flips = 1 + random() % 3; flips > 0; --flips)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    try {
      const FrameBlock block = decode_frame_block(damaged, 3);
      for (const ColumnBlock& c : block.columns) {
        for (const uint32_t code : c.codes)
          REQUIRE((c.numbered || code == facts::kMissingCode || code < c.texts.size()));
      }
    } catch (const DamagedBlob&) {
      ++refused;
    }
  }
  CHECK(refused > 1000);
}

}  // namespace hr::store
