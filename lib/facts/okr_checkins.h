// Check-ins by the key results and milestones that they are of.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/unset_vector.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// What is known of a name that check-ins may be of. Ascending: the more is known, the greater.
enum class Known : uint8_t {
  nowhere,
  elsewhere,  // a key result of another cycle
  here,       // a key result, or a milestone of one, of the cycle
};

// Fills the check-ins of `okrs` up to and with `as_of`. `known`: by name of okrs.key_result_names. What is of nothing
// is warned of, each name once.
class CheckInBuilder {
 public:
  CheckInBuilder(std::span<const Known> known, Date as_of, Okrs& okrs, Diagnostics& diagnostics)
      : known_(known), as_of_(as_of), okrs_(okrs), diagnostics_(diagnostics) {}

  void add(const Frame& part, size_t rows);  // parts of a table of `rows` rows, in their order
  void finish();

 private:
  void reserve(size_t rows);
  bool is_here(uint32_t name) const { return name != kUnnamed && known_[name] == Known::here; }
  bool is_elsewhere(uint32_t name, std::string_view text) const;
  void report(uint32_t name, std::string_view text, Origin at);
  bool is_before(uint32_t a, uint32_t b) const;
  void order_by_day(GroupedRows& rows) const;

  std::span<const Known> known_;
  Date as_of_;
  Okrs& okrs_;
  Diagnostics& diagnostics_;
  UnsetVector<uint32_t> of_;  // the name of each
  std::set<std::string, std::less<>> reported_;
};

}  // namespace hr::facts
