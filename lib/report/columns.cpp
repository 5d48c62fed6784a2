#include "report/columns.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <utility>

#include "base/figure.h"
#include "base/text.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Label;

Column make_column(const char* key, const char* en, const char* zh, Kind kind, table::Show show) {
  Column column;
  column.key = key;
  column.title = {en, zh};
  column.kind = kind;
  column.show = show;
  return column;
}

Column make_figure_column(const char* key, const char* en, const char* zh, Kind kind, table::Show show) {
  Column column = make_column(key, en, zh, kind, show);
  column.table_decimals = kind == Kind::percent ? 1 : 2;
  return column;
}

table::Chart middle_half_chart(const char* names, std::vector<std::string> series, std::string part) {
  return {table::Chart::Kind::range,
          {"The middle half with its median, and the mean", "中间一半（含中位数）与均值"},
          names,
          std::move(series),
          {},
          {},
          std::move(part)};
}

void set_header(table::Heading& head, const RunHeader& header) {
  head.facts = {{"run", header.run > 0 ? std::to_string(header.run) : std::string()},
                {"cycle", header.cycle},
                {"as_of", header.as_of},
                {"known", header.known},
                {"interim", header.interim ? "true" : "false"}};
  if (header.interim) {
    head.notes.push_back(
        {"interim: the cycle ends after " + header.as_of + "; only periods that had ended by then count",
         "中期：周期在 " + header.as_of + " 之后结束；只计入此前已结束的期间"});
  }
}

const Labels& status_labels() {
  static const Labels labels{{"rated", {"rated", "已评定"}}, {"not_rated", {"not rated", "未评定"}}};
  return labels;
}

const Labels& component_labels() {
  static const Labels labels{{"kpi", {"KPI", "KPI"}}, {"okr", {"OKR", "OKR"}}, {"feedback", {"Feedback", "360 反馈"}}};
  return labels;
}

const Labels& reason_labels() {  // codes of Derivation::status
  static const Labels labels{
      {"no_fact", {"no fact", "无实际值"}},
      {"no_target", {"no target", "无目标值"}},
      {"target_not_positive", {"target not positive", "目标值不为正"}},
      {"no_scale", {"no scale", "无法定标"}},
      {"no_method", {"no method", "未指定方法"}},
      {"not_computable", {"not computable", "无法计算"}},
      {"no_checkin", {"no check-in", "无进展记录"}},
      {"no_weight", {"no weight", "无权重"}},
      {"no_unit", {"no unit", "无组织"}},
      {"no_data", {"no data", "无数据"}},
      {"carried", {"carried over", "沿用上期"}},
      {"not_applicable", {"not applicable", "不适用"}},
      {"suppressed", {"suppressed", "已隐去"}},
      {"not_scored", {"not scored", "不计分"}},
      {"not_counted", {"not counted", "不计入"}},
      {"hidden", {"hidden", "已隐去"}},
      {"held", {"held", "守住"}},
      {"broken", {"broken", "突破"}},
      {"unknown", {"unknown", "未知"}},
      {"not_last_spell", {"not the last spell", "非最后一段"}},
      {"no_scorecard", {"no scorecard fits", "无适用考核表"}},
      {"no_period", {"no period", "无期间"}},
      {"no_band", {"no band", "无等级"}},
      {"out_of_service", {"out of service", "不在职"}},
      {"coverage", {"coverage too low", "覆盖率不足"}},
      {"min_service", {"service too short", "在职天数不足"}},
      {"not_eligible", {"not eligible", "不符合参评条件"}},
      {"not_in_cycle", {"not in the cycle", "周期内不在职"}},
      {"fired", {"fired", "已触发"}},
      {"not_fired", {"not fired", "未触发"}},
  };
  return labels;
}

const Labels& flag_labels() {  // model::kFlagNames
  static const Labels labels{
      {"broken", {"guardrail broken", "突破护栏"}},
      {"calibrated", {"calibrated", "已校准"}},
      {"capped", {"capped", "已封顶"}},
      {"carried", {"carried over", "沿用上期"}},
      {"facts_out_of_service", {"facts out of service", "有非在职期数据"}},
      {"interim", {"interim", "中期"}},
      {"missed", {"missed", "未达成"}},
      {"not_carried", {"nothing to carry over", "无可沿用"}},
      {"not_computable", {"not computable", "无法计算"}},
      {"partial_data", {"partial data", "数据不全"}},
      {"quota_tie", {"tie at a quota", "配额线同分"}},
      {"regressed", {"regressed", "倒退"}},
      {"reweighted", {"reweighted", "已调权"}},
      {"suppressed", {"suppressed", "已隐去"}},
      {"vetoed", {"vetoed", "已否决"}},
  };
  return labels;
}

static Label label_of(const model::Text& text) {
  return {text.en.empty() ? text.zh : text.en, text.zh.empty() ? text.en : text.zh};
}

Labels band_labels(const model::Definitions& definitions) {
  Labels labels;
  std::vector<std::string> ambiguous;
  for (const model::Scale& scale : definitions.scales) {
    for (const model::Band& band : scale.bands) {
      const Label name = label_of(band.name);
      const Label label =
          band.name.empty() ? Label{band.id, band.id} : Label{band.id + " " + name.en, band.id + " " + name.zh};
      const auto it = std::find_if(labels.begin(), labels.end(), [&](const auto& l) { return l.first == band.id; });
      if (it == labels.end())
        labels.emplace_back(band.id, label);
      else if (it->second.en != label.en || it->second.zh != label.zh)
        it->second = {band.id, band.id};
    }
  }
  return labels;
}

