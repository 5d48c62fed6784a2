// `report advice EMPLOYEE`: which figure, moved by how much, lifts the score most.
#include <algorithm>

#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using i18n::Language;
using model::Advice;
using model::Lever;
using model::LeverKind;
using model::Move;
using table::Column;
using table::Kind;
using table::Show;

namespace {

// 1234567.5 as 1,234,567.5, as both languages write it.
std::string grouped(std::string text) {
  const size_t first = text.find_first_of("0123456789");
  size_t end = text.find('.');
  if (end == std::string::npos) end = text.size();
  if (first == std::string::npos) return text;
  for (size_t at = end; at > first + 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

// A value of a lever as people and programs read it: what binary fractions leave behind six digits is noise of a mean.
std::optional<Decimal> shown_value(const std::string& text) {
  const auto value = number_of(text);
  if (!value) return std::nullopt;
  const std::string whole = to_fixed(*value, 0);
  const auto digits = static_cast<int>(std::count_if(whole.begin(), whole.end(), [](char c) { return c > '0'; }));
  return round_half_away(*value, std::max(2, (digits > 0 ? 6 : 9) - static_cast<int>(whole.size())));
}

// A row to import, in the columns of its table, the table first: "facts,E1,revenue,2026-06,210000".
std::string change_text(const model::Change& change) {
  const auto field = [](const std::string& text) {
    if (text.find_first_of(",\"") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
  };
  const std::string value = to_string(change.value);
  if (change.kpi.empty()) return "checkins," + field(change.subject) + "," + change.when + "," + value;
  return "facts," + field(change.subject) + "," + field(change.kpi) + "," + change.when + "," + value;
}

class Sentences {
 public:
  Sentences(const Advice& advice, const model::Definitions& definitions, Language language)
      : advice_(advice), language_(language) {
    if (advice.plan >= definitions.plans.size()) return;
    decimals_ = definitions.plans[advice.plan].decimals;
    scale_ = definitions.find_scale(definitions.plans[advice.plan].scale);
  }

  std::string band(uint32_t index) const {
    return scale_ != nullptr && index < scale_->bands.size() ? scale_->bands[index].id : std::string();
  }

  bool is_best() const {
    return scale_ == nullptr || std::none_of(scale_->bands.begin(), scale_->bands.end(), [&](const model::Band& b) {
             return advice_.result.band < scale_->bands.size() && scale_->bands[advice_.result.band].from < b.from;
           });
  }

  std::string official(Figure figure) const { return to_fixed(figure.decimal(), decimals_); }

  std::string of(const Lever& lever) const {
    std::string text = main_clause(lever);
    if (lever.each > 1 && lever.kind != LeverKind::milestones && (lever.full || lever.unbounded))
      text += say("advice/each", {std::to_string(lever.each)});
    if (lever.shared) text += say(advice_.by_position ? "advice/shared-position" : "advice/shared", {});
    return text;
  }

 private:
  std::string say(std::string_view key, const std::vector<std::string>& args) const {
    return i18n::text(language_, key, args);
  }

  std::string pick(const model::Text& text, const std::string& otherwise) const {
    const std::string& wanted = language_ == Language::zh ? text.zh : text.en;
    if (!wanted.empty()) return wanted;
    if (text.empty()) return otherwise;
    return text.en.empty() ? text.zh : text.en;
  }

  std::string label(const Lever& lever) const {
    std::string name = pick(lever.name, lever.item);
    if (!lever.unit.empty()) name = say("advice/unit", {name, lever.unit});
    if (lever.kind == LeverKind::part) name = say("advice/part", {name, pick(lever.of_name, lever.of)});
    if (!lever.from.empty()) name = say("advice/spell", {name, lever.from, lever.to});
    if (lever.kind == LeverKind::adjustment) return say("advice/adjustment", {name});
    if (lever.kind == LeverKind::veto) return say("advice/veto", {name, pick(lever.of_name, lever.of)});
    return name;
  }

  std::string value(const Lever& lever, const std::string& text) const {
    if (text.empty()) return say("advice/no-data", {});
    if (lever.kind == LeverKind::milestones) return say("advice/of-all", {text, std::to_string(lever.each)});
    const auto shown = shown_value(text);
    return grouped(shown ? to_string(*shown) : text);
  }

  // Difference of official scores.
  Figure points(const Move& move) const { return {move.score->nano - advice_.result.score->nano}; }

  std::string move_clause(const Lever& lever, const Move& move) const {
    const std::string now = value(lever, lever.value);
    const std::string then = value(lever, move.value);
    std::string text;
    if (!advice_.result.score) {
      text = say("advice/gives", {label(lever), now, then, official(*move.score)});
    } else if (const Figure by = points(move); by.nano == 0) {
      text = say("advice/keeps", {label(lever), now, then, official(*move.score)});
    } else {
      const Figure size{by.nano < 0 ? -by.nano : by.nano};
      text = say(by.nano > 0 ? "advice/lifts" : "advice/lowers",
                 {label(lever), now, then, official(size), official(*move.score)});
    }
    const bool new_band = move.band != model::kNoBand && move.band != advice_.result.band;
    return !new_band ? text : say("advice/band", {text, band(move.band)});
  }

  std::string main_clause(const Lever& lever) const {
    const std::string now = value(lever, lever.value);
    if (!advice_.result.score && lever.step && lever.step->score) return move_clause(lever, *lever.step);
    if (lever.next && lever.next->score)
      return move_clause(lever, *lever.next) + step_clause(lever, lever.next) + at_most(lever);
    if (lever.unbounded && lever.step && lever.step->score) return move_clause(lever, *lever.step) + at_most(lever);
    if (lever.full && lever.full->score) {
      const std::string text = move_clause(lever, *lever.full);
      const bool ends = advice_.next_band != model::kNoBand && !(lever.shared && advice_.by_position);
      return (ends ? say("advice/not-alone", {text, band(advice_.next_band)}) : say("advice/most", {text})) +
             step_clause(lever, lever.full);
    }
    return say(lever.held || lever.value.empty() ? "advice/held" : "advice/exhausted", {label(lever), now});
  }

  // What one step gives, unless that is all that has been told.
  std::string step_clause(const Lever& lever, const std::optional<Move>& told) const {
    if (!lever.step || !lever.step->points || lever.step->value == told->value) return {};
    const Figure points = *lever.step->points;
    const bool tiny = points.nano > -100'000'000 && points.nano < 100'000'000;  // 0.1
    std::string text = to_fixed(points.decimal(), tiny ? 4 : 2);
    if (points.nano >= 0) text = "+" + text;
    const bool aims = lever.value.empty() && lever.kind != LeverKind::adjustment && lever.kind != LeverKind::milestones;
    return say(aims ? "advice/target" : "advice/step", {value(lever, lever.step->value), text});
  }

  // What it gives beyond the next band.
  std::string at_most(const Lever& lever) const {
    if (lever.unbounded) return say("advice/endless", {});
    if (!lever.full || !lever.full->score || lever.full->value == lever.next->value) return {};
    const std::string most = value(lever, lever.full->value);
    if (!advice_.result.score) return say("advice/at-most-score", {most, official(*lever.full->score)});
    return say("advice/at-most", {most, official(points(*lever.full)), official(*lever.full->score)});
  }

  const Advice& advice_;
  Language language_;
  int decimals_ = 2;
  const model::Scale* scale_ = nullptr;
};

Labels kind_labels() {
  return {{"kpi", {"KPI", "KPI"}},
          {"part", {"part of a KPI", "构成项"}},
          {"unit_kpi", {"KPI of the unit", "组织 KPI"}},
          {"key_result", {"key result", "关键结果"}},
          {"milestones", {"milestones", "里程碑"}},
          {"adjustment", {"adjustment", "加减分项"}},
          {"veto", {"veto", "否决项"}}};
}

std::vector<Column> advice_columns(const model::Definitions& definitions) {
  std::vector<Column> columns{
      make_column("node", "Node", "节点", Kind::text, Show::key),
      make_column("kind", "Kind", "类别", Kind::choice, Show::wide),
      make_column("item", "Item", "项目", Kind::text, Show::programs),
      make_column("of", "Of", "用于", Kind::text, Show::programs),
      make_column("name", "Name", "名称", Kind::choice, Show::programs),
      make_column("unit", "Unit", "组织", Kind::text, Show::programs),
      make_column("value", "Now", "现值", Kind::number, Show::key),
  };
  const auto add_move = [&](const std::string& key, const char* en, const char* zh, const char* points_en,
                            const char* points_zh, Show show) {
    columns.push_back(make_column((key + "_value").c_str(), en, zh, Kind::number, show));
    columns.push_back(make_figure_column((key + "_points").c_str(), points_en, points_zh, Kind::number, show));
    columns.push_back(make_column((key + "_score").c_str(), "Score", "得分", Kind::number, Show::programs));
    columns.push_back(make_column((key + "_band").c_str(), "Band", "等级", Kind::choice, Show::programs));
    columns.back().labels = band_labels(definitions);
  };
  add_move("step", "One step", "一步", "gives", "带来", Show::more);
  add_move("full", "At most", "最多到", "gives", "带来", Show::key);
  add_move("next", "Next band", "达到更高等级", "gives", "带来", Show::main);
  columns.push_back(make_column("count", "Count", "个数", Kind::number, Show::programs));
  columns.push_back(make_column("shared", "Shared", "与他人共用", Kind::boolean, Show::programs));
  columns.push_back(make_column("unbounded", "Unbounded", "无上限", Kind::boolean, Show::programs));
  for (const char* key : {"step_changes", "full_changes", "next_changes"})
    columns.push_back(make_column(key, "Changes", "变动", Kind::list, Show::programs));
  columns.push_back(make_column("advice", "Advice", "建议", Kind::text));
  columns.back().below = true;
  columns[1].labels = kind_labels();
  for (Column& c : columns) {
    if (c.key.find("_points") != std::string::npos && c.key == "next_points") c.show = Show::programs;
    c.remark = c.key == "kind" || c.key == "advice";
  }
  return columns;
}

class AdviceRows {
 public:
  AdviceRows(table::Table& out, const Sentences& sentences) : out_(out), sentences_(sentences) {}

  void add(const Lever& lever) {
    at_ = 0;
    put(lever.node);
    put(std::string(model::kLeverKindNames[static_cast<size_t>(lever.kind)]));
    put(lever.item);
    put(lever.of);
    add_text(next(), lever.name, lever.item);
    put(lever.unit);
    next().add_optional(shown_value(lever.value));
    add_move(lever.step);
    add_move(lever.full);
    add_move(lever.next);
    next().add(make_decimal(lever.each));
    next().add_flag(lever.shared);
    next().add_flag(lever.unbounded);
    for (const std::optional<Move>* move : {&lever.step, &lever.full, &lever.next}) add_changes(*move);
    next().add(sentences_.of(lever));
  }

 private:
  Column& next() { return out_.columns[at_++]; }

  void put(const std::string& text) {
    if (text.empty())
      next().add_missing();
    else
      next().add(text);
  }

  void add_move(const std::optional<Move>& move) {
    next().add_optional(move ? shown_value(move->value) : std::nullopt);
    next().add_optional(move && move->points ? std::optional(move->points->decimal()) : std::nullopt);
    next().add_optional(move && move->score ? std::optional(move->score->decimal()) : std::nullopt);
    put(move ? sentences_.band(move->band) : std::string());
  }

  void add_changes(const std::optional<Move>& move) {
    std::vector<std::string> changes;
    if (move) {
      for (const model::Change& change : move->changes) changes.push_back(change_text(change));
    }
    next().add_list(std::move(changes));
  }

  table::Table& out_;
  const Sentences& sentences_;
  size_t at_ = 0;
};

// What stands above the rows besides the person: how far the next band is.
void add_distance(table::Table& out, const Advice& advice, const Sentences& sentences, bool exact) {
  const bool has_next = advice.figure && advice.next_band != model::kNoBand;
  const int64_t away = has_next ? advice.next_from.nano - advice.figure->nano : 0;
  const std::string none;
  out.facts.emplace_back("score_exact", exact && advice.figure ? to_string(advice.figure->decimal()) : none);
  out.facts.emplace_back("next_band", has_next ? sentences.band(advice.next_band) : none);
  out.facts.emplace_back("next_from", has_next ? to_string(advice.next_from.decimal()) : none);
  out.facts.emplace_back("distance", has_next ? to_string(Figure{away > 0 ? away : 0}.decimal()) : none);
  out.facts.emplace_back("by_position", advice.by_position ? "true" : "false");
  for (const char* key : {"score_exact", "next_from", "distance", "by_position"}) out.bare_facts.emplace_back(key);
  out.exact_facts = {"score_exact", "next_from", "distance"};
  out.nullable_facts.emplace_back("next_band");
}

void note(table::Table& out, std::string_view key, const std::vector<std::string>& args = {}) {
  out.notes.push_back({i18n::text(Language::en, key, args), i18n::text(Language::zh, key, args)});
}

void add_band_notes(table::Table& out, const Advice& advice, const Sentences& sentences) {
  if (!advice.figure) return;
  const std::string next = sentences.band(advice.next_band);
  if (!advice.has_bands) return note(out, "advice/note/no-bands");
  if (advice.result.has(model::Flag::calibrated))
    return note(out, "advice/note/calibrated", {sentences.band(advice.result.band)});
  if (next.empty()) return note(out, sentences.is_best() ? "advice/note/best" : "advice/note/best-position");
  if (advice.veto_holds) return note(out, "advice/note/veto-holds", {next});
  if (!advice.by_position) return;
  note(out, "advice/note/position", {std::to_string(advice.group), to_string(advice.next_from.decimal()), next});
  if (!advice.worst) return;
  const Figure away{advice.worst->nano - advice.figure->nano};
  note(out, "advice/note/worst", {next, to_string(advice.worst->decimal()), to_string(away.decimal())});
}

void add_notes(table::Table& out, const Advice& advice, const Sentences& sentences, bool feedback) {
  if (!advice.figure) note(out, advice.levers.empty() ? "advice/note/never" : "advice/note/not-rated");
  for (const std::string& veto : advice.fired) note(out, "advice/note/fired", {veto});
  add_band_notes(out, advice, sentences);
  for (const std::string& guardrail : advice.broken) note(out, "advice/note/broken", {guardrail});
  if (advice.okr_left_out) note(out, "advice/note/okr");
  if (feedback) note(out, "advice/note/feedback");
  if (advice.levers.size() > 1) note(out, "advice/note/how");
}

}  // namespace

table::Table advice(const Advice& advice, const RunHeader& header, const model::Definitions& definitions,
                    const std::string& employee, const facts::Frame& scores, Language language) {
  table::Table out;
  out.schema = "hrctl.advice/v1";
  out.title = {"What would lift the score of " + employee, "如何提高 " + employee + " 的得分"};
  set_header(out, header);
  out.facts.emplace_back("employee", employee);
  add_person_facts(out, scores, employee);
  const model::Plan* plan = advice.plan < definitions.plans.size() ? &definitions.plans[advice.plan] : nullptr;
  const Sentences sentences(advice, definitions, language);
  add_distance(out, advice, sentences, plan != nullptr && plan->band_on == model::BandOn::exact);
  out.columns = advice_columns(definitions);
  for (Column& c : out.columns) {
    if (plan != nullptr && c.key.find("_score") != std::string::npos) c.decimals = plan->decimals;
  }
  AdviceRows rows(out, sentences);
  for (const Lever& lever : advice.levers) rows.add(lever);
  const bool feedback = plan != nullptr && plan->weights[static_cast<size_t>(model::Component::feedback)].has_value();
  add_notes(out, advice, sentences, feedback && !advice.levers.empty());
  return out;
}

}  // namespace hr::report
