// `report ranking`: the rated people, best first, within what their plan ranks by.
#include <algorithm>
#include <utility>

#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using table::Column;

namespace {

// Columns of the scores report that a ranking shows, in this order.
constexpr const char* kColumns[] = {"rank",  "rank_group", "employee_id", "name",        "org_unit", "job",
                                    "score", "band",       "percentile",  "coefficient", "coverage", "plan"};

// Rows of the rated people: groups by name, in each by rank, equals by employee.
std::vector<size_t> ranked_rows(const table::Table& all) {
  const Column& rank = *all.find("rank");
  const Column& group = *all.find("rank_group");
  std::vector<size_t> rows;
  for (size_t row = 0; row < all.rows(); ++row) {
    if (rank.present[row] != 0) rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(), [&](size_t a, size_t b) {
    if (group.codes[a] != group.codes[b]) {
      const int order = group.text(a).compare(group.text(b));
      if (order != 0) return order < 0;
    }
    return rank.numbers[a] < rank.numbers[b];
  });
  return rows;
}

// The cells of these rows, in this order, under the same heading.
Column cells_of(const Column& from, const std::vector<size_t>& rows) {
  Column out;
  out.key = from.key;
  out.title = from.title;
  out.kind = from.kind;
  out.decimals = from.decimals;
  out.table_decimals = from.table_decimals;
  out.labels = from.labels;
  out.texts = from.texts;
  for (const size_t row : rows) {
    if (from.kind == table::Kind::number || from.kind == table::Kind::percent)
      out.numbers.push_back(from.numbers[row]);
    else
      out.codes.push_back(from.codes[row]);
    out.present.push_back(from.present[row]);
  }
  return out;
}

}  // namespace

table::Table ranking(facts::Frame frame, const RunHeader& header, const model::Definitions& definitions) {
  const table::Table all = scores(std::move(frame), header, definitions);
  const std::vector<size_t> rows = ranked_rows(all);
  table::Table out;
  out.schema = "hrctl.ranking/v1";
  out.title = {"Ranking of " + header.cycle, header.cycle + " 排名"};
  out.facts = all.facts;
  out.notes = all.notes;
  for (const char* key : kColumns) out.columns.push_back(cells_of(*all.find(key), rows));
  const std::vector<uint8_t>& grouped = out.column("rank_group").present;
  const bool groups = std::any_of(grouped.begin(), grouped.end(), [](uint8_t present) { return present != 0; });
  for (const char* key : {"rank", "employee_id", "score", "band"}) out.column(key).show = table::Show::key;
  for (const char* key : {"job", "percentile"}) out.column(key).show = table::Show::more;
  for (const char* key : {"coefficient", "coverage", "plan"}) out.column(key).show = table::Show::wide;
  if (!groups) out.column("rank_group").show = table::Show::programs;
  const Column& status = *all.find("status");
  size_t unranked = 0;
  for (size_t row = 0; row < all.rows(); ++row) unranked += size_t{status.text(row) == "not_rated"};
  if (unranked > 0) {
    const std::string n = std::to_string(unranked);
    out.notes.push_back({"not rated and so without a rank: " + n, "未评定、没有名次：" + n + " 人"});
  }
  return out;
}

}  // namespace hr::report
