#include "report/calibration.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "base/listed.h"
#include "facts/grouping.h"
#include "report/adverse_impact.h"
#include "report/columns.h"
#include "report/rows.h"
#include "report/small_groups.h"

namespace hr::report {

using model::kNoBand;
using table::Column;
using table::Kind;
using table::Show;

namespace {

Labels section_labels() {
  return {{"distribution", {"Bands by group", "各组等级分布"}},
          {"total", {"Bands in total", "等级分布合计"}},
          {"move", {"Moves", "调整"}},
          {"attribute", {"Favourable bands by attribute", "按属性的优良等级"}}};
}

Labels state_labels() {
  return {{"highest", {"highest rate", "比率最高"}},
          {"ok", {"four fifths or more", "不低于五分之四"}},
          {"adverse", {"ADVERSE", "不利影响"}},
          {"too_few", {"too few to say", "人数太少，无法判断"}},
          {"suppressed", {"too few to show", "人数太少，不显示"}}};
}

std::vector<Column> calibration_columns(const model::Definitions& definitions) {
  std::vector<Column> columns{make_column("section", "Section", "部分", Kind::choice, Show::key),
                              make_column("plan", "Plan", "方案", Kind::text),
                              make_column("group", "Group", "组", Kind::text, Show::key),
                              make_column("band", "Band", "等级", Kind::choice, Show::key),
                              make_column("places", "Places", "名额", Kind::number, Show::key),
                              make_column("before", "Before", "校准前", Kind::number, Show::key),
                              make_column("after", "After", "校准后", Kind::number, Show::key),
                              make_column("over", "Over", "超出", Kind::number, Show::key),
                              make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
                              make_column("name", "Name", "姓名", Kind::text),
                              make_column("band_before", "From", "原等级", Kind::choice, Show::key),
                              make_column("band_after", "To", "新等级", Kind::choice, Show::key),
                              make_column("who", "Who", "决定人", Kind::text, Show::key),
                              make_column("why", "Why", "理由", Kind::text),
                              make_column("run", "Run", "批次", Kind::number),
                              make_column("attribute", "Attribute", "属性", Kind::text, Show::key),
                              make_column("value", "Value", "值", Kind::text, Show::key),
                              make_column("people", "People", "人数", Kind::number, Show::key)};
  for (const bool after : {false, true}) {
    const auto key = [&](const char* name) { return std::string(name) + (after ? "_after" : "_before"); };
    const auto add = [&](const char* name, const char* en, const char* zh, Kind kind, int decimals, Show show) {
      Column c = make_column("", "", "", kind, show);
      c.key = key(name);
      c.title = {std::string(en) + (after ? " after" : " before"), std::string(after ? "校准后" : "校准前") + zh};
      c.table_decimals = decimals;
      columns.push_back(std::move(c));
    };
    add("favourable", "Favourable", "优良人数", Kind::number, 0, Show::more);
    add("rate", "Rate", "比率", Kind::percent, 1, Show::main);
    add("ratio", "Ratio", "比率之比", Kind::number, 2, Show::main);
    add("p", "p", " p 值", Kind::number, 4, Show::more);
    add("state", "State", "判断", Kind::choice, -2, Show::key);
    columns.back().labels = state_labels();
  }
  columns[0].labels = section_labels();
  for (const size_t i : {3U, 10U, 11U}) columns[i].labels = band_labels(definitions);
  return columns;
}

class Report {
 public:
  Report(const CalibrationData& data, table::Table& out) : data_(data), out_(out), rows_(out) {
    after_.resize(data.results.size(), kNoBand);
    for (size_t p = 0; p < after_.size(); ++p) after_[p] = data.results[p].band;
    before_ = after_;
    for (auto move = data.moves.rbegin(); move != data.moves.rend(); ++move) {  // the first of a person holds
      const auto person = data.dataset.people.find(move->employee);
      if (person) before_[*person] = band_of(*person, move->before);
    }
  }

  void build() {
    for (const scoring::BandGroup& group : data_.groups) add_distribution(group);
    if (data_.groups.size() > 1) add_totals();
    for (const MoveLine& move : data_.moves) add_move(move);
    find_favourable();
    for (const std::string& attribute : data_.attributes) add_attribute(attribute);
    rows_.end();
  }

