#include "store/review_queue.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <span>
#include <tuple>

namespace hr::store {

namespace {

constexpr int kFindingColumns = 9;
constexpr int kDecisionColumns = 8;
constexpr int kUseColumns = 5;
constexpr std::string_view kKinds[] = {"row", "finding"};                // by ItemKind
constexpr std::string_view kVerdicts[] = {"accept", "correct", "drop"};  // by Verdict

template <class Enum>
Enum enum_of(Database& database, std::span<const std::string_view> names, std::string_view name) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) database.damaged("review_decision");
  return static_cast<Enum>(it - names.begin());
}

uint32_t number(const Statement& row, int column) {
  return static_cast<uint32_t>(row.integer(column, 0, UINT32_MAX));
}

auto key_of(const Finding& f) {
  return std::tie(f.rule, f.subject, f.kpi, f.period, f.value);
}

}  // namespace

void append_findings(Database& database, const std::vector<Finding>& findings) {
  const std::vector<Finding> stored = read_findings(database, kNow);
  const auto before = [](const Finding& a, const Finding& b) { return key_of(a) < key_of(b); };
  std::set<Finding, decltype(before)> there(stored.begin(), stored.end(), before);
  int64_t id = database.integer("SELECT coalesce(max(finding_id), 0) + 1 FROM finding");
  RowWriter writer(database, "finding", kFindingColumns);
  for (const Finding& f : findings) {
    if (!there.insert(f).second) continue;
    writer.write({id++, f.rule, f.subject, f.kpi, f.period, f.value, f.severity, Blob{f.message}, f.found_at});
  }
}

std::vector<Finding> read_findings(Database& database, Timestamp known) {
  std::vector<Finding> findings;
  Statement rows(database, "SELECT * FROM finding WHERE found_at <= ? ORDER BY finding_id");
  for (rows.bind({known}); rows.step();) {
    rows.check_row("finding", kFindingColumns);
    findings.push_back({number(rows, 0), rows.string(1), rows.string(2), rows.string(3), rows.string(4), rows.string(5),
                        rows.string(6), rows.string(7), rows.integer(8)});
  }
  return findings;
}

uint32_t append_decision(Database& database, const Decision& d) {
  const int64_t id = database.integer("SELECT coalesce(max(decision_id), 0) + 1 FROM review_decision");
  RowWriter(database, "review_decision", kDecisionColumns)
      .write({id, kKinds[static_cast<size_t>(d.kind)], int64_t{d.item}, kVerdicts[static_cast<size_t>(d.verdict)],
              Blob{d.changes}, d.at, d.by, d.reason});
  return static_cast<uint32_t>(id);
}

std::vector<Decision> read_decisions(Database& database, Timestamp known) {
  std::vector<Decision> decisions;
  Statement rows(database, "SELECT * FROM review_decision WHERE decided_at <= ? ORDER BY decision_id");
  for (rows.bind({known}); rows.step();) {
    rows.check_row("review_decision", kDecisionColumns);
    decisions.push_back({number(rows, 0), enum_of<ItemKind>(database, kKinds, rows.text(1)), number(rows, 2),
                         enum_of<Verdict>(database, kVerdicts, rows.text(3)), rows.string(4), rows.integer(5),
                         rows.string(6), rows.string(7)});
  }
  return decisions;
}

void append_row_uses(Database& database, const std::vector<RowUse>& uses) {
  int64_t id = database.integer("SELECT coalesce(max(use_id), 0) + 1 FROM review_use");
  RowWriter writer(database, "review_use", kUseColumns);
  for (const RowUse& u : uses)
    writer.write({id++, int64_t{u.source}, int64_t{u.line}, int64_t{u.item}, int64_t{u.decision}});
}

std::vector<RowUse> read_row_uses(Database& database) {
  std::vector<RowUse> uses;
  Statement rows(database, "SELECT * FROM review_use ORDER BY use_id");
  while (rows.step()) {
    rows.check_row("review_use", kUseColumns);
    uses.push_back({number(rows, 1), number(rows, 2), number(rows, 3), number(rows, 4)});
  }
  return uses;
}

}  // namespace hr::store