model::Text feedback_group_name(const std::string& group) {
  if (group == "manager") return {"manager", "上级"};
  if (group == "peer") return {"peers", "同级"};
  if (group == "report") return {"reports", "下级"};
  if (group == "self") return {"self", "自评"};
  if (group == "other") return {"others", "其他"};
  if (group == "all") return {"all", "全部"};
  return {};
}

void add_text(Column& column, const model::Text& text, const std::string& otherwise) {
  if (text.empty()) return column.add(otherwise);
  const Label label = label_of(text);
  if (label.en != label.zh) {
    const auto known = [&](const auto& l) { return l.first == label.en; };
    if (std::none_of(column.labels.begin(), column.labels.end(), known)) column.labels.emplace_back(label.en, label);
  }
  column.add(label.en);
}

static Label status_label(std::string_view status) {
  Label joined;
  for (const std::string_view code : split(status, ';')) {
    const auto known = [&](const auto& l) { return l.first == code; };
    const auto it = std::find_if(reason_labels().begin(), reason_labels().end(), known);
    const bool found = it != reason_labels().end();
    joined.en += (joined.en.empty() ? "" : ", ") + (found ? it->second.en : std::string(code));
    joined.zh += (joined.zh.empty() ? "" : "、") + (found ? it->second.zh : std::string(code));
  }
  return joined;
}

void add_status(Column& column, const std::string& status) {
  if (status.empty()) return column.add_missing();
  const auto known = [&](const auto& l) { return l.first == status; };
  if (std::none_of(column.labels.begin(), column.labels.end(), known))
    column.labels.emplace_back(status, status_label(status));
  column.add(status);
}

std::optional<Decimal> number_of(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (const auto exact = parse_decimal(text)) return exact;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  const auto figure = snap(value);
  return figure ? std::optional(figure->decimal()) : std::nullopt;
}

static std::vector<std::string> items_of(std::string_view joined) {
  std::vector<std::string> items;
  for (const std::string_view item : split(joined, ';')) {
    if (!item.empty()) items.emplace_back(item);
  }
  return items;
}

// Lists: by code of the joined text, and an empty one for cells without any, which a list always has.
static void take_lists(Column& out, facts::Column& in) {
  for (uint32_t code = 0; code < in.dictionary.size(); ++code) out.lists.push_back(items_of(in.dictionary[code]));
  const auto empty = static_cast<uint32_t>(out.lists.size());
  out.lists.emplace_back();
  out.codes = std::move(in.codes);
  std::replace(out.codes.begin(), out.codes.end(), facts::kMissingCode, empty);
  out.present.assign(out.codes.size(), 1);
}

namespace {

class DictionaryTexts final : public table::SharedTexts {
 public:
  explicit DictionaryTexts(facts::SharedDictionary texts) : texts_(std::move(texts)) {}
  size_t size() const override { return texts_.size(); }
  std::string_view at(uint32_t code) const override { return texts_[code]; }

 private:
  facts::SharedDictionary texts_;
};

}  // namespace

static void take_texts(Column& out, facts::Column& in) {
  out.texts.share(std::make_shared<DictionaryTexts>(std::move(in.dictionary)));
  out.codes = std::move(in.codes);
  out.present.reserve(out.codes.size());
  for (const uint32_t code : out.codes) out.present.push_back(code != facts::kMissingCode);
}

static void take_numbers(Column& out, facts::Column& in) {
  out.numbers = std::move(in.decimals);
  out.present.reserve(out.numbers.size());
  for (Decimal& number : out.numbers) {
    out.present.push_back(number.scale >= 0);
    if (number.scale < 0) number = {};
  }
}

void take_column(Column& out, facts::Column* in, size_t rows) {
  const bool number = out.kind == Kind::number || out.kind == Kind::percent;
  if (in == nullptr) {
    for (size_t row = 0; row < rows; ++row) out.kind == Kind::list ? out.add_list({}) : out.add_missing();
  } else if (out.kind == Kind::list) {
    take_lists(out, *in);
  } else if (number) {
    take_numbers(out, *in);
  } else {
    take_texts(out, *in);
  }
}

// The score at the decimals of its plan.
static std::string official_text(const facts::Frame& scores, size_t row) {
  const Decimal score = *scores.find("score")->decimal(row);
  const facts::Column* decimals = scores.find("decimals");
  const auto places = decimals != nullptr ? decimals->decimal(row) : std::nullopt;
  return places ? to_fixed(score, static_cast<int>(places->unscaled)) : to_string(score);
}

// Who it is and what came out, from the row of the run.
void add_person_facts(table::Heading& out, const facts::Frame& scores, const std::string& employee) {
  const facts::Column* ids = scores.find("employee_id");
  size_t row = 0;
  while (ids != nullptr && row < scores.size() && ids->text(row) != employee) ++row;
  if (ids == nullptr || row == scores.size()) return;
  for (const char* key : {"name", "org_unit", "job", "plan", "status", "score", "band", "coverage"}) {
    const facts::Column* column = scores.find(key);
    const bool has = column != nullptr && !column->missing(row);
    out.facts.emplace_back(key, has ? facts::cell_text(*column, row) : std::string());
    if (has && std::string_view(key) == "score") out.facts.back().second = official_text(scores, row);
    const bool number = column != nullptr && column->storage == facts::Storage::decimal;
    (number ? out.bare_facts : out.nullable_facts).emplace_back(key);
  }
}

}  // namespace hr::report
