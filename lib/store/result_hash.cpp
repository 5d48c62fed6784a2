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
    if (room() < sizeof value) flush();
    end_ = put(end_, value);
  }
  // So many low bytes, at least one, of what each number is above the least.
  template <class Number>
  void low_bytes(std::span<const Number> numbers, uint64_t least, unsigned bytes) {
    constexpr size_t kWord = 8;
    while (!numbers.empty()) {
      if (room() < kWord) flush();
      const std::span<const Number> some = numbers.first(std::min(numbers.size(), room() / kWord));
      char* to = end_;
      for (const Number n : some) {
        put(to, static_cast<uint64_t>(int64_t{n}) - least);
        to += bytes;
      }
      end_ = to;
      numbers = numbers.subspan(some.size());
    }
  }
  void text(std::string_view text) {
    number(static_cast<uint32_t>(text.size()));
    bytes(text);
  }
  void bytes(std::string_view text) {
    if (text.size() > room()) flush();
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
  size_t room() const { return static_cast<size_t>(bytes_.data() + bytes_.size() - end_); }
  void flush() {
    hash_.update({bytes_.data(), static_cast<size_t>(end_ - bytes_.data())});
    end_ = bytes_.data();
  }

  Sha256 hash_;
  std::array<char, 8192> bytes_;
  char* end_ = bytes_.data();
};

// How many there are, the least, how many bytes the others take beside it, and what each is above it.
template <class Number>
void add_numbers(HashWriter& out, std::span<const Number> numbers) {
  Number low = numbers.front();
  Number high = low;
  for (const Number n : numbers) {
    low = std::min(low, n);
    high = std::max(high, n);
  }
  const auto least = static_cast<uint64_t>(int64_t{low});
  const unsigned bytes = (static_cast<unsigned>(std::bit_width(static_cast<uint64_t>(int64_t{high}) - least)) + 7) / 8;
  out.number(uint64_t{numbers.size()});
  out.number(least);
  out.number(static_cast<uint8_t>(bytes));
  if (bytes > 0) out.low_bytes(numbers, least, bytes);
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
