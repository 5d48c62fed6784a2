#include "engine/import/checks.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/parallel.h"
#include "base/text.h"
#include "engine/import/duplicates.h"
#include "engine/import/row_checker.h"
#include "ingest/values.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

// Nobody is their own manager. Managers nobody knows, and circles, show in the stored whole: see doubts_about().
void check_managers(RowChecker& checker, const Frame& frame) {
  const Column* id = frame.find("employee_id");
  const Column* manager = frame.find("manager_id");
  if (!id || !manager || !manager->carried) return;
  constexpr size_t kRowsAtATime = size_t{1} << 16U;
  constexpr size_t kAhead = 16;  // managers' texts come in any order, from memory that is in no cache
  std::vector<uint8_t> is_own(frame.size());
  for_ranges(frame.size(), kRowsAtATime, hardware_threads(), [&](size_t begin, size_t end, size_t) {
    std::array<std::string_view, kAhead> ahead;
    for (size_t row = begin; row < end + kAhead; ++row) {
      std::string_view& slot = ahead[row % kAhead];
      if (row >= begin + kAhead) is_own[row - kAhead] = !slot.empty() && slot == id->text(row - kAhead) ? 1 : 0;
      if (row >= end) continue;
      slot = manager->text(row);
      __builtin_prefetch(slot.data());
    }
  });
  for (size_t row = 0; row < frame.size(); ++row) {
    if (is_own[row] != 0) {
      checker.fault(row, "manager_id", "manager-cycle/self", {std::string(manager->text(row))});
    }
  }
}

// An id that looks like another one of the file or the store, and is not the same: full-width letters, or Cyrillic and
// Greek ones among Latin. It would make a second person of one.
void check_lookalikes(RowChecker& checker, const Frame& frame, const References& references) {
  const Column* ids = frame.find("employee_id");
  const std::vector<size_t> foreign = rows_where(frame.size(), [&](size_t row) { return !is_ascii(ids->text(row)); });
  if (foreign.empty()) return;
  std::unordered_set<std::string_view> plain;
  for (size_t row = 0; row < frame.size(); ++row) {
    if (is_ascii(ids->text(row))) plain.insert(ids->text(row));
  }
  for (const size_t row : foreign) {
    const std::string_view id = ids->text(row);
    const std::string looks = look_of(id);
    if (looks != id && (plain.count(looks) > 0 || references.employees.has(looks))) {
      checker.fault(row, "employee_id", "bad-id/looks-like",
                    {std::string(id), "employee_id", looks, ingest::first_foreign(id)}, looks);
    }
  }
}

// 7 where 007 is known: a spreadsheet has taken the zeros, and everybody would come twice.
void check_lost_zeros(RowChecker& checker, const Frame& frame, const References& references) {
  const Column* ids = frame.find("employee_id");
  const std::vector<size_t> numbers = rows_where(
      frame.size(), [&](size_t row) { return is_number(ids->text(row)) && !references.employees.has(ids->text(row)); });
  for (const size_t row : numbers) {
    const std::string_view id = ids->text(row);
    if (const std::string known = references.employees.with_zeros(id); !known.empty())
      checker.fault(row, "employee_id", "bad-id/zeros", {std::string(id), "employee_id", known}, known);
  }
}

const model::Curve* curve_of(const model::Definitions& definitions, const model::Kpi& kpi) {
  return kpi.curve.inline_curve ? &*kpi.curve.inline_curve : definitions.find_curve(kpi.curve.id);
}

bool is_ratio(const model::Definitions& definitions, const model::Kpi& kpi) {
  const model::Curve* curve = curve_of(definitions, kpi);
  if (!curve) return !kpi.curve.given();
  if (const auto* c = std::get_if<model::LinearCurve>(&curve->form)) return c->of == model::Attainment::ratio;
  if (const auto* c = std::get_if<model::PointsCurve>(&curve->form)) return c->of == model::Attainment::ratio;
  if (const auto* c = std::get_if<model::StepsCurve>(&curve->form)) return c->of == model::Attainment::ratio;
  return false;
}

// A key result belongs to an objective that is known, or names an owner for whom one is made.
void check_objectives(RowChecker& checker, const Frame& frame, const References& references) {
  const Column* owner = frame.find("owner");
  if (owner && std::find(owner->codes.begin(), owner->codes.end(), facts::kMissingCode) == owner->codes.end()) return;
  checker.must_be_known("objective", "unknown-objective", references.objectives,
                        [&](std::string_view, size_t row) { return owner && !owner->missing(row); });
}

// A check-in that says nothing would stand as the last one.
void check_empty_checkins(RowChecker& checker, const Frame& frame) {
  const Column* said[] = {frame.find("value"), frame.find("confidence"), frame.find("note")};
  const auto missing = [](const Column* column, size_t row) { return !column || column->missing(row); };
  for (size_t row = 0; row < frame.size(); ++row) {
    if (missing(said[0], row) && missing(said[1], row) && missing(said[2], row))
      checker.fault(row, "value", "required-missing/checkin", {"", "value"});
  }
}

