// `report distribution`: how a figure is spread, in each group, beside an earlier run.
#include <algorithm>
#include <map>
#include <set>

#include "report/analysis.h"
#include "report/bins.h"
#include "report/columns.h"
#include "report/rows.h"
#include "report/small_groups.h"
#include "stats/figures.h"
#include "stats/moments.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

namespace {

Labels section_labels() {
  return {{"quantiles", {"Quantiles", "分位数"}}, {"histogram", {"Histogram", "直方图"}}, {"band", {"Bands", "等级"}}};
}

constexpr struct {
  const char* key;
  const char* en;
  const char* zh;
  uint32_t percent;
} kQuantiles[] = {{"p10", "P10", "P10", 10},
                  {"q1", "Q1", "下四分位", 25},
                  {"median", "Median", "中位数", 50},
                  {"q3", "Q3", "上四分位", 75},
                  {"p90", "P90", "P90", 90}};

std::vector<Column> distribution_columns(const ScoredRun& run, const AnalysisRequest& request) {
  const Show group = request.attribute.empty() ? Show::programs : Show::key;
  std::vector<Column> columns{make_column("section", "Section", "部分", Kind::choice, Show::key),
                              make_column("group", "Group", "组", Kind::text, group),
                              make_column("from", "From", "自", Kind::number, Show::key),
                              make_column("to", "To below", "至（不含）", Kind::number, Show::key),
                              make_column("band", "Band", "等级", Kind::choice, Show::key),
                              people_column("n", "People", "人数", request.min_shown),
                              make_figure_column("share", "Share", "占比", Kind::percent)};
  columns[0].labels = section_labels();
  if (!request.attribute.empty()) columns[1].missing = {"(none)", "（无）"};
  columns[4].labels = band_labels(run.definitions);
  for (const auto& q : kQuantiles) columns.push_back(make_figure_column(q.key, q.en, q.zh));
  columns.push_back(make_figure_column("mean", "Mean", "均值", Kind::number, Show::more));
  columns.push_back(make_figure_column("deviation", "Std dev", "标准差", Kind::number, Show::more));
  columns.push_back(make_figure_column("skewness", "Skewness", "偏度", Kind::number, Show::wide));
  columns.push_back(make_column("n_before", "Before", "之前人数", Kind::number));
  columns.push_back(make_figure_column("share_before", "Share before", "之前占比", Kind::percent));
  columns.push_back(make_figure_column("median_before", "Median before", "之前中位数"));
  columns.push_back(shown_column());
  return columns;
}

// One run's side of the report.
struct Side {
  const ScoredRun* run = nullptr;
  std::vector<Group> groups;
  std::vector<Shown> shown;

  const Group* find(const std::string& name) const {
    for (size_t i = 0; i < groups.size(); ++i) {
      if (groups[i].name == name && shown[i] == Shown::shown) return &groups[i];
    }
    return nullptr;
  }
};

Side side_of(const ScoredRun& run, const Measure& measure, const AnalysisRequest& request) {
  Side side{&run, {}, {}};
  const std::vector<OptionalFigure> figures = figures_of(run, std::span(&measure, 1), request.threads)[0];
  side.groups = groups_of(run, request.attribute, figures);
  side.shown = shown_of(side.groups, request.min_shown);
  return side;
}

// People by bin.
std::map<int64_t, uint32_t> bins_of(const Group& group, int64_t width) {
  std::map<int64_t, uint32_t> bins;
  for (const Figure f : group.figures) ++bins[bin_of(f, width)];
  return bins;
}

const std::string& band_of(const ScoredRun& run, uint32_t person) {
  static const std::string kNone;
  const model::PersonResult& result = run.results[person];
  if (result.band == model::kNoBand) return kNone;
  return run.definitions.find_scale(run.definitions.plans[result.plan].scale)->bands[result.band].id;
}

// People by band; "": none.
std::map<std::string, uint32_t> bands_of(const ScoredRun& run, const Group& group) {
  std::map<std::string, uint32_t> bands;
  for (const uint32_t person : group.people) ++bands[band_of(run, person)];
  return bands;
}

class Report {
 public:
  Report(const Side& now, const Side* before, table::Table& out) : now_(now), before_(before), rows_(out) {
    find_bands();
    find_bins();
  }

