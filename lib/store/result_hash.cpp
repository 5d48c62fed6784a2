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

constexpr uint8_t kOwnScales = 255;  // where the scale of all would stand

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
  void low_bytes(uint64_t value, unsigned bytes) {
    if (end_ + sizeof value > bytes_.data() + bytes_.size()) flush();
    put(end_, value);
    end_ += bytes;
  }
  void text(std::string_view text) {
    number(static_cast<uint32_t>(text.size()));
    bytes(text);
  }
  void bytes(std::string_view text) {
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

// The least, how many bytes the others take beside it, and what each is above it.
template <class Number>
void add_numbers(HashWriter& out, std::span<const Number> numbers) {
  const auto [low, high] = std::minmax_element(numbers.begin(), numbers.end());
  const auto least = static_cast<uint64_t>(int64_t{*low});
  const unsigned bytes = (static_cast<unsigned>(std::bit_width(static_cast<uint64_t>(int64_t{*high}) - least)) + 7) / 8;
  out.number(least);
  out.number(static_cast<uint8_t>(bytes));
  if (bytes == 0) return;
  for (const Number n : numbers) out.low_bytes(static_cast<uint64_t>(int64_t{n}) - least, bytes);
}

std::string digest_of_texts(const ColumnCells& cells) {
  HashWriter texts, places;
  for (const std::string_view text : cells.texts) texts.text(text);
  add_numbers<uint32_t>(places, cells.places);
  return texts.hex() + places.hex();
}

std::string digest_of_decimals(const ScaledDecimals& decimals) {
  HashWriter out;
  out.number(static_cast<uint8_t>(decimals.missing.empty() ? 0 : 1));
  out.bytes(decimals.missing);
  if (decimals.scales.empty()) {
    out.number(static_cast<uint8_t>(decimals.scale));
  } else {
    out.number(kOwnScales);
    add_numbers<int64_t>(out, decimals.scales);
  }
  add_numbers<int64_t>(out, decimals.numbers);
  return out.hex();
}

std::string digest_of_days(std::span<const int32_t> days) {
  HashWriter out;
  add_numbers(out, days);
  return out.hex();
}

}  // namespace

std::string digest_of(const ColumnCells& cells) {
  if (cells.size() == 0) return {};
  switch (cells.storage) {
    case facts::Storage::text:
      return digest_of_texts(cells);
    case facts::Storage::day:
      return digest_of_days(cells.days);
    case facts::Storage::decimal:
      break;
  }
  return digest_of_decimals(cells.decimals);
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
