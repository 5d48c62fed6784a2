// `report okr`: objectives and key results as a tree, progress against the time gone by.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

namespace {

constexpr const char* kTypeNames[] = {"committed", "aspirational", "learning", "guardrail"};
constexpr const char* kStateNames[] = {"on_track", "at_risk", "off_track", "outdated",
                                       "held",     "broken",  "unknown",   "not_scored"};

Labels type_labels() {
  return {{"objective", {"objective", "目标"}},
          {"committed", {"committed", "承诺型"}},
          {"aspirational", {"aspirational", "挑战型"}},
          {"learning", {"learning", "学习型"}},
          {"guardrail", {"guardrail", "护栏"}}};
}

Labels state_labels() {
  return {{"on_track", {"on track", "正常"}},   {"at_risk", {"at risk", "有风险"}},
          {"off_track", {"off track", "偏离"}}, {"outdated", {"outdated", "久未更新"}},
          {"held", {"held", "守住"}},           {"broken", {"broken", "突破"}},
          {"unknown", {"unknown", "未知"}},     {"not_scored", {"not scored", "不计分"}}};
}

// p of 0.59 as 59 percent.
std::optional<Decimal> percent(const std::optional<Figure>& p) {
  return p ? std::optional(make_decimal(p->nano, 7)) : std::nullopt;
}

// Days of the cycle gone by with as-of, in percent.
Decimal elapsed(const facts::Dataset& dataset) {
  const int32_t all = dataset.cycle.days();
  const int32_t gone = std::clamp(dataset.as_of + 1 - dataset.cycle.from, 0, all);
  const auto share = snap(all > 0 ? 100.0 * gone / all : 0.0);
  return share->decimal();
}

class OkrReport {
 public:
  OkrReport(const facts::Dataset& dataset, const std::vector<scoring::ObjectiveProgress>& progress,
            std::span<const uint8_t> shown)
      : okrs_(dataset.okrs), progress_(progress), elapsed_(elapsed(dataset)), printed_(dataset.okrs.size()) {
    make_columns();
    for (uint32_t o = 0; o < shown.size(); ++o) printed_[o] = shown[o] == 0;
    for (uint32_t o = 0; o < okrs_.size(); ++o) {
      if (printed_[o]) continue;
      const std::string_view parent = okrs_.supports_of(o);
      if (!parent.empty()) supporters_[parent].push_back(o);
    }
    for (uint32_t o = 0; o < okrs_.size(); ++o) {
      if (printed_[o]) continue;
      const facts::Objective objective = okrs_.objective(o);
      note_parent(objective.id);
      for (uint32_t k = objective.begin; k < objective.end; ++k) note_parent(okrs_.key_result(o, k).id);
    }
  }

  table::Table build() {
    for (uint32_t o = 0; o < okrs_.size(); ++o) {
      if (printed_[o]) continue;
      const std::string_view parent = okrs_.supports_of(o);
      if (parent.empty() || parents_.count(parent) == 0) add_objective(o, {}, 0);
    }
    for (uint32_t o = 0; o < okrs_.size(); ++o) add_objective(o, {}, 0);  // what only a circle leads to
    return std::move(out_);
  }

 private:
  void note_parent(std::string_view id) {
    if (supporters_.count(id) > 0) parents_.emplace(id);
  }

  void make_columns() {
    out_.columns = {
        make_column("node", "Node", "节点", Kind::text, Show::key),
        make_column("title", "Title", "标题", Kind::choice),
        make_column("owner", "Owner", "负责人", Kind::text, Show::more),
        make_column("type", "Type", "类型", Kind::choice, Show::wide),
        make_column("weight", "Weight", "权重", Kind::number, Show::more),
        make_column("start", "Start", "起点", Kind::number, Show::wide),
        make_column("target", "Target", "目标", Kind::number, Show::wide),
        make_column("current", "Current", "当前", Kind::number, Show::wide),
        make_figure_column("progress", "Progress", "进度", Kind::percent, Show::key),
        make_figure_column("elapsed", "Elapsed", "已过时间", Kind::percent,
                           Show::programs),  // one figure: in the header
        make_column("status", "Status", "状态", Kind::choice, Show::key),
        make_column("confidence", "Confidence", "信心", Kind::number, Show::wide),
        make_column("last_checkin", "Last check-in", "最近进展", Kind::date, Show::wide),
        make_column("flags", "Flags", "标记", Kind::list, Show::more),
        make_column("parent", "Under", "上级节点", Kind::text, Show::programs),
        make_column("depth", "Depth", "层级", Kind::number, Show::programs),
    };
    out_.columns[0].tree = true;
    out_.columns[1].below = true;
    out_.columns[3].labels = type_labels();
    out_.columns[10].labels = state_labels();
    out_.columns[13].labels = flag_labels();
    for (const char* key : {"weight", "start", "target", "current", "confidence", "last_checkin"})
      out_.column(key).remark = true;  // most rows have none
  }

