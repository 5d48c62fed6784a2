// Derivations of everything that the policy tests score: each follows as it is, and no longer once something in it is
// changed.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "engine/policy_tests.h"
#include "engine/run/calibration.h"
#include "i18n/message.h"
#include "recheck/exact.h"
#include "recheck/recheck.h"

using namespace hr;
using model::Derivation;

namespace {

std::vector<Derivation> trees_of_policy_tests() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(HRCTL_SOURCE_DIR "/tests/policy")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  std::vector<Derivation> trees;
  const auto see = [&](const engine::ScoreOutcome& outcome) {
    for (uint32_t p = 0; p < outcome.results.size(); ++p) {
      trees.push_back(outcome.scorer->explain(p, outcome.results));
      engine::explain_moves(outcome, p, trees.back());
    }
  };
  for (const std::string& file : files) engine::run_policy_tests(file, see);
  return trees;
}

const std::vector<Derivation>& trees() {
  static const std::vector<Derivation> kTrees = trees_of_policy_tests();
  return kTrees;
}

void each_node(Derivation& tree, const std::function<void(Derivation&)>& see) {
  see(tree);
  for (Derivation& part : tree.parts) each_node(part, see);
}

bool follows(const Derivation& tree) {
  recheck::Checker checker;
  return checker.check(tree).empty();
}

// 1e-9 more; of large values, of which 15 digits are printed, ten units of the last of these.
std::string a_bit_more(const std::string& text) {
  const auto x = recheck::Exact::parse(text);
  if (!x) return text.empty() ? "1" : text + "x";
  recheck::Exact step = recheck::Exact(1) / recheck::Exact(1'000'000'000);
  const size_t whole_digits = std::min(text.find('.'), text.size());
  for (size_t i = 5; i < whole_digits; ++i) step = step * recheck::Exact(10);
  return (*x + step).text(18);
}

std::string one_more(const std::string& text) {
  const auto x = recheck::Exact::parse(text);
  return x ? (*x + recheck::Exact(1)).text(18) : text + "x";
}

// What was changed → how often nobody noticed, of how many.
struct Tally {
  size_t missed = 0;
  size_t tried = 0;
};

class Changes {
 public:
  void run(const Derivation& tree) {
    copy_ = tree;
    each_node(copy_, [&](Derivation& d) { change(d); });
  }
  const std::map<std::string, Tally>& tally() const { return tally_; }

 private:
  void change(Derivation& d) {
    const Derivation before = d;
    const auto attempt = [&](const std::string& what, const std::function<void()>& alter) {
      alter();
      Tally& t = tally_[d.rule + " " + what];
      ++t.tried;
      if (follows(copy_)) ++t.missed;
      d = before;
    };
    if (!d.value.empty()) attempt("value", [&] { d.value = a_bit_more(d.value); });
    if (!d.value.empty()) attempt("value gone", [&] { d.value.clear(); });
    if (!d.weight.empty()) attempt("weight", [&] { d.weight = a_bit_more(d.weight); });
    if (!d.effective_weight.empty())
      attempt("effective weight", [&] { d.effective_weight = a_bit_more(d.effective_weight); });
    if (!d.status.empty()) attempt("status", [&] { d.status.clear(); });
    for (size_t i = 0; i < d.args.size(); ++i) {
      if (!d.args[i].empty()) attempt("argument " + std::to_string(i), [&] { d.args[i] = one_more(d.args[i]); });
    }
    if (!d.parts.empty()) attempt("part", [&] { d.parts.erase(d.parts.begin()); });
  }

  Derivation copy_;
  std::map<std::string, Tally> tally_;
};

// What nothing in a tree contradicts: names and days, conditions on attributes, bounds that were not reached, counts of
// raters, and what was left out where nothing counts anyway.
const std::set<std::string> kFree{"adjustment-none argument 1",
                                  "adjustment-none argument 2",
                                  "applies-not argument 0",
                                  "applies-not argument 1",
                                  "applies-not argument 2",
                                  "applies-not status",
                                  "band argument 1",
                                  "band-exact argument 1",
                                  "band-none argument 1",
                                  "band-vetoed argument 1",
                                  "band-vetoed argument 5",
                                  "calibration argument 2",
                                  "calibration argument 3",
                                  "checkin argument 0",
                                  "checkin-note argument 0",
                                  "component-zero part",
                                  "coverage argument 1",
                                  "coverage-none argument 1",
                                  "curve-inside argument 2",
                                  "curve-inside argument 4",
                                  "distribution argument 5",
                                  "distribution-small argument 0",
                                  "distribution-small argument 1",
                                  "distribution-small argument 3",
                                  "distribution-small argument 4",
                                  "distribution-small argument 5",
                                  "distribution-tied argument 1",
                                  "distribution-tied argument 5",
                                  "distribution-tied-up argument 1",
                                  "distribution-tied-up argument 5",
                                  "eligibility-in-service argument 0",
                                  "eligibility-not-in-service argument 0",
                                  "eligibility-not-when argument 0",
                                  "eligibility-not-when argument 1",
                                  "eligibility-when argument 0",
                                  "eligibility-when argument 1",
                                  "fact argument 0",
                                  "fact-each argument 0",
                                  "fact-out-of-service argument 0",
                                  "fact-out-of-service argument 3",
                                  "fact-share argument 0",
                                  "feedback-folded argument 0",
                                  "feedback-folded-none argument 0",
                                  "feedback-group argument 3",
                                  "feedback-group argument 4",
                                  "feedback-group-trimmed argument 3",
                                  "feedback-group-trimmed argument 4",
                                  "feedback-hidden argument 0",
                                  "feedback-none argument 0",
                                  "feedback-none weight",
                                  "feedback-self argument 1",
                                  "feedback-suppressed argument 0",
                                  "guardrail-unknown argument 1",
                                  "kpi-carried argument 1",
                                  "kpi-carried argument 2",
                                  "kpi-last-spell part",
                                  "kpi-not-carried argument 1",
                                  "kpi-not-carried argument 2",
                                  "kpi-not-carried-none argument 2",
                                  "kpi-partial argument 2",
                                  "kpi-period-none part",
                                  "kpi-spell argument 0",
                                  "kpi-spell argument 1",
                                  "kpi-spell-none argument 0",
                                  "kpi-spell-none argument 1",
                                  "kpi-spell-none part",
                                  "kpi-spell-periods argument 0",
                                  "kpi-spell-periods argument 1",
                                  "kpi-spell-skipped argument 0",
                                  "kpi-spell-skipped argument 1",
                                  "kpi-spell-skipped argument 2",
                                  "kpi-spell-skipped part",
                                  "milestone-done argument 0",
                                  "milestone-done argument 1",
                                  "milestone-open argument 0",
                                  "no-scorecard part",
                                  "no-scorecard weight",
                                  "okr-component-left-out weight",
                                  "okr-component-none part",
                                  "okr-component-shown weight",
                                  "okr-component-alone weight",
                                  "okr-no-objective weight",
                                  "rank-by argument 3",
                                  "rank-by argument 5",
                                  "rank-by-alone argument 3",
                                  "rank-by-alone argument 5",
                                  "roll-up-mean-none part",
                                  "roll-up-min-none part",
                                  "roll-up-weighted-none part",
                                  "roll-up-weighted-none weight",
                                  "score argument 0",
                                  "score-no-plan part",
                                  "score-not-rated argument 0",
                                  "service argument 2",
                                  "service-leave argument 0",
                                  "service-leave-kept argument 0",
                                  "service-spell-of argument 2",
                                  "target-rate argument 1",
                                  "value argument 0",
                                  "value-max part",
                                  "value-min part",
                                  "veto-fired argument 2",
                                  "veto-no-fact argument 1",
                                  "veto-no-fact argument 2",
                                  "veto-not-fired argument 1",
                                  "veto-not-fired argument 2",
                                  "vetoes-none part",
                                  "weighted-mean-none part"};

}  // namespace

