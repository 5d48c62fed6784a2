// Distinct texts and their numbers: what stands in columns instead of texts.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace hr::facts {

inline constexpr uint32_t kMissingCode = 0xFFFFFFFFU;

// Distinct texts, numbered in order of first appearance. Views stay valid as long as the dictionary (a move keeps
// them). A text costs its bytes and 4 more; what finds texts costs 11 to 22 bytes a text and is built by the first
// add() or find(); less for ids that count (facts/counted_ids.h). Up to 4 GiB of text (beyond:
// std::length_error). const functions may run in several threads at once.
class Dictionary {
 public:
  Dictionary() = default;
  // Begins with the texts of another one, under their codes: those are shared and not copied.
  explicit Dictionary(std::shared_ptr<const Dictionary> base)
      : base_(std::move(base)), first_(static_cast<uint32_t>(base_->size())) {}
  Dictionary(const Dictionary& other);
  Dictionary& operator=(const Dictionary& other);
  Dictionary(Dictionary&&) noexcept = default;
  Dictionary& operator=(Dictionary&&) noexcept = default;
  ~Dictionary() = default;

  // The code of `text`, new or old. Fast without a look-up where texts come in the order of their codes, or repeat, or
  // are new and go up as ids do that count.
  uint32_t add(std::string_view text);
  // add() of each in turn: codes[i] of texts[i]. Faster in any order. Of texts that are new only those are added that
  // take() agrees to; the others get kMissingCode.
  using Take = std::function<bool(std::string_view)>;
  void add_all(std::span<const std::string_view> texts, std::span<uint32_t> codes, const Take& take = {});
  // Texts that the caller knows to be distinct and not there yet: `bytes` are all of them, one behind the other.
  void append_distinct(std::string_view bytes, std::span<const uint32_t> lengths);
  // About so many texts of its own there will be: room is made for them in few steps.
  void expect(size_t texts);
  // For a dictionary whose texts will be added to another one anyway: when nearly all texts that come are new, it stops
  // looking for them for good, and one that comes again may get another code. Nobody should look for texts in it then.
  void allow_repeats() { may_repeat_ = true; }

  std::optional<uint32_t> find(std::string_view text) const;
  // codes[c] becomes the code here of the text that is c in `of`, kMissingCode = not here. One element a text of `of`.
  void find_all(const Dictionary& of, std::span<uint32_t> codes) const;

  std::string_view operator[](uint32_t code) const {
    if (code < first_) return (*base_)[code];
    const uint32_t at = begins_[code - first_];
    const uint32_t next = begins_[code - first_ + 1];
    const Block& block = blocks_[at >> kBlockBits];
    const size_t offset = at & (kBlock - 1);
    const bool last_of_block = (next ^ at) >> kBlockBits != 0;
    return {block.bytes.get() + offset, last_of_block ? block.used - offset : next - at};
  }
  size_t size() const { return first_ + own_size(); }
  const Dictionary* base() const { return base_.get(); }  // null = none

 private:
  static constexpr unsigned kBlockBits = 20;
  static constexpr size_t kBlock = size_t{1} << kBlockBits;
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size = 0;
    size_t used = 0;
  };
  struct Index;  // finds texts
  struct DeleteIndex {
    void operator()(Index* index) const;
  };

  size_t own_size() const { return begins_.empty() ? 0 : begins_.size() - 1; }
  bool is(uint32_t code, std::string_view text) const;
  bool is_expected(std::string_view text);
  bool is_last_of_all(std::string_view text) const;  // so it is new, and need not be looked for
  bool repeats() const;
  uint32_t look_up_or_add(std::string_view text, const Take& take);
  uint32_t append(std::string_view text);
  char* room_for(size_t bytes);
  Index& index();
  const Index& index() const;  // complete
  void find_some(std::span<const std::string_view> texts, uint32_t* codes) const;
  void find_some_of(const Dictionary& of, size_t first, size_t end, std::span<uint32_t> codes) const;

  std::shared_ptr<const Dictionary> base_;     // null = none
  uint32_t first_ = 0;                         // code of the first text that is not of the base
  std::vector<uint32_t> begins_;               // by code - first_, and the end of the last: block << 20 | byte in it
  std::vector<Block> blocks_;                  // never move; a text lies in one of them
  std::unique_ptr<Index, DeleteIndex> index_;  // null as long as nobody searched
  uint32_t last_ = 0;                          // what add() gave last
  bool in_order_ = true;                       // that was the one before, or the next: the one to come may be, too
  bool ascending_ = true;                      // shorter texts first, then by bytes
  size_t expected_ = 0;                        // see expect()
  bool may_repeat_ = false;                    // see allow_repeats()
  uint64_t came_ = 0;                          // texts that add_all() was given, as long as it counts them
};

}  // namespace hr::facts
