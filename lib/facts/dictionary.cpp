#include "facts/dictionary.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <stdexcept>

#include "base/parallel.h"
#include "facts/dictionary_index.h"
#include "facts/text_words.h"

namespace hr::facts {

namespace {

constexpr size_t kGroup = CountedIds::kGroup;  // so many texts wait for memory together

}  // namespace

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
  index.take(*this, static_cast<uint32_t>(first_ + done), static_cast<uint32_t>(size()), expected_);
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

uint32_t Dictionary::look_up_or_add(std::string_view text, const Take& take) {
  if (const auto code = base_ ? base_->find(text) : std::nullopt) return *code;
  Index& found = index();
  if (const uint32_t code = found.counted.find(text); code != kMissingCode) return code;
  found.make_room(*this, expected_);
  const auto add = [&] {
    if (take && !take(text)) return kMissingCode;
    ascending_ = is_last_of_all(text);
    const uint32_t code = append(text);
    found.texts.store(own_size(), std::memory_order_relaxed);
    return code;
  };
  if (const uint64_t number = found.numbered.number_of(text); number != IdShape::kNone) {
    if (const uint32_t code = found.numbered.find(number); code != kMissingCode) return code;
    const uint32_t code = add();
    if (code != kMissingCode) found.numbered.put(number, code);
    return code;
  }
  const uint32_t hash = hash_of(text);
  size_t at = found.next(found.place(hash), hash);
  while (found.slots[at].code != kMissingCode && !is(found.slots[at].code, text))
    at = found.next(found.after(at), hash);
  if (found.slots[at].code != kMissingCode) return found.slots[at].code;
  const uint32_t code = add();
  if (code == kMissingCode) return code;
  found.slots[at] = {hash, code};
  ++found.hashed;
  return code;
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
  last_ = repeats() || is_last_of_all(text) ? append(text) : look_up_or_add(text, {});
  return last_;
}

std::optional<uint32_t> Dictionary::find(std::string_view text) const {
  if (const auto code = base_ ? base_->find(text) : std::nullopt) return code;
  if (own_size() == 0) return std::nullopt;
  const Index& known = index();
  const auto given = [](uint32_t code) { return code == kMissingCode ? std::nullopt : std::optional(code); };
  if (const uint32_t code = known.counted.find(text); code != kMissingCode) return code;
  if (const uint64_t number = known.numbered.number_of(text); number != IdShape::kNone)
    return given(known.numbered.find(number));
  if (known.hashed == 0) return std::nullopt;
  const uint32_t hash = hash_of(text);
  for (size_t at = known.next(known.place(hash), hash);; at = known.next(known.after(at), hash)) {
    const uint32_t code = known.slots[at].code;
    if (code == kMissingCode || is(code, text)) return given(code);
  }
}

// A look-up by hash touches three places in memory that are in no cache, one by number one: a group of them waits for
// all at once.
void Dictionary::find_some(std::span<const std::string_view> texts, uint32_t* codes) const {
  assert(texts.size() <= kGroup);
  if (base_) {
    base_->find_some(texts, codes);
    for (size_t i = 0; i < texts.size() && own_size() > 0; ++i) {
      if (codes[i] == kMissingCode) codes[i] = find(texts[i]).value_or(kMissingCode);
    }
    return;
  }
  std::fill_n(codes, texts.size(), kMissingCode);
  if (own_size() == 0) return;
  const Index& known = index();
  known.counted.find_all(texts, codes);
  struct Wanted {
    uint64_t key;  // number or hash
    size_t at;
  };
  std::array<Wanted, kGroup> numbered, hashed;
  size_t numbers = 0, hashes = 0;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (codes[i] != kMissingCode) continue;
    if (const uint64_t number = known.numbered.number_of(texts[i]); number != IdShape::kNone) {
      known.numbered.ask_for(number);
      numbered[numbers++] = {number, i};
    } else if (known.hashed > 0) {
      const uint32_t hash = hash_of(texts[i]);
      __builtin_prefetch(&known.slots[known.place(hash)]);
      hashed[hashes++] = {hash, i};
    }
  }
  for (const auto& [number, i] : std::span(numbered.data(), numbers)) codes[i] = known.numbered.find(number);
  const std::span looked_up(hashed.data(), hashes);
  for (const auto& [key, i] : looked_up) {
    const auto hash = static_cast<uint32_t>(key);
    codes[i] = known.slots[known.next(known.place(hash), hash)].code;
    if (codes[i] != kMissingCode) __builtin_prefetch(&begins_[codes[i]]);
  }
  for (const auto& [key, i] : looked_up) {
    if (codes[i] != kMissingCode) __builtin_prefetch((*this)[codes[i]].data());
  }
  for (const auto& [key, i] : looked_up) {
    if (codes[i] != kMissingCode && !is(codes[i], texts[i])) codes[i] = find(texts[i]).value_or(kMissingCode);
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
    find_some(others, &codes[i]);
    for (size_t k = 0; k < others.size(); ++k) {
      if (codes[i] == kMissingCode) codes[i] = look_up_or_add(texts[i], take);
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
    find_some({&texts[i], n - i}, &codes[begin + i]);
    if (codes[begin + n - 1] != kMissingCode) expected = codes[begin + n - 1] + 1;
  }
}

void Dictionary::find_all(const Dictionary& of, std::span<uint32_t> codes) const {
  assert(codes.size() == of.size());
  constexpr size_t kPiece = size_t{1} << 16U;  // texts that one thread looks for at a time
  if (own_size() > 0) index();                 // by all threads, before they wait for it
  for_ranges(codes.size(), kPiece, hardware_threads(),
             [&](size_t begin, size_t end, size_t) { find_some_of(of, begin, end, codes); });
}

}  // namespace hr::facts
