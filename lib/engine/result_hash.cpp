#include "engine/result_hash.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "base/digest.h"
#include "base/parallel.h"

namespace hr::engine {

namespace {

using facts::kMissingCode;

constexpr size_t kPieceRows = 65'536;

// Bytes to be hashed, numbers with their low bytes first.
class HashedBytes {
 public:
  explicit HashedBytes(size_t room) { bytes_.reserve(room); }

  template <class Number>
  void add(Number value) {
    char raw[sizeof value];
    for (size_t i = 0; i < sizeof value; ++i) raw[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
    bytes_.append(raw, sizeof value);
  }
  void add(std::string_view text) { bytes_.append(text); }
  std::string digest() const { return sha256(bytes_); }

 private:
  std::string bytes_;
};

// Texts in the order of first appearance, then one number a row: so no hash depends on what codes the frame has.
// `local`: scratch, kMissingCode for every code before and after.
std::string hash_texts(const facts::Column& column, size_t begin, size_t end, std::vector<uint32_t>& local) {
  if (local.size() < column.dictionary.size()) local.resize(column.dictionary.size(), kMissingCode);
  std::vector<uint32_t> appeared;
  HashedBytes numbers(4 * (end - begin));
  for (size_t row = begin; row < end; ++row) {
    const uint32_t code = column.codes[row];
    if (code != kMissingCode && local[code] == kMissingCode) {
      local[code] = static_cast<uint32_t>(appeared.size());
      appeared.push_back(code);
    }
    numbers.add(code == kMissingCode ? kMissingCode : local[code]);
  }
  HashedBytes texts(0);
  for (const uint32_t code : appeared) {
    texts.add(static_cast<uint32_t>(column.dictionary[code].size()));
    texts.add(column.dictionary[code]);
    local[code] = kMissingCode;
  }
  return texts.digest() + numbers.digest();
}

std::string hash_decimals(const facts::Column& column, size_t begin, size_t end) {
  HashedBytes bytes(9 * (end - begin));
  for (size_t row = begin; row < end; ++row) {
    bytes.add(column.decimals[row].unscaled);
    bytes.add(static_cast<uint8_t>(column.decimals[row].scale));  // 255 = missing
  }
  return bytes.digest();
}

std::string hash_days(const facts::Column& column, size_t begin, size_t end) {
  HashedBytes bytes(4 * (end - begin));
  for (size_t row = begin; row < end; ++row) bytes.add(static_cast<uint32_t>(column.days[row]));
  return bytes.digest();
}

}  // namespace

std::string result_hash(const facts::Frame& scores, int threads) {
  const size_t pieces = (scores.size() + kPieceRows - 1) / kPieceRows;
  std::vector<std::string> digests(scores.columns.size() * pieces);
  std::vector<std::vector<uint32_t>> local(static_cast<size_t>(std::max(1, threads)));
  for_pieces(digests.size(), threads, [&](size_t i, size_t worker) {
    const facts::Column& column = scores.columns[i / pieces];
    const size_t begin = i % pieces * kPieceRows;
    const size_t end = std::min(scores.size(), begin + kPieceRows);
    switch (column.storage) {
      case facts::Storage::text:
        digests[i] = hash_texts(column, begin, end, local[worker]);
        break;
      case facts::Storage::day:
        digests[i] = hash_days(column, begin, end);
        break;
      case facts::Storage::decimal:
        digests[i] = hash_decimals(column, begin, end);
        break;
    }
  });
  Sha256 hash;
  for (size_t c = 0; c < scores.columns.size(); ++c) {
    hash.update(scores.columns[c].name + "\n");
    for (size_t piece = 0; piece < pieces; ++piece) hash.update(digests[c * pieces + piece] + "\n");
  }
  return hash.hex();
}

}  // namespace hr::engine