TEST_CASE("every derivation of the policy tests follows") {
  REQUIRE(trees().size() > 150);
  for (const Derivation& tree : trees()) {
    recheck::Checker checker;
    for (const recheck::Fault& f : checker.check(tree))
      FAIL_CHECK(f.node, ": ", recheck::name_of(f.part), ": ", f.says, " / ", f.follows);
  }
}

TEST_CASE("no value may be changed by 1e-9, and nothing else that something in the tree decides") {
  Changes changes;
  for (const Derivation& tree : trees()) changes.run(tree);
  REQUIRE(changes.tally().size() > 300);
  for (const auto& [rule, t] : changes.tally()) {
    const std::string what = rule;
    CAPTURE(what);
    const bool is_value = what.size() > 6 && what.find(" value") != std::string::npos;
    if (is_value) CHECK(t.missed == 0);
    if (kFree.count(what) == 0) CHECK(t.missed < t.tried);
  }
}

TEST_CASE("every rule of the messages is computed again, or says why not") {
  std::set<std::string> known;
  for (const recheck::RuleNote& note : recheck::rules()) known.emplace(note.rule);
  for (const std::string_view key : i18n::keys()) {
    constexpr std::string_view kPrefix = "explain/";
    if (key.substr(0, kPrefix.size()) != kPrefix) continue;
    INFO("a rule without an entry in lib/recheck/recheck.cpp: ", key);
    CHECK(known.count(std::string(key.substr(kPrefix.size()))) == 1);
  }
}

TEST_CASE("an unknown rule does not pass") {
  Derivation tree = trees().front();
  tree.rule = "guessed";
  CHECK_FALSE(follows(tree));
}

TEST_CASE("ranks and places agree over everybody") {
  const auto person = [](const std::string& figure, const std::string& rank, const std::string& first,
                         const std::string& last) {
    Derivation tree;
    tree.node = "score";
    tree.args = {"plan"};
    tree.parts.resize(2);
    tree.parts[0].node = "rank";
    tree.parts[0].args = {rank, "3", "", "", figure, ""};
    tree.parts[1].node = "distribution";
    tree.parts[1].args = {first, last, "3", "", "", ""};
    return tree;
  };
  const auto faults = [&](const std::string& rank_of_second, const std::string& last_of_first) {
    recheck::Standings standings;  // 95, 90, 90: ranks 1 2 2, places 1, 2 to 3, 2 to 3
    standings.add("A", person("95", "1", "1", last_of_first));
    standings.add("B", person("90", rank_of_second, "2", "3"));
    standings.add("C", person("90", "2", "2", "3"));
    return standings.check();
  };
  CHECK(faults("2", "1").empty());
  const auto rank = faults("3", "1");
  REQUIRE(rank.size() == 1);
  CHECK(rank[0].employee == "B");
  CHECK(rank[0].follows == "2");
  CHECK(faults("2", "2").size() == 1);
}
