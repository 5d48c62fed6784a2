// A dictionary that several columns share, and texts that are made when one is asked for.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/dictionary.h"

namespace hr::facts {

// Texts that are made when they are asked for, by whatever thread: of many nobody ever is.
struct LaterTexts {
  size_t size = 0;
  std::function<Dictionary()> all;
  std::function<std::vector<std::string>(std::span<const uint32_t> codes)> some;  // of each code, without all others
};

// A dictionary that columns share: copies are one and the same until one of them adds a text, which then gets its own.
// Codes of columns with the same one can be compared without looking at texts.
class SharedDictionary {
 public:
  SharedDictionary() : SharedDictionary(Dictionary()) {}
  explicit SharedDictionary(Dictionary&& texts) : shared_(std::make_shared<Shared>(std::move(texts))) {}
  // What making them throws, asking for them throws.
  explicit SharedDictionary(LaterTexts later) : shared_(std::make_shared<Shared>(std::move(later))) {}

  uint32_t add(std::string_view text) { return own().add(text); }
  // Shared with nobody from now on: for adding many. Until the next copy of this one.
  Dictionary& own() {
    const Dictionary& those = texts();
    if (shared_.use_count() > 1) shared_ = std::make_shared<Shared>(Dictionary(those));
    return shared_->texts;
  }
  std::optional<uint32_t> find(std::string_view text) const { return texts().find(text); }
  std::string_view operator[](uint32_t code) const { return texts()[code]; }
  // The texts of codes; where they are not made yet, they are not made for this.
  std::vector<std::string> some(std::span<const uint32_t> codes) const;
  size_t size() const { return is_made() ? shared_->texts.size() : shared_->later.size; }
  const Dictionary& texts() const {
    if (!is_made()) make_texts(*shared_);
    return shared_->texts;
  }
  operator const Dictionary&() const { return texts(); }
  bool same_as(const SharedDictionary& other) const { return shared_ == other.shared_; }
  // One of its own that begins with these texts.
  SharedDictionary on_top() const { return SharedDictionary(Dictionary({shared_, &texts()})); }
  // How many texts have the code that they have in `base`: all of them in the same one and in one on top of it.
  size_t begins_with(const SharedDictionary& base) const {
    return same_as(base) || (is_made() && shared_->texts.base() == &base.shared_->texts) ? base.size() : 0;
  }

 private:
  struct Shared {
    explicit Shared(Dictionary&& given) : texts(std::move(given)), made(true) {}
    explicit Shared(LaterTexts&& given) : later(std::move(given)) {}

    Dictionary texts;
    LaterTexts later;  // until they are made
    std::mutex making;
    std::atomic<bool> made = false;
  };

  bool is_made() const { return shared_->made.load(std::memory_order_acquire); }
  static void make_texts(Shared& shared);

  std::shared_ptr<Shared> shared_;  // never null, but in one that was moved from
};

}  // namespace hr::facts
