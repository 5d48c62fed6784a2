// A run from the one before has the hash of one that scores everybody: of people in two blocks of the store, by several
// threads, in slices.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../store/store_fixture.h"
#include "engine/cycle/apply.h"
#include "engine/run/score.h"

using namespace hr;
using model::TableId;
using Rows = std::vector<std::vector<std::string>>;

namespace {

constexpr uint32_t kPeople = 70'000;  // blocks are of 65,536

std::string id_of(uint32_t person) {
  return "E" + std::to_string(100'000 + person);
}

const char* const kPolicy = R"(version: 1
kpis: [{id: sales, nature: additive}, {id: fines, nature: additive}]
scorecards:
  - id: rep
    kpis: [{kpi: sales, target: 100}]
    vetoes: [{id: fined, when: fines > 0, band: B}]
cycles: [{id: H1, from: 2026-01-01, to: 2026-06-30, plan: p}]
plans:
  - id: p
    components: {kpi: 60, okr: 40}
    min_coverage: 50
    scale: s
    distribution: {group_by: job, quotas: {A: 20, B: 50, C: 30}, ties: flag}
scales: [{id: s, bands: [{id: A, from: 90}, {id: B, from: 50}, {id: C, from: 0}]}]
)";

class World {
 public:
  World() {
    const std::vector<defs::DefinitionFile> files{{"policy.yaml", kPolicy}};
    const auto applied = engine::apply(*store_, {files, defs::load_definitions(files), "", false, {"li.na", 1}});
    REQUIRE(applied.stored);
    Rows people, facts, objectives, key_results, checkins;
    for (uint32_t p = 0; p < kPeople; ++p) {
      people.push_back({id_of(p), "J" + std::to_string(p % 7), "2020-01-01"});
      if (p % 5 != 0) facts.push_back({id_of(p), "sales", "2026H1", std::to_string(p * 7 % 130)});
      if (p % 97 == 0) facts.push_back({id_of(p), "fines", "2026H1", "1"});
      if (p % 3 != 0) continue;
      const std::string number = std::to_string(p);
      objectives.push_back({"O" + number, "H1", id_of(p), "more"});
      key_results.push_back({"K" + number, "O" + number, "committed", "half", "0", "100"});
      checkins.push_back({"K" + number, "2026-05-01", std::to_string(p % 101)});
    }
    take(TableId::employees, {"employee_id", "job", "hire_date"}, people);
    take(TableId::objectives, {"objective", "cycle", "owner", "title"}, objectives);
    take(TableId::key_results, {"key_result", "objective", "type", "title", "start", "target"}, key_results);
    take(TableId::checkins, {"key_result", "date", "value"}, checkins);
    correct(facts);
  }

  void correct(const Rows& facts) { store::import_facts(*store_, store_->next_timestamp(1), facts); }

  bool is_sound() const { return store_->health().integrity_ok; }

  engine::ScoreOutcome score(bool incremental) {
    engine::ScoreRequest request;
    request.cycle = "H1";
    request.as_of = *make_date(2026, 6, 30);
    request.threads = 3;
    request.memory = 1;  // a slice for each block
    request.keeps_facts = false;
    request.incremental = incremental;
    request.who_when = {"li.na", 1};
    request.program_version = "1";
    engine::ScoreOutcome outcome = engine::score(*store_, request, {});
    REQUIRE_FALSE(has_errors(outcome.diagnostics));
    return outcome;
  }

 private:
  void take(TableId table, const std::vector<std::string>& headings, const Rows& rows) {
    store::import_records(*store_, store_->next_timestamp(1), store::frame_of(table, headings, rows), table);
  }

  std::unique_ptr<store::Store> store_ = store::open_store(":memory:");
};

// Scores both ways. How many people the incremental run scored. `kpis_alone`: nothing but what KPIs say is another.
uint64_t check(World& world, bool kpis_alone = true) {
  const engine::ScoreOutcome some = world.score(true);
  const engine::ScoreOutcome all = world.score(false);
  REQUIRE(some.taken_over);
  CHECK(some.taken_over->run == some.run.id - 1);
  CHECK(some.taken_over->people == kPeople);
  CHECK(some.taken_over->kpis_alone == kpis_alone);
  CHECK(some.run.result_hash == all.run.result_hash);
  CHECK(some.run.rated == all.run.rated);
  CHECK_FALSE(all.taken_over);
  return some.taken_over->scored;
}

}  // namespace

TEST_CASE("a run from the one before has the hash of one that scores everybody") {
  World world;
  const engine::ScoreOutcome first = world.score(true);
  CHECK(first.taken_over->run == 0);
  CHECK(first.taken_over->why == "score-whole/no-run");

  // Nothing has changed: those alone are scored whom a veto bounds, because places move bands. Without sales nobody is
  // rated: OKRs alone cover 40 percent.
  uint64_t fined = 0;
  for (uint32_t p = 0; p < kPeople; p += 97) fined += p % 5 != 0;
  CHECK(check(world) == fined);

  Rows corrected;
  uint64_t scored = fined;
  for (uint32_t p = 1; p < kPeople; p += 100) {
    if (p % 5 == 0) continue;
    corrected.push_back({id_of(p), "sales", "2026H1", std::to_string(p % 11 * 12)});
    scored += p * 7 % 130 != p % 11 * 12 && p % 97 != 0;
  }
  world.correct(corrected);
  CHECK(check(world) == scored);

  // Somebody of the second block alone, who had nothing before, and is rated now.
  world.correct({{id_of(69'995), "sales", "2026H1", "50"}});
  CHECK(check(world, /*kpis_alone=*/false) == fined + 1);
  CHECK(world.is_sound());  // cells that runs share are those that each was hashed from
}