  void build() {
    for (size_t i = 0; i < now_.groups.size(); ++i) add_quantiles(now_.groups[i], now_.shown[i]);
    for (size_t i = 0; i < now_.groups.size(); ++i) {
      if (now_.shown[i] == Shown::shown) add_histogram(now_.groups[i]);
    }
    for (size_t i = 0; i < now_.groups.size() && !bands_.empty(); ++i) {
      if (now_.shown[i] == Shown::shown) add_bands(now_.groups[i]);
    }
    rows_.end();
  }

 private:
  const Group* earlier(const Group& group) const { return before_ != nullptr ? before_->find(group.name) : nullptr; }

  // All bands of the scales that shown people have one of, best first, as written.
  void find_bands() {
    std::set<std::string> seen;
    for (size_t i = 0; i < now_.groups.size(); ++i) {
      if (now_.shown[i] != Shown::shown) continue;
      for (const uint32_t person : now_.groups[i].people) {
        const model::PersonResult& result = now_.run->results[person];
        if (result.band == model::kNoBand) continue;
        const model::Scale* scale = now_.run->definitions.find_scale(now_.run->definitions.plans[result.plan].scale);
        if (scale == nullptr || !scales_.insert(scale).second) continue;
        for (const model::Band& band : scale->bands) {
          if (seen.insert(band.id).second) bands_.push_back(band.id);
        }
      }
    }
  }

  // From the lowest figure that is shown to the highest, of both sides.
  void find_bins() {
    std::optional<Figure> least;
    std::optional<Figure> most;
    for (const Group& group : now_.groups) {
      for (const Group* shown : {now_.find(group.name), earlier(group)}) {
        if (shown == nullptr || now_.find(group.name) == nullptr) continue;
        least = std::min(least.value_or(shown->figures.front()), shown->figures.front());
        most = std::max(most.value_or(shown->figures.back()), shown->figures.back());
      }
    }
    if (!least) return;
    width_ = bin_width(*least, *most);
    first_ = bin_of(*least, width_);
    last_ = bin_of(*most, width_);
  }

  void begin(const char* section, const Group& group) {
    rows_.begin();
    rows_.put("section", std::string(section));
    rows_.put("group", group.name);
  }

  void put_share(const char* count, const char* share, uint32_t n, const Group& group) {
    rows_.count(count, n);
    rows_.measure(share, 100.0 * n / static_cast<double>(group.figures.size()));
  }

  void add_quantiles(const Group& group, Shown shown) {
    begin("quantiles", group);
    put_people(rows_, "n", static_cast<uint32_t>(group.figures.size()), shown);
    if (shown != Shown::shown) return;
    for (const auto& q : kQuantiles) rows_.put(q.key, stats::quantile(group.figures, q.percent));
    rows_.put("mean", *stats::mean(group.figures));
    rows_.measure("deviation", stats::deviation(stats::moments_of(group.figures)));
    rows_.measure("skewness", stats::skewness(group.figures));
    const Group* before = earlier(group);
    if (before == nullptr) return;
    rows_.count("n_before", static_cast<int64_t>(before->figures.size()));
    rows_.put("median_before", stats::quantile(before->figures, 50));
  }

  void add_histogram(const Group& group) {
    const Group* before = earlier(group);
    const std::map<int64_t, uint32_t> bins = bins_of(group, width_);
    const std::map<int64_t, uint32_t> other = before != nullptr ? bins_of(*before, width_) : bins;
    for (int64_t bin = first_; bin <= last_; ++bin) {
      const auto count = [bin](const std::map<int64_t, uint32_t>& in) { return in.count(bin) != 0 ? in.at(bin) : 0; };
      begin("histogram", group);
      rows_.put("from", bin_edge(bin, width_));
      rows_.put("to", bin_edge(bin + 1, width_));
      put_share("n", "share", count(bins), group);
      if (before != nullptr) put_share("n_before", "share_before", count(other), *before);
    }
  }

