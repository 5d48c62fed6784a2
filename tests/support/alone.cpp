// Everybody of every run in some stores, explained alone and among all: the trees and the rows must be the same.
//
//   alone STORE…
//
// A line a store: how many people were scored alone, and why not those that could not be. The last line is:
// N passed, N failed
#include <cstdio>
#include <map>
#include <string>

#include "base/error.h"
#include "engine/run/score_person.h"
#include "facts/frame.h"
#include "store/store.h"

namespace {

using hr::model::Derivation;

std::string differs(const Derivation& a, const Derivation& b) {
  const bool same = a.node == b.node && a.rule == b.rule && a.args == b.args && a.value == b.value &&
                    a.weight == b.weight && a.effective_weight == b.effective_weight && a.status == b.status &&
                    a.definition == b.definition && a.source == b.source && a.row == b.row &&
                    a.parts.size() == b.parts.size();
  if (!same) return a.node;
  for (size_t i = 0; i < a.parts.size(); ++i) {
    if (std::string found = differs(a.parts[i], b.parts[i]); !found.empty()) return found;
  }
  return {};
}

// The first column in which two rows say something else.
std::string differs(const hr::facts::Frame& a, const hr::facts::Frame& b) {
  for (size_t c = 0; c < a.columns.size(); ++c) {
    if (cell_text(a.columns[c], 0) != cell_text(b.columns[c], 0)) return a.columns[c].name;
  }
  return {};
}

struct Counts {
  int passed = 0;
  int failed = 0;
};

class StoreCheck {
 public:
  StoreCheck(const char* path, Counts& counts)
      : path_(path), store_(hr::store::open_store(path, {.read_only = true})), counts_(counts) {}

  void run() {
    for (const hr::store::Run& run : store_->runs()) check(run);
    std::printf("%s: %d alone", path_, alone_);
    for (const auto& [why, people] : why_) std::printf("; %d not: %s", people, why.c_str());
    std::printf("\n");
  }

 private:
  void check(const hr::store::Run& run) {
    const hr::engine::ScoreOutcome all = hr::engine::rescore(*store_, run, 1);
    for (uint32_t p = 0; p < all.results.size(); ++p) {
      const std::string employee(all.data->dataset.people.id[p]);
      std::string why;
      const auto alone = hr::engine::score_person_alone(*store_, run, employee, {}, why);
      const bool listed = all.results[p].status != hr::model::Status::not_in_cycle;
      if (!alone) {
        ++why_[why];
      } else {
        ++alone_;
        std::string found = listed ? std::string() : "is not listed";
        if (found.empty()) found = differs(explain(*store_, all, p), explain(*store_, *alone, 0));
        if (found.empty()) found = differs(rows_of(all).of_person(p), rows_of(*alone).of_person(0));
        tell(run, employee, found);
      }
    }
  }

  void tell(const hr::store::Run& run, const std::string& employee, const std::string& found) {
    ++(found.empty() ? counts_.passed : counts_.failed);
    if (!found.empty())
      std::printf("%s: run %lld: %s: %s\n", path_, static_cast<long long>(run.id), employee.c_str(), found.c_str());
  }

  const char* path_;
  std::unique_ptr<hr::store::Store> store_;
  Counts& counts_;
  int alone_ = 0;
  std::map<std::string, int> why_;
};

}  // namespace

int main(int argc, char** argv) {
  Counts counts;
  try {
    for (int i = 1; i < argc; ++i) StoreCheck(argv[i], counts).run();
  } catch (const hr::Error& e) {
    std::printf("%s\n", e.message().c_str());
    ++counts.failed;
  }
  std::printf("%d passed, %d failed\n", counts.passed, counts.failed);
  return counts.failed == 0 ? 0 : 1;
}
