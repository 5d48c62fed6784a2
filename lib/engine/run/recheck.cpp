#include "engine/run/recheck.h"

#include <algorithm>
#include <iterator>

#include "base/parallel.h"
#include "engine/run/calibration.h"

namespace hr::engine {

namespace {

constexpr uint32_t kChunk = 256;  // people; fixed, so that the order of what is found never depends on the threads

struct Part {
  uint64_t people = 0;
  uint64_t nodes = 0;
  std::vector<recheck::Fault> faults;
  recheck::Standings standings;
};

void check_one(const ScoreOutcome& outcome, const scoring::Scorer::Standings& standings, uint32_t person,
               recheck::Checker& checker, Part& part) {
  if (outcome.results[person].status == model::Status::not_in_cycle) return;
  const std::string id(outcome.data->dataset.people.id[person]);
  model::Derivation tree = outcome.scorer->explain(person, outcome.results, standings);
  explain_moves(outcome, person, tree);
  for (recheck::Fault& fault : checker.check(tree)) {
    fault.employee = id;
    part.faults.push_back(std::move(fault));
  }
  part.standings.add(id, tree);
  ++part.people;
}

}  // namespace

RecheckOutcome recheck_run(const ScoreOutcome& outcome, int threads, const Progress& progress) {
  const auto people = static_cast<uint32_t>(outcome.results.size());
  const std::shared_ptr<const scoring::Scorer::Standings> standings = outcome.scorer->standings(outcome.results);
  std::vector<Part> parts((people + kChunk - 1) / kChunk);
  std::vector<recheck::Checker> checkers(static_cast<size_t>(threads));  // by worker
  for_pieces(parts.size(), threads, [&](size_t piece, size_t worker) {
    const auto begin = static_cast<uint32_t>(piece) * kChunk;
    if (worker == 0) report(progress, "progress/recheck", begin, people);
    recheck::Checker& checker = checkers[worker];
    const uint64_t before = checker.checked();
    for (uint32_t p = begin; p < std::min(people, begin + kChunk); ++p)
      check_one(outcome, *standings, p, checker, parts[piece]);
    parts[piece].nodes = checker.checked() - before;
  });
  report(progress, "progress/recheck", people, people);
  RecheckOutcome out;
  recheck::Standings all;
  for (Part& part : parts) {
    out.people += part.people;
    out.nodes += part.nodes;
    std::move(part.faults.begin(), part.faults.end(), std::back_inserter(out.faults));
    all.add(std::move(part.standings));
  }
  std::vector<recheck::Fault> standing = all.check();
  std::move(standing.begin(), standing.end(), std::back_inserter(out.faults));
  return out;
}

RecheckOutcome recheck_person(const ScoreOutcome& outcome, uint32_t person) {
  Part part;
  recheck::Checker checker;
  check_one(outcome, *standings_of(outcome), person, checker, part);
  return {part.people, checker.checked(), std::move(part.faults)};
}

}  // namespace hr::engine