  void add_bands(const Group& group) {
    const Group* before = earlier(group);
    const std::map<std::string, uint32_t> bands = bands_of(*now_.run, group);
    const std::map<std::string, uint32_t> other = before != nullptr ? bands_of(*before_->run, *before) : bands;
    for (const std::string& band : bands_) {
      const auto count = [&](const std::map<std::string, uint32_t>& in) {
        return in.count(band) != 0 ? in.at(band) : 0;
      };
      begin("band", group);
      rows_.put("band", band);
      put_share("n", "share", count(bands), group);
      if (before != nullptr) put_share("n_before", "share_before", count(other), *before);
    }
  }

  const Side& now_;
  const Side* before_;
  Rows rows_;
  std::set<const model::Scale*> scales_;
  std::vector<std::string> bands_;
  int64_t width_ = 1;
  int64_t first_ = 0, last_ = -1;  // bins
};

// Everybody together: how many are where. Groups: beside each other.
void add_charts(table::Table& out, bool grouped) {
  using table::Chart;
  const auto count = [&](const char* key) {
    const Column& column = out.column(key);
    return std::count(column.present.begin(), column.present.end(), 1);
  };
  if (grouped && count("median") > 0)
    out.charts.push_back(middle_half_chart("group", {"q1", "median", "q3", "mean"}, "quantiles"));
  if (grouped) return;
  if (count("from") > 0)
    out.charts.push_back({Chart::Kind::bars,
                          {"People, by where their interval begins", "各区间人数（按区间下限）"},
                          "from",
                          {"n"},
                          {},
                          {},
                          "histogram"});
  if (count("band") > 0)
    out.charts.push_back({Chart::Kind::bars, {"People by band", "各等级人数"}, "band", {"n"}, {}, {}, "band"});
}

void say_earlier(table::Table& out, const std::optional<EarlierRun>& earlier) {
  out.facts.emplace_back("before", earlier ? std::to_string(earlier->header.run) : std::string());
  out.bare_facts.emplace_back("before");
  if (earlier) {
    out.notes.push_back({"before: run " + std::to_string(earlier->header.run) + " of " + earlier->header.cycle,
                         "之前：" + earlier->header.cycle + " 的批次 " + std::to_string(earlier->header.run)});
  } else {
    out.notes.push_back({"no run of an earlier cycle to stand beside", "没有可对照的上一周期批次"});
  }
}

}  // namespace

std::optional<table::Table> distribution(const ScoredRun& run, const std::optional<EarlierRun>& earlier,
                                         const Measure& measure, const AnalysisRequest& request,
                                         const RunHeader& header) {
  const Side now = side_of(run, measure, request);
  if (now.groups.empty()) return std::nullopt;
  const std::optional<Side> before = earlier ? std::optional(side_of(earlier->run, measure, request)) : std::nullopt;
  table::Table out;
  out.schema = "hrctl.distribution/v1";
  out.title = {"Distribution of " + measure.name.en + ", " + header.cycle,
               header.cycle + " " + measure.name.zh + "分布"};
  out.split_by = "section";
  set_header(out, header);
  out.facts.emplace_back("by", request.attribute);
  out.nullable_facts.emplace_back("by");
  out.facts.emplace_back("measure", measure.id);
  out.columns = distribution_columns(run, request);
  Report(now, before ? &*before : nullptr, out).build();
  add_charts(out, !request.attribute.empty());
  say_earlier(out, earlier);
  note_small_groups(out, request.min_shown, any_hidden(now.shown) || (before && any_hidden(before->shown)));
  return out;
}

}  // namespace hr::report
