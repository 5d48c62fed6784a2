#include "facts/dictionary.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cassert>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include "base/bits.h"
#include "base/parallel.h"
#include "facts/counted_ids.h"
#include "facts/text_words.h"

namespace hr::facts {

namespace {

constexpr size_t kGroup = CountedIds::kGroup;  // so many texts wait for memory together

using Hashes = std::array<uint32_t, kGroup>;

}  // namespace

// Ids that count, and of all other texts an open-addressed table of codes beside their hashes.
struct Dictionary::Index {
  struct Slot {
    uint32_t hash = 0;
    uint32_t code = kMissingCode;  // kMissingCode = free
  };

  std::mutex building;
  std::atomic<size_t> texts{0};  // [0, texts) are in it
  CountedIds counted;            // some of them
  size_t hashed = 0;             // how many others
  std::vector<Slot> slots;       // of those: a power of two, at most three quarters full

  size_t place(uint32_t hash) const { return hash & (slots.size() - 1); }
  size_t after(size_t at) const { return (at + 1) & (slots.size() - 1); }

  void put(Slot slot) {
    size_t at = place(slot.hash);
    while (slots[at].code != kMissingCode) at = after(at);
    slots[at] = slot;
  }
  // Makes room for `n` texts, and where there is none for some more of the `expected` ones: slots are written, and who
  // expects them may be wrong.
  void grow(size_t n, size_t expected) {
    constexpr size_t kAhead = 8;
    size_t size = std::max<size_t>(16, slots.size());
    if (n <= size / 4 * 3 && size == slots.size()) return;
    n = std::max(n, std::min(expected, n * kAhead));
    while (size / 4 * 3 < n) size *= 2;
    std::vector<Slot> old(size);
    old.swap(slots);
    for (const Slot& slot : old) {
      if (slot.code != kMissingCode) put(slot);
    }
  }
  using Codes = std::pair<uint32_t, uint32_t>;  // from the first to before the second
  void put_all(const Dictionary& all, const std::vector<Codes>& codes);
  // The first slot from `at` on that has this hash or is free.
  size_t next(size_t at, uint32_t hash) const {
    while (slots[at].code != kMissingCode && slots[at].hash != hash) at = after(at);
    return at;
  }
};

// Puts texts for which there is room. Of very many each thread fills a part of the table.
void Dictionary::Index::put_all(const Dictionary& all, const std::vector<Codes>& codes) {
  constexpr size_t kMany = size_t{1} << 17U;
  constexpr size_t kMostParts = 8;
  size_t texts_to_put = 0;
  for (const auto& [first, end] : codes) texts_to_put += end - first;
  const auto threads = std::min(kMostParts, static_cast<size_t>(hardware_threads()));
  const size_t parts = texts_to_put < kMany ? 1 : std::bit_floor(threads);
  const size_t width = slots.size() / parts;
  std::vector<std::vector<Slot>> beyond(parts);  // those that the end of their part has no room for
  for_pieces(parts, static_cast<int>(parts), [&](size_t part, size_t) {
    const size_t end = (part + 1) * width;
    std::array<Slot, kGroup> group;
    size_t n = 0;
    const auto put_group = [&] {
      for (size_t i = 0; i < n; ++i) {
        size_t at = place(group[i].hash);
        while (at < end && slots[at].code != kMissingCode) ++at;
        if (at < end)
          slots[at] = group[i];
        else
          beyond[part].push_back(group[i]);
      }
      n = 0;
    };
    for (const auto& [first_code, end_code] : codes) {
      for (uint32_t code = first_code; code < end_code; ++code) {
        const Slot slot{hash_of(all[code]), code};
        if (place(slot.hash) / width != part) continue;
        __builtin_prefetch(&slots[place(slot.hash)], 1);  // it is in no cache: a group waits together
        group[n++] = slot;
        if (n == kGroup) put_group();
      }
    }
    put_group();
  });
  for (const auto& of_part : beyond) {
    for (const Slot& slot : of_part) put(slot);
  }
}

void Dictionary::DeleteIndex::operator()(Index* index) const {
  delete index;
}

Dictionary::Dictionary(const Dictionary& other)
    : base_(other.base_),
      first_(other.first_),
      begins_(other.begins_),
      ascending_(other.ascending_),
      expected_(other.expected_),
      may_repeat_(other.may_repeat_),
      came_(other.came_) {
  for (const Block& block : other.blocks_) {
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(block.used), block.used, block.used});
    std::memcpy(blocks_.back().bytes.get(), block.bytes.get(), block.used);
  }
  if (own_size() > 0) index_.reset(new Index);
}