 private:
  void begin(const char* section) {
    rows_.begin();
    rows_.put("section", std::string(section));
  }

  const model::Scale& scale_of(uint32_t plan) const {
    return *data_.definitions.find_scale(data_.definitions.plans[plan].scale);
  }

  uint32_t band_of(uint32_t person, const std::string& id) const {
    const model::Scale& scale = scale_of(data_.results[person].plan);
    for (uint32_t i = 0; i < scale.bands.size(); ++i) {
      if (scale.bands[i].id == id) return i;
    }
    return kNoBand;
  }

  static int64_t in_band(const scoring::BandGroup& group, const std::vector<uint32_t>& bands, uint32_t band) {
    return std::count_if(group.people.begin(), group.people.end(), [&](uint32_t p) { return bands[p] == band; });
  }

  void add_distribution(const scoring::BandGroup& group) {
    for (size_t i = 0; i < group.bands.size(); ++i) {
      const int64_t after = in_band(group, after_, group.bands[i]);
      begin("distribution");
      rows_.put("plan", data_.definitions.plans[group.plan].id);
      rows_.put("group", group.name);
      rows_.put("band", scale_of(group.plan).bands[group.bands[i]].id);
      if (!group.places.empty()) rows_.count("places", group.places[i]);
      rows_.count("before", in_band(group, before_, group.bands[i]));
      rows_.count("after", after);
      if (!group.places.empty()) rows_.count("over", after - int64_t{group.places[i]});
    }
  }

  // By scale. Places are added up where every group of the scale has them.
  void add_totals() {
    std::vector<const model::Scale*> scales;
    for (const scoring::BandGroup& group : data_.groups) {
      const model::Scale* scale = &scale_of(group.plan);
      if (std::find(scales.begin(), scales.end(), scale) == scales.end()) scales.push_back(scale);
    }
    for (const model::Scale* scale : scales) add_total(*scale);
  }

  void add_total(const model::Scale& scale) {
    std::vector<const scoring::BandGroup*> groups;
    bool quotas = true;
    for (const scoring::BandGroup& group : data_.groups) {
      if (&scale_of(group.plan) != &scale) continue;
      groups.push_back(&group);
      quotas = quotas && !group.places.empty();
    }
    for (size_t i = 0; i < groups.front()->bands.size(); ++i) {
      const uint32_t band = groups.front()->bands[i];
      int64_t places = 0;
      int64_t before = 0;
      int64_t after = 0;
      for (const scoring::BandGroup* group : groups) {
        if (quotas) places += group->places[i];
        before += in_band(*group, before_, band);
        after += in_band(*group, after_, band);
      }
      begin("total");
      rows_.put("band", scale.bands[band].id);
      if (quotas) rows_.count("places", places);
      rows_.count("before", before);
      rows_.count("after", after);
      if (quotas) rows_.count("over", after - places);
    }
  }

  void add_move(const MoveLine& move) {
    const auto person = data_.dataset.people.find(move.employee);
    begin("move");
    if (person) rows_.put("plan", data_.definitions.plans[data_.results[*person].plan].id);
    rows_.put("employee_id", move.employee);
    if (person) rows_.put("name", std::string(data_.dataset.people.name[*person]));
    rows_.put("band_before", move.before);
    rows_.put("band_after", move.after);
    rows_.put("who", move.who);
    rows_.put("why", move.why);
    rows_.count("run", move.run);
  }

  // Bands of each plan that count as favourable; and the fact that says which.
  void find_favourable() {
    std::vector<std::string> names;
    for (const scoring::BandGroup& group : data_.groups) {
      std::set<uint32_t>& bands = favourable_[group.plan];
      if (!bands.empty()) continue;
      bands = favourable_of(group);
      for (const uint32_t band : group.bands) {
        const std::string& id = scale_of(group.plan).bands[band].id;
        if (bands.count(band) != 0 && std::find(names.begin(), names.end(), id) == names.end()) names.push_back(id);
      }
    }
    out_.facts.emplace_back("favourable", listed(names));
    out_.facts.emplace_back("min_shown", std::to_string(data_.min_shown));
    out_.bare_facts.emplace_back("min_shown");
  }

