// What finds the texts of a dictionary. Internal to it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

#include "facts/counted_ids.h"
#include "facts/dictionary.h"
#include "facts/numbered_ids.h"

namespace hr::facts {

// Ids that count, ids that have a number, and of all other texts an open-addressed table of codes beside their hashes.
struct Dictionary::Index {
  struct Slot {
    uint32_t hash = 0;
    uint32_t code = kMissingCode;  // kMissingCode = free
  };

  std::mutex building;
  std::atomic<size_t> texts{0};  // [0, texts) are in it
  CountedIds counted;            // some of them
  NumberedIds numbered;          // all others of one shape, once that has begun
  size_t hashed = 0;             // how many others
  std::vector<Slot> slots;       // of those: a power of two, at most three quarters full

  size_t place(uint32_t hash) const { return hash & (slots.size() - 1); }
  size_t after(size_t at) const { return (at + 1) & (slots.size() - 1); }
  // The first slot from `at` on that has this hash or is free.
  size_t next(size_t at, uint32_t hash) const {
    while (slots[at].code != kMissingCode && slots[at].hash != hash) at = after(at);
    return at;
  }
  bool has_room_for(size_t n) const { return n <= slots.size() / 4 * 3; }
  // The texts of [first, end), which are not in it.
  void take(const Dictionary& all, uint32_t first, uint32_t end, size_t expected);
  // Makes room for one more of those that are hashed; where most of these are ids of one shape, numbers them first.
  void make_room(const Dictionary& all, size_t expected);

 private:
  using Codes = std::pair<uint32_t, uint32_t>;  // from the first to before the second

  void put(Slot slot) {
    size_t at = place(slot.hash);
    while (slots[at].code != kMissingCode) at = after(at);
    slots[at] = slot;
  }
  void grow(size_t n, size_t expected);
  void put_all(const Dictionary& all, const std::vector<Codes>& codes);
  void begin_numbers(const Dictionary& all, size_t expected);
};

}  // namespace hr::facts