Dictionary& Dictionary::operator=(const Dictionary& other) {
  if (this != &other) *this = Dictionary(other);
  return *this;
}

bool Dictionary::is(uint32_t code, std::string_view text) const {
  const std::string_view mine = (*this)[code];
  return mine.size() == text.size() && same_bytes(mine.data(), text.data(), text.size());
}

// Room at the end of the last block, or in a new one; the text to come begins there.
char* Dictionary::room_for(size_t bytes) {
  constexpr size_t kSmallest = 256;
  constexpr size_t kMostBlocks = size_t{1} << (32 - kBlockBits);
  if (blocks_.empty() || blocks_.back().size - blocks_.back().used < bytes || blocks_.back().used >= kBlock) {
    if (blocks_.size() == kMostBlocks - 1) throw std::length_error("dictionary");
    const size_t usual = blocks_.empty() ? kSmallest : std::min(kBlock, blocks_.back().size * 2);
    const size_t size = std::max(usual, bytes);
    blocks_.push_back({std::make_unique_for_overwrite<char[]>(size), size, 0});
    if (begins_.empty()) begins_.push_back(0);
    begins_.back() = static_cast<uint32_t>((blocks_.size() - 1) << kBlockBits);
  }
  return blocks_.back().bytes.get() + blocks_.back().used;
}

bool Dictionary::is_last_of_all(std::string_view text) const {
  return ascending_ && first_ == 0 && (size() == 0 || is_behind(text, (*this)[static_cast<uint32_t>(size() - 1)]));
}

uint32_t Dictionary::append(std::string_view text) {
  if (size() >= kMissingCode) throw std::length_error("dictionary");
  char* at = room_for(text.size());
  std::copy(text.begin(), text.end(), at);
  Block& block = blocks_.back();
  block.used += text.size();
  begins_.push_back(static_cast<uint32_t>(((blocks_.size() - 1) << kBlockBits) + std::min(block.used, kBlock)));
  if (!index_) index_.reset(new Index);
  return static_cast<uint32_t>(size() - 1);
}

void Dictionary::append_distinct(std::string_view bytes, std::span<const uint32_t> lengths) {
  if (lengths.size() > kMissingCode - size()) throw std::length_error("dictionary");
  ascending_ = ascending_ && lengths.empty();  // so far as anybody knows
  if (!lengths.empty() && !index_) index_.reset(new Index);
  begins_.reserve(begins_.size() + lengths.size() + 1);
  while (!lengths.empty()) {  // as many as the block has room for
    char* const to = room_for(lengths.front());
    Block& block = blocks_.back();
    const auto block_begin = static_cast<uint32_t>((blocks_.size() - 1) << kBlockBits);
    const size_t before = block.used;
    size_t n = 0;
    do {
      block.used += lengths[n++];
      begins_.push_back(block_begin + static_cast<uint32_t>(std::min(block.used, kBlock)));
    } while (n < lengths.size() && block.used < kBlock && lengths[n] <= block.size - block.used);
    std::copy_n(bytes.data(), block.used - before, to);
    bytes.remove_prefix(block.used - before);
    lengths = lengths.subspan(n);
  }
}

void Dictionary::expect(size_t texts) {
  expected_ = texts;
  begins_.reserve(texts + 1);
}