  std::set<uint32_t> favourable_of(const scoring::BandGroup& group) const {
    const model::Scale& scale = scale_of(group.plan);
    std::set<uint32_t> bands;
    for (const uint32_t band : group.bands) {
      const std::optional<Decimal>& coefficient = scale.bands[band].coefficient;
      const bool named =
          std::find(data_.favourable.begin(), data_.favourable.end(), scale.bands[band].id) != data_.favourable.end();
      if (data_.favourable.empty() ? coefficient && *coefficient > make_decimal(1) : named) bands.insert(band);
    }
    if (!bands.empty() || !data_.favourable.empty()) return bands;
    return {group.bands.begin(), group.bands.begin() + static_cast<std::ptrdiff_t>(group.bands.size() / 2)};
  }

  struct Value {
    Selected before, after;
    bool shown = true;
  };

  // Every rated person with a scale, by the value of their last spell; who has none is one value of its own.
  std::map<std::string, Value> values_of(const std::string& attribute) const {
    std::map<std::string, Value> values;
    for (const scoring::BandGroup& group : data_.groups) {
      const std::set<uint32_t>& favourable = favourable_.at(group.plan);
      for (const uint32_t p : group.people) {
        const uint32_t spell = facts::last_spell(data_.dataset, p);
        Value& value = values[facts::group_label(data_.dataset, spell, attribute)];
        ++value.before.people;
        ++value.after.people;
        value.before.favourable += favourable.count(before_[p]) != 0 ? 1U : 0U;
        value.after.favourable += favourable.count(after_[p]) != 0 ? 1U : 0U;
      }
    }
    return values;
  }

  void hide_small(std::map<std::string, Value>& values) const {
    std::vector<uint32_t> people;
    for (const auto& [name, value] : values) people.push_back(value.before.people);
    const std::vector<Shown> shown = shown_groups(people, data_.min_shown);
    size_t i = 0;
    for (auto& [name, value] : values) value.shown = shown[i++] == Shown::shown;
  }

  // Of the values shown: the highest rate, of equal ones the most people, then the first.
  static const Value* highest(const std::map<std::string, Value>& values, Selected Value::*side) {
    const Value* best = nullptr;
    for (const auto& [name, value] : values) {
      if (!value.shown) continue;
      const bool better = best == nullptr || higher_rate(value.*side, best->*side) ||
                          (!higher_rate(best->*side, value.*side) && (value.*side).people > (best->*side).people);
      if (better) best = &value;
    }
    return best;
  }

  void add_attribute(const std::string& attribute) {
    std::map<std::string, Value> values = values_of(attribute);
    hide_small(values);
    const Value* before = highest(values, &Value::before);
    const Value* after = highest(values, &Value::after);
    for (const auto& [name, value] : values) {
      begin("attribute");
      rows_.put("attribute", attribute);
      rows_.put("value", name);
      if (value.shown) rows_.count("people", value.before.people);
      add_side("_before", value, &Value::before, before);
      add_side("_after", value, &Value::after, after);
    }
  }

  void add_side(const std::string& ending, const Value& value, Selected Value::*side, const Value* best) {
    if (!value.shown) return rows_.put("state" + ending, std::string("suppressed"));
    const Selected own = value.*side;
    const Selected other = best->*side;
    rows_.count("favourable" + ending, own.favourable);
    rows_.measure("rate" + ending, 100.0 * own.favourable / own.people);
    rows_.measure("ratio" + ending, rate_ratio(own, other));
    if (&value != best) rows_.measure("p" + ending, fisher_exact(own, other));
    static constexpr const char* kNames[] = {"highest", "ok", "adverse", "too_few"};
    const Impact impact = &value == best ? Impact::highest : impact_of(own, other);
    rows_.put("state" + ending, std::string(kNames[static_cast<size_t>(impact)]));
  }

  const CalibrationData& data_;
  table::Table& out_;
  Rows rows_;
  std::vector<uint32_t> before_, after_;               // bands by person
  std::map<uint32_t, std::set<uint32_t>> favourable_;  // by plan
};

}  // namespace

table::Table calibration(const CalibrationData& data, const RunHeader& header) {
  table::Table out;
  out.schema = "hrctl.calibration/v1";
  out.title = {"Calibration of " + header.cycle, header.cycle + " 校准"};
  out.split_by = "section";
  set_header(out, header);
  out.columns = calibration_columns(data.definitions);
  Report(data, out).build();
  return out;
}

}  // namespace hr::report
