// The figures that one person's score is made of, each as something that can be moved: which facts or check-ins carry
// it, in which steps, and how the dataset looks with it moved. What moving gives, only scoring says (advice.cpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "facts/dataset.h"
#include "model/advice.h"
#include "model/definitions.h"
#include "model/derivation.h"
#include "scoring/calendar.h"

namespace hr::engine {

// How a change of k steps falls on the facts or check-ins that carry a lever.
enum class Carry : uint8_t {
  sum,        // up: the last fact; down: the last first, then those before it
  last,       // the last fact
  each,       // every fact alike
  check_in,   // a new check-in
  milestones  // k more of the open ones, in their order, are done
};

inline constexpr int64_t kNoLeast = -(int64_t{1} << 45);  // below 0, too

struct LeverCell {
  Period period;
  Decimal base;                         // the fact as it is; 0 where there is none
  facts::FactColumn* column = nullptr;  // set by make_room()
};

struct Handle {
  model::Lever shown;
  Carry carry = Carry::last;
  bool of_unit = false;
  uint32_t subject = 0;               // person, or unit
  std::vector<LeverCell> cells;       // ascending by period
  bool missing = false;               // no fact or check-in yet
  Decimal base;                       // of a check-in: the current value, or the start
  std::vector<std::string> open;      // milestones not done
  Decimal unit{1, 0};                 // one step: what the data are told in
  int64_t natural = 1;                // steps that people think in
  int64_t least = 0;                  // most steps down that are left, as a negative number; kNoLeast: no end
  std::vector<int64_t> hints;         // steps at which something may happen: a target, the end of a range
  std::string item_node, value_node;  // of the derivation
};

struct Found {
  std::vector<Handle> handles;
  std::vector<std::string> fired, broken;
  bool okr_left_out = false;
};

// What the derivation of a person's score is made of. Feedback is no lever: raters decide.
Found find_levers(const model::Derivation& tree, const model::Definitions& definitions, const facts::Dataset& dataset,
                  const scoring::Calendar& calendar, uint32_t person);

// Columns for what has no fact yet, and pointers to all. True when a column was made: scorers made before are void.
bool make_room(facts::Dataset& dataset, std::vector<Handle>& handles);

// The rows that k steps come to; none when a number would not fit.
std::optional<std::vector<model::Change>> changes_of(const Handle& handle, const facts::Dataset& dataset, int64_t k);

// The dataset with k steps taken, for as long as this lives.
class Moved {
 public:
  Moved(facts::Dataset& dataset, const Handle& handle, const std::vector<model::Change>& changes);
  ~Moved();
  Moved(const Moved&) = delete;
  Moved& operator=(const Moved&) = delete;

 private:
  void move_facts(const std::vector<model::Change>& changes);
  void move_checkins(const std::vector<model::Change>& changes);

  facts::Dataset& dataset_;
  const Handle& handle_;
  std::vector<std::pair<facts::FactColumn*, std::optional<double>>> before_;
};

const model::Derivation* find_node(const model::Derivation& tree, const std::string& path);

}  // namespace hr::engine