// The index of a dictionary that has texts of its own; made complete here, by whoever needs it first.
const Dictionary::Index& Dictionary::index() const {
  Index& index = *index_;
  if (index.texts.load(std::memory_order_acquire) == own_size()) return index;
  const std::scoped_lock lock(index.building);
  const size_t done = index.texts.load(std::memory_order_relaxed);
  const auto others = index.counted.take(*this, static_cast<uint32_t>(first_ + done), static_cast<uint32_t>(size()));
  for (const auto& [from, to] : others) index.hashed += to - from;
  index.grow(index.hashed, index.counted.empty() ? expected_ : 0);  // those to come may count, too
  index.put_all(*this, others);
  index.texts.store(own_size(), std::memory_order_release);
  return index;
}

Dictionary::Index& Dictionary::index() {
  if (!index_) index_.reset(new Index);
  return const_cast<Index&>(static_cast<const Dictionary*>(this)->index());
}

// Whether nearly all of the texts that came were new, so that those to come are not looked for.
bool Dictionary::repeats() const {
  constexpr uint64_t kEnough = uint64_t{1} << 15U;
  return may_repeat_ && !base_ && came_ >= kEnough && own_size() >= came_ / 8 * 7;
}

uint32_t Dictionary::look_up_or_add(std::string_view text, uint32_t hash, const Take& take) {
  if (const auto code = base_ ? base_->find(text, hash) : std::nullopt) return *code;
  Index& found = index();
  if (const uint32_t code = found.counted.find(text); code != kMissingCode) return code;
  found.grow(found.hashed + 1, found.counted.empty() ? expected_ : 0);
  size_t at = found.next(found.place(hash), hash);
  while (found.slots[at].code != kMissingCode && !is(found.slots[at].code, text))
    at = found.next(found.after(at), hash);
  if (found.slots[at].code != kMissingCode) return found.slots[at].code;
  if (take && !take(text)) return kMissingCode;
  ascending_ = is_last_of_all(text);
  found.slots[at] = {hash, append(text)};
  ++found.hashed;
  found.texts.store(own_size(), std::memory_order_relaxed);
  return found.slots[at].code;
}

// Whether it is the text whose code follows that of the one that came last, or that one.
bool Dictionary::is_expected(std::string_view text) {
  const size_t n = size();
  if (last_ + 1 < n && is(last_ + 1, text)) {
    ++last_;
    return true;
  }
  return last_ < n && is(last_, text);
}

uint32_t Dictionary::add(std::string_view text) {
  if (is_expected(text)) return last_;
  last_ = repeats() || is_last_of_all(text) ? append(text) : look_up_or_add(text, hash_of(text), {});
  return last_;
}

std::optional<uint32_t> Dictionary::find(std::string_view text) const {
  return find(text, hash_of(text));
}

std::optional<uint32_t> Dictionary::find(std::string_view text, uint32_t hash) const {
  if (const auto code = base_ ? base_->find(text, hash) : std::nullopt) return code;
  if (own_size() == 0) return std::nullopt;
  const Index& known = index();
  if (const uint32_t code = known.counted.find(text); code != kMissingCode) return code;
  for (size_t at = known.next(known.place(hash), hash);; at = known.next(known.after(at), hash)) {
    const uint32_t code = known.slots[at].code;
    if (code == kMissingCode) return std::nullopt;
    if (is(code, text)) return code;
  }
}

