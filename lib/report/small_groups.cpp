#include "report/small_groups.h"

#include <algorithm>
#include <string>

#include "report/columns.h"

namespace hr::report {

std::vector<Shown> shown_groups(std::span<const uint32_t> people, uint32_t min_shown) {
  std::vector<Shown> shown(people.size(), Shown::shown);
  uint64_t hidden = 0;  // people
  const auto hide = [&](size_t group, Shown why) {
    shown[group] = why;
    hidden += people[group];
  };
  for (size_t g = 0; g < people.size(); ++g) {
    if (people[g] < min_shown) hide(g, Shown::suppressed);
  }
  while (hidden > 0 && hidden < min_shown) {  // of one group alone, it always is
    size_t smallest = people.size();
    for (size_t g = 0; g < people.size(); ++g) {
      if (shown[g] == Shown::shown && (smallest == people.size() || people[g] < people[smallest])) smallest = g;
    }
    if (smallest == people.size()) break;
    hide(smallest, Shown::complementary);
  }
  return shown;
}

bool any_hidden(std::span<const Shown> groups) {
  return std::any_of(groups.begin(), groups.end(), [](Shown s) { return s != Shown::shown; });
}

table::Column people_column(const char* key, const char* en, const char* zh, uint32_t min_shown) {
  table::Column column = make_column(key, en, zh, table::Kind::number, table::Show::key);
  const std::string few = "<" + std::to_string(min_shown);
  column.missing = {few, few};
  return column;
}

table::Column shown_column() {
  table::Column column = make_column("state", "Not shown", "不显示", table::Kind::choice);
  column.labels = {{"suppressed", {"too few", "人数太少"}}, {"complementary", {"hidden too", "一并隐去"}}};
  column.remark = true;
  return column;
}

void put_people(Rows& rows, const char* key, uint32_t people, Shown shown) {
  if (shown != Shown::suppressed) rows.count(key, people);
  if (shown == Shown::suppressed) rows.put("state", std::string("suppressed"));
  if (shown == Shown::complementary) rows.put("state", std::string("complementary"));
}

void note_small_groups(table::Table& table, uint32_t min_shown, bool any_hidden, const char* state) {
  const std::string n = std::to_string(min_shown);
  table.facts.emplace_back("min_shown", n);
  table.bare_facts.emplace_back("min_shown");
  if (!any_hidden) return;
  table.column(state).show = table::Show::key;
  table.notes.push_back({"nothing is said about fewer than " + n +
                             " people; where their figures could be had from the others', the smallest other group is "
                             "hidden with them",
                         "不足 " + n + " 人的组不显示数字；若可由其他组推算出来，则连同其余最小的组一并隐去"});
}

}  // namespace hr::report