  void add_objective(uint32_t o, std::string_view parent, uint16_t depth) {
    if (printed_[o]) return;
    printed_[o] = true;
    const facts::Objective objective = okrs_.objective(o);
    const scoring::ObjectiveProgress none;
    const scoring::ObjectiveProgress& p = o < progress_.size() ? progress_[o] : none;
    begin_row(objective.id, okrs_.title_of(o), o, "objective", objective.weight, depth);
    for (int i = 0; i < 3; ++i) next().add_missing();
    add_progress(p.progress, p.state);
    next().add_missing();
    next().add_missing();
    next().add_list({});
    end_row(parent, depth);
    for (uint32_t k = objective.begin; k < objective.end; ++k) {
      const size_t i = k - objective.begin;
      add_key_result(o, k, i < p.key_results.size() ? p.key_results[i] : scoring::KeyResultProgress{}, depth);
    }
    add_supporters(objective.id, depth);
  }

  void add_key_result(uint32_t o, uint32_t k, const scoring::KeyResultProgress& p, uint16_t depth) {
    const facts::KeyResult kr = okrs_.key_result(o, k);
    begin_row(kr.id, okrs_.title_of(o, k), o, kTypeNames[static_cast<size_t>(kr.type)], kr.weight,
              static_cast<uint16_t>(depth + 1));
    const bool guardrail = kr.type == model::KeyResultType::guardrail;
    const bool metric = kr.rules->milestones.empty() && !kr.rules->binary && !guardrail;
    next().add_optional(metric ? std::optional(kr.start) : std::nullopt);
    next().add_optional(guardrail ? kr.limit : kr.target);
    const auto current = p.current ? snap(*p.current) : std::nullopt;
    next().add_optional(current ? std::optional(current->decimal()) : std::nullopt);
    add_progress(p.progress, p.state);
    add_last_checkin(kr);
    next().add_list(p.missed ? std::vector<std::string>{"missed"} : std::vector<std::string>{});
    end_row(okrs_.objective(o).id, static_cast<uint16_t>(depth + 1));
    add_supporters(kr.id, static_cast<uint16_t>(depth + 1));
  }

  // Objectives aligned to an objective or key result stand below it.
  void add_supporters(std::string_view id, uint16_t depth) {
    const auto it = supporters_.find(id);
    if (it == supporters_.end()) return;
    for (const uint32_t o : it->second) add_objective(o, id, static_cast<uint16_t>(depth + 1));
  }

  void begin_row(std::string_view id, const model::Text& title, uint32_t objective, const char* type,
                 const std::optional<Decimal>& weight, uint16_t depth) {
    at_ = 0;
    out_.depth.push_back(depth);
    next().add(std::string(id));
    add_text(next(), title, std::string(id));
    next().add(std::string(okrs_.owners[okrs_.owner[objective]]));
    next().add(std::string(type));
    next().add_optional(weight);
  }

  void end_row(std::string_view parent, uint16_t depth) {
    if (parent.empty())
      next().add_missing();
    else
      next().add(std::string(parent));
    next().add(make_decimal(depth));
  }

  void add_progress(const std::optional<Figure>& p, scoring::OkrState state) {
    next().add_optional(percent(p));
    next().add(elapsed_);
    next().add(std::string(kStateNames[static_cast<size_t>(state)]));
  }

  // Confidence and day of the last check-in of the key result or of one of its milestones.
  void add_last_checkin(const facts::KeyResult& kr) {
    std::optional<facts::CheckIn> last = okrs_.last_checkin(kr.checkins, kFarFuture, false);
    for (const model::Milestone& m : kr.rules->milestones) {
      const auto list = okrs_.milestone_checkins(kr.id, m.id);
      const auto other = list ? okrs_.last_checkin(*list, kFarFuture, false) : std::nullopt;
      if (other && (!last || other->date > last->date)) last = other;
    }
    const auto confidence = last && last->confidence ? snap(*last->confidence) : std::nullopt;
    next().add_optional(confidence ? std::optional(confidence->decimal()) : std::nullopt);
    if (last)
      next().add(last->date);
    else
      next().add_missing();
  }

  Column& next() { return out_.columns[at_++]; }

  const facts::Okrs& okrs_;
  const std::vector<scoring::ObjectiveProgress>& progress_;
  Decimal elapsed_;
  std::vector<bool> printed_;                                               // or not to be printed at all
  std::unordered_map<std::string_view, std::vector<uint32_t>> supporters_;  // objectives by what they support
  std::unordered_set<std::string_view> parents_;                            // what is supported and there
  table::Table out_;
  size_t at_ = 0;  // the column to fill next
};

}  // namespace

table::Table okr(const facts::Dataset& dataset, const std::vector<scoring::ObjectiveProgress>& progress,
                 const RunHeader& header, std::span<const uint8_t> shown) {
  table::Table out = OkrReport(dataset, progress, shown).build();
  out.schema = "hrctl.okr/v1";
  out.title = {"Objectives of " + header.cycle, header.cycle + " 目标"};
  out.facts = {{"run", header.run > 0 ? std::to_string(header.run) : std::string()},
               {"cycle", header.cycle},
               {"as_of", header.as_of},
               {"known", header.known},
               {"elapsed", to_string(elapsed(dataset))}};
  out.bare_facts.emplace_back("elapsed");
  return out;
}

}  // namespace hr::report