// Where a text is not there, its hash is. A look-up by hash touches three places in memory that are in no cache: a
// group of them waits for all at once.
void Dictionary::find_some(std::span<const std::string_view> texts, uint32_t* hashes, uint32_t* codes) const {
  assert(texts.size() <= kGroup);
  if (base_) {
    base_->find_some(texts, hashes, codes);
    for (size_t i = 0; i < texts.size() && own_size() > 0; ++i) {
      if (codes[i] == kMissingCode) codes[i] = find(texts[i], hashes[i]).value_or(kMissingCode);
    }
    return;
  }
  const Index* const known = own_size() > 0 ? &index() : nullptr;
  std::array<uint8_t, kGroup> others;
  size_t n = 0;
  if (known != nullptr)
    known->counted.find_all(texts, codes);
  else
    std::fill_n(codes, texts.size(), kMissingCode);
  for (size_t i = 0; i < texts.size(); ++i) {
    if (codes[i] != kMissingCode) continue;
    hashes[i] = hash_of(texts[i]);
    others[n++] = static_cast<uint8_t>(i);
  }
  if (known == nullptr || known->hashed == 0) return;
  const std::span looked_up(others.data(), n);
  for (const size_t i : looked_up) __builtin_prefetch(&known->slots[known->place(hashes[i])]);
  for (const size_t i : looked_up) {
    codes[i] = known->slots[known->next(known->place(hashes[i]), hashes[i])].code;
    if (codes[i] != kMissingCode) __builtin_prefetch(&begins_[codes[i]]);
  }
  for (const size_t i : looked_up) {
    if (codes[i] != kMissingCode) __builtin_prefetch((*this)[codes[i]].data());
  }
  for (const size_t i : looked_up) {
    if (codes[i] != kMissingCode && !is(codes[i], texts[i]))
      codes[i] = find(texts[i], hashes[i]).value_or(kMissingCode);
  }
}

void Dictionary::add_all(std::span<const std::string_view> texts, std::span<uint32_t> codes, const Take& take) {
  if (repeats()) {
    for (size_t i = 0; i < texts.size(); ++i) codes[i] = !take || take(texts[i]) ? append(texts[i]) : kMissingCode;
    return;
  }
  came_ += texts.size();
  for (size_t begin = 0; begin < texts.size(); begin += kGroup) {
    const size_t end = std::min(texts.size(), begin + kGroup);
    size_t i = begin;
    for (; i < end; ++i) {
      if (in_order_ && is_expected(texts[i]))
        codes[i] = last_;
      else if (is_last_of_all(texts[i]))
        codes[i] = !take || take(texts[i]) ? append(texts[i]) : kMissingCode;
      else
        break;
      if (codes[i] != kMissingCode) last_ = codes[i];
    }
    if (i == end) continue;
    const auto others = texts.subspan(i, end - i);
    Hashes hashes;
    find_some(others, hashes.data(), &codes[i]);
    for (size_t k = 0; k < others.size(); ++k) {
      if (codes[i] == kMissingCode) codes[i] = look_up_or_add(texts[i], hashes[k], take);
      in_order_ = codes[i] == last_ || codes[i] == last_ + 1;
      if (codes[i] != kMissingCode) last_ = codes[i];
      ++i;
    }
  }
}

// find_all() of some: of the texts from `first` on.
void Dictionary::find_some_of(const Dictionary& of, size_t first, size_t end, std::span<uint32_t> codes) const {
  std::array<std::string_view, kGroup> texts;
  auto expected = static_cast<uint32_t>(first);  // both may have the same texts in the same order
  for (size_t begin = first; begin < end; begin += kGroup) {
    const size_t n = std::min(end - begin, kGroup);
    for (size_t i = 0; i < n; ++i) texts[i] = of[static_cast<uint32_t>(begin + i)];
    size_t i = 0;
    for (; i < n && expected < size() && is(expected, texts[i]); ++i) codes[begin + i] = expected++;
    if (i == n) continue;
    Hashes hashes;
    find_some({&texts[i], n - i}, hashes.data(), &codes[begin + i]);
    if (codes[begin + n - 1] != kMissingCode) expected = codes[begin + n - 1] + 1;
  }
}

void Dictionary::find_all(const Dictionary& of, std::span<uint32_t> codes) const {
  assert(codes.size() == of.size());
  constexpr size_t kPiece = size_t{1} << 16U;  // texts that one thread looks for at a time
  for_ranges(codes.size(), kPiece, hardware_threads(),
             [&](size_t begin, size_t end, size_t) { find_some_of(of, begin, end, codes); });
}

}  // namespace hr::facts
