#include "store/result_hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <string_view>
#include <vector>

#include "base/digest.h"

namespace hr::store {

namespace {

using facts::kMissingCode;

// Low byte first. Returns where the next one goes.
template <class Number>
char* put(char* to, Number value) {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(to, &value, sizeof value);
  } else {
    for (size_t i = 0; i < sizeof value; ++i) to[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
  }
  return to + sizeof value;
}

template <class Number>
std::string bytes_of(Number value) {
  std::string bytes(sizeof value, '\0');
  put(bytes.data(), value);
  return bytes;
}

std::string bytes_of(const Decimal& value) {
  return bytes_of(value.unscaled) + bytes_of(static_cast<uint8_t>(value.scale));  // 255 = missing
}

template <class Cell>
bool is_one(const std::vector<Cell>& cells) {
  return !cells.empty() && std::all_of(cells.begin(), cells.end(), [&](const Cell& c) { return c == cells[0]; });
}

std::string bytes_of_text(std::string_view text) {
  return bytes_of(static_cast<uint32_t>(text.size())).append(text);
}

// Bytes on their way into a hash: those of a block of numbers need not lie in memory all at once.
class HashWriter {
 public:
  HashWriter() = default;
  HashWriter(const HashWriter&) = delete;
  HashWriter& operator=(const HashWriter&) = delete;

  template <class Number>
  void number(Number value) {
    if (end_ + sizeof value > bytes_.data() + bytes_.size()) flush();
    end_ = put(end_, value);
  }
  void text(std::string_view text) {
    number(static_cast<uint32_t>(text.size()));
    if (text.size() > static_cast<size_t>(bytes_.data() + bytes_.size() - end_)) flush();
    if (text.size() > bytes_.size()) return hash_.update(text);
    constexpr size_t kWord = 8;
    if (text.size() >= kWord && text.size() <= 2 * kWord) {  // as ids are: two words, without a call
      std::memcpy(end_, text.data(), kWord);
      std::memcpy(end_ + text.size() - kWord, text.data() + text.size() - kWord, kWord);
      end_ += text.size();
      return;
    }
    end_ = std::copy(text.begin(), text.end(), end_);
  }
  std::string hex() {
    flush();
    return hash_.hex();
  }

 private:
  void flush() {
    hash_.update({bytes_.data(), static_cast<size_t>(end_ - bytes_.data())});
    end_ = bytes_.data();
  }

  Sha256 hash_;
  std::array<char, 8192> bytes_;
  char* end_ = bytes_.data();
};

// Texts in the order of first appearance, then one number a row: so no hash depends on what codes the frame has.
// `local`: scratch, kMissingCode for every code before and after.
std::string hash_texts(const facts::Column& column, std::vector<uint32_t>& local) {
  if (local.size() < column.dictionary.size()) local.resize(column.dictionary.size(), kMissingCode);
  std::vector<uint32_t> appeared;
  HashWriter numbers;
  for (const uint32_t code : column.codes) {
    if (code != kMissingCode && local[code] == kMissingCode) {
      local[code] = static_cast<uint32_t>(appeared.size());
      appeared.push_back(code);
    }
    numbers.number(code == kMissingCode ? kMissingCode : local[code]);
  }
  const facts::Dictionary& dictionary = column.dictionary;
  HashWriter texts;
  for (const uint32_t code : appeared) {
    texts.text(dictionary[code]);
    local[code] = kMissingCode;
  }
  return texts.hex() + numbers.hex();
}

std::string hash_decimals(const std::vector<Decimal>& decimals) {
  HashWriter out;
  for (const Decimal& value : decimals) {
    out.number(value.unscaled);
    out.number(static_cast<uint8_t>(value.scale));
  }
  return out.hex();
}

std::string hash_days(const std::vector<int32_t>& days) {
  HashWriter out;
  for (const int32_t day : days) out.number(static_cast<uint32_t>(day));
  return out.hex();
}

}  // namespace

// Most runs have columns that say the same of everybody: their digest is worked out once.
std::string CellDigests::of_one(const std::string& cell, size_t rows) {
  const std::scoped_lock lock(mutex_);
  std::string& digest = of_one_[{cell, rows}];
  if (!digest.empty()) return digest;
  Sha256 hash;
  for (size_t row = 0; row < rows; ++row) hash.update(cell);
  return digest = hash.hex();
}

std::string CellDigests::of(const facts::Column& column, std::vector<uint32_t>& local) {
  const size_t rows = column.size();
  if (rows == 0) return {};
  switch (column.storage) {
    case facts::Storage::text: {
      if (!is_one(column.codes)) return hash_texts(column, local);
      const bool missing = column.codes[0] == kMissingCode;
      return sha256(missing ? std::string() : bytes_of_text(column.text(0))) +
             of_one(bytes_of(missing ? kMissingCode : 0U), rows);
    }
    case facts::Storage::day:
      return hash_days(column.days);
    case facts::Storage::decimal:
      break;
  }
  return is_one(column.decimals) ? of_one(bytes_of(column.decimals[0]), rows) : hash_decimals(column.decimals);
}

std::string result_hash(std::span<const std::vector<DigestOfColumn>> blocks) {
  Sha256 hash;
  for (size_t c = 0; !blocks.empty() && c < blocks.front().size(); ++c) {
    hash.update(std::string(blocks.front()[c].name) + "\n");
    for (const std::vector<DigestOfColumn>& block : blocks) {
      if (!block[c].digest.empty()) hash.update(std::string(block[c].digest) + "\n");
    }
  }
  return hash.hex();
}

}  // namespace hr::store
