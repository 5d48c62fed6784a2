#include "engine/result_hash.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/parallel.h"

namespace hr::engine {

namespace {

using facts::kMissingCode;

constexpr size_t kPieceRows = 65'536;

// Low byte first. Returns where the next one goes.
template <class Number>
char* put(char* to, Number value) {
  for (size_t i = 0; i < sizeof value; ++i) to[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
  return to + sizeof value;
}

// Texts in the order of first appearance, then one number a row: so no hash depends on what codes the frame has.
// `local`: scratch, kMissingCode for every code before and after.
std::string hash_texts(const facts::Column& column, size_t begin, size_t end, std::vector<uint32_t>& local) {
  if (local.size() < column.dictionary.size()) local.resize(column.dictionary.size(), kMissingCode);
  std::vector<uint32_t> appeared;
  std::string numbers(4 * (end - begin), '\0');
  char* to = numbers.data();
  for (size_t row = begin; row < end; ++row) {
    const uint32_t code = column.codes[row];
    if (code != kMissingCode && local[code] == kMissingCode) {
      local[code] = static_cast<uint32_t>(appeared.size());
      appeared.push_back(code);
    }
    to = put(to, code == kMissingCode ? kMissingCode : local[code]);
  }
  std::string texts;
  for (const uint32_t code : appeared) {
    const std::string_view text = column.dictionary[code];
    char length[4];
    put(length, static_cast<uint32_t>(text.size()));
    texts.append(length, sizeof length).append(text);
    local[code] = kMissingCode;
  }
  return sha256(texts) + sha256(numbers);
}

std::string hash_decimals(const facts::Column& column, size_t begin, size_t end) {
  std::string bytes(9 * (end - begin), '\0');
  char* to = bytes.data();
  for (size_t row = begin; row < end; ++row) {
    to = put(to, column.decimals[row].unscaled);
    to = put(to, static_cast<uint8_t>(column.decimals[row].scale));  // 255 = missing
  }
  return sha256(bytes);
}

std::string hash_days(const facts::Column& column, size_t begin, size_t end) {
  std::string bytes(4 * (end - begin), '\0');
  char* to = bytes.data();
  for (size_t row = begin; row < end; ++row) to = put(to, static_cast<uint32_t>(column.days[row]));
  return sha256(bytes);
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
