// What a dashboard says of scores and bands: how they are spread, beside the cycle before and beside quotas.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "report/bins.h"
#include "report/dashboard_sections.h"
#include "report/rows.h"
#include "report/small_groups.h"

namespace hr::report {

using model::kNoBand;
using table::Chart;
using table::Column;
using table::Kind;
using table::Show;
using table::Table;

namespace {

// One side of a comparison: the rated people of a run within the scope.
struct Side {
  std::vector<Figure> scores;
  std::map<std::string, int64_t> bands;
  size_t in_bands = 0;  // people
};

Side side_of(const Scope& scope, const facts::Frame& frame) {
  Side side;
  for (size_t row = 0; row < frame.size(); ++row) {
    if (frame.find("status")->text(row) != "rated" || !scope.has_unit(frame.find("org_unit")->text(row))) continue;
    const auto score = frame.find("score")->decimal(row);
    if (const auto figure = score ? snap(score->to_double()) : std::nullopt) side.scores.push_back(*figure);
    const std::string_view band = frame.find("band")->text(row);
    if (band.empty()) continue;
    ++side.bands[std::string(band)];
    ++side.in_bands;
  }
  return side;
}

// The run of now, and the one before.
struct Sides {
  Side now;
  std::optional<Side> before;
};
Sides sides_of(const Scope& scope) {
  Sides sides{side_of(scope, scope.data.scores), std::nullopt};
  if (scope.data.earlier) sides.before = side_of(scope, scope.data.earlier->scores);
  return sides;
}

void note_sides(const Scope& scope, const Sides& sides, Table& out) {
  if (sides.before) {
    const RunHeader& run = scope.data.earlier->header;
    out.notes.push_back({"before: run " + std::to_string(run.run) + " of " + run.cycle,
                         "之前：" + run.cycle + " 的批次 " + std::to_string(run.run)});
  } else {
    out.notes.push_back({"no run of an earlier cycle to stand beside", "没有可对照的上一周期批次"});
  }
}

void put_share(Rows& rows, const char* count, const char* share, int64_t n, size_t of) {
  rows.count(count, n);
  if (of > 0) rows.measure(share, 100 * static_cast<double>(n) / static_cast<double>(of));
}

std::vector<Column> beside_columns() {
  return {make_column("n", "People", "人数", Kind::number, Show::key),
          make_figure_column("share", "Share", "占比", Kind::percent),
          make_column("n_before", "Before", "之前人数", Kind::number),
          make_figure_column("share_before", "Share before", "之前占比", Kind::percent)};
}

void add_columns(Table& out, std::vector<Column> columns) {
  for (Column& column : columns) out.columns.push_back(std::move(column));
}

// All bands of the plans in use, best first, as written.
std::vector<std::string> bands_of(const DashboardData& data) {
  std::vector<std::string> bands;
  for (const scoring::BandGroup& group : data.groups) {
    const model::Scale& scale = *data.definitions.find_scale(data.definitions.plans[group.plan].scale);
    for (const uint32_t band : group.bands) {
      if (std::find(bands.begin(), bands.end(), scale.bands[band].id) == bands.end())
        bands.push_back(scale.bands[band].id);
    }
  }
  return bands;
}

int64_t in_band(const Scope& scope, const scoring::BandGroup& group, const std::string& band) {
  return std::count_if(group.people.begin(), group.people.end(), [&](uint32_t person) {
    const auto place = scope.of_person[person];
    return place && scope.text(scope.people[*place], "band") == band;
  });
}

bool is_within(const Scope& scope, const scoring::BandGroup& group) {
  return !group.people.empty() && std::all_of(group.people.begin(), group.people.end(),
                                              [&](uint32_t person) { return scope.of_person[person].has_value(); });
}

// Places of quotas by band, where every group of the run has them and lies within.
std::map<std::string, int64_t> places_of(const Scope& scope) {
  std::map<std::string, int64_t> places;
  for (const scoring::BandGroup& group : scope.data.groups) {
    if (group.places.empty() || !is_within(scope, group)) return {};
    const model::Scale& scale = *scope.data.definitions.find_scale(scope.data.definitions.plans[group.plan].scale);
    for (size_t i = 0; i < group.bands.size(); ++i) places[scale.bands[group.bands[i]].id] += group.places[i];
  }
  return places;
}

}  // namespace

Table distribution_section(const Scope& scope) {
  Table out;
  out.columns = {make_column("from", "From", "自", Kind::number, Show::key),
                 make_column("to", "To below", "至（不含）", Kind::number, Show::key)};
  add_columns(out, beside_columns());
  Sides sides = sides_of(scope);
  if (sides.now.scores.size() < scope.data.min_shown) return out;
  if (sides.before && sides.before->scores.size() < scope.data.min_shown) sides.before.reset();
  std::vector<Figure> all = sides.now.scores;
  if (sides.before) all.insert(all.end(), sides.before->scores.begin(), sides.before->scores.end());
  const auto [least, most] = std::minmax_element(all.begin(), all.end());
  const int64_t width = bin_width(*least, *most);
  const auto in_bin = [&](const Side& side, int64_t bin) {
    return std::count_if(side.scores.begin(), side.scores.end(), [&](Figure f) { return bin_of(f, width) == bin; });
  };
  Rows rows(out);
  for (int64_t bin = bin_of(*least, width); bin <= bin_of(*most, width); ++bin) {
    rows.begin();
    rows.put("from", bin_edge(bin, width));
    rows.put("to", bin_edge(bin + 1, width));
    put_share(rows, "n", "share", in_bin(sides.now, bin), sides.now.scores.size());
    if (sides.before)
      put_share(rows, "n_before", "share_before", in_bin(*sides.before, bin), sides.before->scores.size());
  }
  rows.end();
  Chart chart{Chart::Kind::columns, {"Share of people by score", "各分数段人数占比"}, "from", {"share"}, {}, {}, {}};
  if (sides.before) chart.series.emplace_back("share_before");
  out.charts.push_back(std::move(chart));
  note_sides(scope, sides, out);
  return out;
}

Table bands_section(const Scope& scope) {
  Table out;
  out.columns = {make_column("band", "Band", "等级", Kind::choice, Show::key)};
  out.columns[0].labels = band_labels(scope.data.definitions);
  add_columns(out, beside_columns());
  out.columns.push_back(make_column("places", "Places", "名额", Kind::number));
  out.columns.push_back(make_column("over", "Over", "超出", Kind::number));
  Sides sides = sides_of(scope);
  if (sides.now.in_bands < scope.data.min_shown) return out;
  if (sides.before && sides.before->in_bands < scope.data.min_shown) sides.before.reset();
  const std::map<std::string, int64_t> places = places_of(scope);
  const auto count = [](const Side& side, const std::string& band) {
    const auto found = side.bands.find(band);
    return found == side.bands.end() ? int64_t{0} : found->second;
  };
  Rows rows(out);
  for (const std::string& band : bands_of(scope.data)) {
    const int64_t n = count(sides.now, band);
    rows.begin();
    rows.put("band", band);
    put_share(rows, "n", "share", n, sides.now.in_bands);
    if (sides.before) put_share(rows, "n_before", "share_before", count(*sides.before, band), sides.before->in_bands);
    const auto place = places.find(band);
    if (place == places.end()) continue;
    rows.count("places", place->second);
    rows.count("over", n - place->second);
  }
  rows.end();
  Chart chart{Chart::Kind::columns, {"Share of people by band", "各等级人数占比"}, "band", {"share"}, {}, {}, {}};
  if (sides.before) chart.series.emplace_back("share_before");
  if (out.rows() > 0) out.charts.push_back(std::move(chart));
  if (out.rows() > 0) note_sides(scope, sides, out);
  return out;
}

Table quotas_section(const Scope& scope) {
  Table out;
  out.columns = {make_column("plan", "Plan", "方案", Kind::text),
                 make_column("group", "Group", "组", Kind::text, Show::key),
                 make_column("band", "Band", "等级", Kind::choice, Show::key),
                 make_column("places", "Places", "名额", Kind::number, Show::key),
                 make_column("n", "People", "人数", Kind::number, Show::key),
                 make_column("over", "Over", "超出", Kind::number, Show::key)};
  out.columns[1].missing = {"(all)", "（全体）"};
  out.columns[2].labels = band_labels(scope.data.definitions);
  Rows rows(out);
  for (const scoring::BandGroup& group : scope.data.groups) {
    const bool few = group.people.size() < scope.data.min_shown;
    if (group.places.empty() || few || !is_within(scope, group)) continue;
    const model::Plan& plan = scope.data.definitions.plans[group.plan];
    for (size_t i = 0; i < group.bands.size(); ++i) {
      const std::string& band = scope.data.definitions.find_scale(plan.scale)->bands[group.bands[i]].id;
      const int64_t n = in_band(scope, group, band);
      rows.begin();
      rows.put("plan", plan.id);
      rows.put("group", group.name);
      rows.put("band", band);
      rows.count("places", group.places[i]);
      rows.count("n", n);
      rows.count("over", n - int64_t{group.places[i]});
    }
  }
  rows.end();
  return out;
}

Table coverage_section(const Scope& scope) {
  static constexpr int kEdges[] = {100, 80, 50, 0};  // percent; from here up to below the one before
  Table out;
  out.columns = {make_figure_column("from", "Coverage from", "覆盖率自", Kind::percent, Show::key),
                 make_figure_column("to", "To below", "至（不含）", Kind::percent),
                 make_column("rated", "Rated", "已评定", Kind::number, Show::key),
                 make_column("not_rated", "Not rated", "未评定", Kind::number, Show::key)};
  out.columns[1].remark = true;
  const bool is_told = std::any_of(scope.people.begin(), scope.people.end(), [&](const ScopePerson& person) {
    return scope.tells(person, model::AccessField::coverage);
  });
  if (!scope.is_shown() || !is_told) return out;
  Rows rows(out);
  for (size_t i = 0; i < std::size(kEdges); ++i) {
    int64_t counts[2] = {0, 0};
    for (const ScopePerson& person : scope.people) {
      if (!scope.tells(person, model::AccessField::coverage)) continue;
      const Decimal coverage = scope.number(person, "coverage").value_or(make_decimal(0));
      const bool inside = !(coverage < make_decimal(kEdges[i])) && (i == 0 || coverage < make_decimal(kEdges[i - 1]));
      if (inside) ++counts[person.rated ? 0 : 1];
    }
    rows.begin();
    rows.put("from", make_decimal(kEdges[i]));
    if (i > 0) rows.put("to", make_decimal(kEdges[i - 1]));
    rows.count("rated", counts[0]);
    rows.count("not_rated", counts[1]);
  }
  rows.end();
  return out;
}

Table reasons_section(const Scope& scope) {
  Table out;
  out.columns = {make_column("reason", "Reason", "原因", Kind::choice, Show::key),
                 make_column("n", "People", "人数", Kind::number, Show::key),
                 make_figure_column("share", "Share of all", "占全部", Kind::percent)};
  out.columns[0].labels = reason_labels();
  if (!scope.is_shown()) return out;
  std::map<std::string, int64_t> reasons;
  for (const ScopePerson& person : scope.people) {
    if (person.rated) continue;
    for (const std::string_view reason : split(scope.text(person, "reasons"), ';')) {
      if (!reason.empty()) ++reasons[std::string(reason)];
    }
  }
  std::vector<std::pair<std::string, int64_t>> sorted(reasons.begin(), reasons.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  Rows rows(out);
  for (const auto& [reason, n] : sorted) {
    rows.begin();
    rows.put("reason", reason);
    put_share(rows, "n", "share", n, scope.people.size());
  }
  rows.end();
  return out;
}

}  // namespace hr::report
