#include "store/cycle_history.h"

#include <algorithm>
#include <iterator>

namespace hr::store {

namespace {

constexpr int kEventColumns = 7;
constexpr int kChangeColumns = 14;
constexpr std::string_view kActions[] = {"open", "freeze", "close", "reopen"};  // by CycleAction

CycleAction action_of(Database& database, std::string_view name) {
  const auto* const it = std::find(std::begin(kActions), std::end(kActions), name);
  if (it == std::end(kActions)) database.damaged("cycle_event");
  return static_cast<CycleAction>(it - std::begin(kActions));
}

}  // namespace

void append_cycle_event(Database& database, const CycleEvent& event) {
  const int64_t id = database.integer("SELECT coalesce(max(event_id), 0) + 1 FROM cycle_event");
  RowWriter(database, "cycle_event", kEventColumns)
      .write(
          {id, event.cycle, kActions[static_cast<size_t>(event.action)], event.run, event.at, event.by, event.reason});
}

std::vector<CycleEvent> read_cycle_events(Database& database, Timestamp known) {
  std::vector<CycleEvent> events;
  Statement rows(database, "SELECT * FROM cycle_event WHERE at <= ? ORDER BY event_id");
  for (rows.bind({known}); rows.step();) {
    rows.check_row("cycle_event", kEventColumns);
    events.push_back({rows.string(1), action_of(database, rows.text(2)), rows.integer(3), rows.integer(4),
                      rows.string(5), rows.string(6)});
  }
  return events;
}

void append_target_changes(Database& database, const std::vector<TargetChange>& changes) {
  int64_t id = database.integer("SELECT coalesce(max(change_id), 0) + 1 FROM target_change");
  RowWriter writer(database, "target_change", kChangeColumns);
  for (const TargetChange& c : changes) {
    writer.write({id++, c.at, c.by, c.reason, c.cycle, c.stage, c.subject, c.kpi, c.field, c.before, c.after,
                  c.definitions_version, int64_t{c.source}, int64_t{c.row}});
  }
}

std::vector<TargetChange> read_target_changes(Database& database, Timestamp known) {
  std::vector<TargetChange> changes;
  Statement rows(database, "SELECT * FROM target_change WHERE at <= ? ORDER BY change_id");
  for (rows.bind({known}); rows.step();) {
    rows.check_row("target_change", kChangeColumns);
    TargetChange c;
    c.at = rows.integer(1);
    c.by = rows.string(2);
    c.reason = rows.string(3);
    c.cycle = rows.string(4);
    c.stage = rows.string(5);
    c.subject = rows.string(6);
    c.kpi = rows.string(7);
    c.field = rows.string(8);
    c.before = rows.string(9);
    c.after = rows.string(10);
    c.definitions_version = rows.integer(11, 0, INT64_MAX);
    c.source = static_cast<uint32_t>(rows.integer(12, 0, UINT32_MAX));
    c.row = static_cast<uint32_t>(rows.integer(13, 0, UINT32_MAX));
    changes.push_back(std::move(c));
  }
  return changes;
}

}  // namespace hr::store