// A ratio divides by its target, so a target that is not above zero cannot be one.
void check_targets(RowChecker& checker, const Frame& frame, const model::Definitions* definitions) {
  const Column* kpi = frame.find("kpi");
  const Column* target = frame.find("target");
  if (!definitions || !kpi || !target) return;
  for (size_t row = 0; row < frame.size(); ++row) {
    const auto value = target->decimal(row);
    const model::Kpi* k = definitions->find_kpi(kpi->text(row));
    if (value && k && value->unscaled <= 0 && is_ratio(*definitions, *k)) {
      checker.fault(row, "target", "bad-value/target-not-positive", {to_string(*value), k->id});
    }
  }
}

// Tiers of one row must get better one by one; exchanged, they would reward the worst. A row that gives only some of
// them is completed from elsewhere, and judged when it is scored.
void check_tiers(RowChecker& checker, const Frame& frame, const model::Definitions* definitions) {
  const Column* kpi = frame.find("kpi");
  const Column* tiers[] = {frame.find("threshold"), frame.find("target"), frame.find("stretch")};
  if (!definitions || !kpi || !tiers[0] || !tiers[1] || !tiers[2]) return;
  for (size_t row = 0; row < frame.size(); ++row) {
    const model::Kpi* k = definitions->find_kpi(kpi->text(row));
    const model::Curve* curve = k ? curve_of(*definitions, *k) : nullptr;
    if (!curve || !std::holds_alternative<model::TiersCurve>(curve->form)) continue;
    const auto a = tiers[0]->decimal(row);
    const auto b = tiers[1]->decimal(row);
    const auto c = tiers[2]->decimal(row);
    const bool lower = k->direction == model::Direction::lower;
    if (!a || !b || !c || (lower ? *a > *b && *b > *c : *a < *b && *b < *c)) continue;
    checker.fault(row, "threshold", lower ? "bad-value/tiers-down" : "bad-value/tiers-up",
                  {k->id, to_string(*a) + ", " + to_string(*b) + ", " + to_string(*c)});
  }
}

}  // namespace

bool is_no_person(std::string_view subject) {
  return subject.starts_with("unit:") || subject.starts_with("job:") || subject == "company";
}

std::vector<RowFault> check_rows(const Frame& frame, TableId table, const std::string& file,
                                 const References& references, const model::Definitions* definitions) {
  RowChecker checker(frame, file);
  const auto is_other = [](std::string_view text, size_t) { return is_no_person(text); };
  switch (table) {
    case TableId::assignments:
      check_managers(checker, frame);
      [[fallthrough]];
    case TableId::feedback:
    case TableId::leaves:
    case TableId::recognitions:
      checker.must_be_known("employee_id", "unknown-employee", references.employees);
      break;
    case TableId::targets:
      checker.must_be_known("subject", "unknown-employee", references.employees, is_other);
      if (!references.kpis.empty()) checker.must_be_known("kpi", "unknown-kpi", references.kpis);
      break;
    case TableId::objectives:
    case TableId::key_results:
      checker.must_be_known("owner", "unknown-employee", references.employees, is_other);
      if (table == TableId::key_results) check_objectives(checker, frame, references);
      break;
    case TableId::checkins:
      checker.must_be_known("key_result", "unknown-key-result", references.key_results);
      check_empty_checkins(checker, frame);
      break;
    case TableId::employees:
      check_managers(checker, frame);
      check_lookalikes(checker, frame, references);
      check_lost_zeros(checker, frame, references);
      break;
    case TableId::org_units:
    case TableId::facts:  // see FactChecks
      break;
  }
  if (table == TableId::targets) {
    check_targets(checker, frame, definitions);
    check_tiers(checker, frame, definitions);
  }
  check_duplicates(checker, frame, table);
  return checker.take();
}

std::vector<RowFault> doubtful_rows(const Frame& frame, TableId table, const std::string& file,
                                    const References& references, const model::Definitions* definitions) {
  if (!definitions || (table != TableId::objectives && table != TableId::key_results)) return {};
  RowChecker checker(frame, file);
  if (table == TableId::key_results) {
    checker.must_be_known("kpi", "unknown-kpi", references.kpis);
  } else {
    KnownIds cycles;
    for (const model::Cycle& cycle : definitions->cycles) cycles.add(cycle.id);
    KnownIds goals = references.objectives;
    const Column* ids = frame.find("objective");
    for (size_t row = 0; row < frame.size(); ++row) goals.add(ids->text(row));
    checker.must_be_known("cycle", "unknown-reference/row-cycle", cycles);
    checker.must_be_known("supports", "unknown-reference/row-goal", goals,
                          [&](std::string_view text, size_t) { return references.key_results.has(text); });
  }
  std::vector<RowFault> doubts = checker.take();
  for (RowFault& doubt : doubts) doubt.reason.severity = Severity::warning;
  return doubts;
}

}  // namespace hr::engine
