// Does a derivation follow from its own leaves? Every node of the tree (model/derivation.h) is computed again from its
// arguments and its parts, in exact arithmetic, by the rule that it names; docs/spec/scoring.md is what it is checked
// against. Independent of the kernels that made the tree: this module sees nothing but the tree. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/derivation.h"

namespace hr::recheck {

// What of a node does not follow: its figure, a weight, its state, the sentence with its arguments, what stands below.
enum class Part : uint8_t { value, weight, effective_weight, status, step, parts };
const char* name_of(Part part);  // "effective_weight"

// A node that does not follow. Figures are compared at nine decimals, half away from zero; values and targets, which
// are printed with 15 digits, within what these digits leave open.
struct Fault {
  std::string employee;  // filled by who knows it
  std::string node;      // path
  Part part = Part::value;
  std::string says;     // what stands there; empty = nothing
  std::string follows;  // what should; empty = nothing
};

// Checks one tree after another; keeps compiled formulas between them. Not shared between threads.
class Checker {
 public:
  Checker();
  ~Checker();
  Checker(const Checker&) = delete;
  Checker& operator=(const Checker&) = delete;

  // The faults of one person's tree (root "score"), in the order of its nodes; empty: all of it follows.
  std::vector<Fault> check(const model::Derivation& tree);
  uint64_t checked() const;  // nodes so far

  struct State;  // internal

 private:
  std::unique_ptr<State> state_;
};

// What one person's tree says about the others: whether rank, size of the group and places of a forced distribution
// agree over all people of a run.
class Standings {
 public:
  void add(const std::string& employee, const model::Derivation& tree);
  void add(Standings&& other);
  std::vector<Fault> check() const;  // by employee within each group

 private:
  struct Entry {
    std::string employee;
    std::string group;  // "rank" or "distribution", what of, and which
    std::string figure;
    std::string node;
    std::string first, last, size;  // last: of a distribution
  };
  std::vector<Entry> entries_;
};

// Every rule of the message table explain.def: computed again, or a statement that nothing in the tree decides.
struct RuleNote {
  std::string_view rule;
  std::string_view stated;  // why it is not computed again; empty = it is
};
std::span<const RuleNote> rules();

}  // namespace hr::recheck
