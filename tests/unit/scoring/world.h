// A small world to score: definitions by hand, tables as CSV text, facts one by one. The dataset is made by the real
// builder, so that spells and targets are what they are in a run.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "base/text.h"
#include "facts/dataset_builder.h"
#include "model/imported_table.h"
#include "scoring/score.h"

namespace world {

using namespace hr;

inline Decimal dec(const std::string& text) {
  const auto value = parse_decimal(text);
  if (!value) throw std::invalid_argument(text);
  return *value;
}
inline Date day(const std::string& iso) {
  const auto date = parse_date(iso);
  if (!date) throw std::invalid_argument(iso);
  return *date;
}
inline model::DatedValues constant(const std::string& value) {
  return {model::DatedValue{kFarPast, dec(value), {}}};
}
inline model::Expression expression(const std::string& text) {
  return {text, {"test.yaml", 1, 1, 0}};
}

// What came out, kept with all that it refers to.
struct Scored {
  std::unique_ptr<model::Definitions> definitions;
  std::unique_ptr<facts::Dataset> dataset;
  std::unique_ptr<scoring::Scorer> scorer;
  std::vector<model::PersonResult> results;
  Diagnostics diagnostics;  // the scorer's and check()'s
  Diagnostics built;        // the dataset builder's

  const model::PersonResult& of(const std::string& id) const { return results.at(*dataset->people.find(id)); }
  bool said(const std::string& code) const {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& d) { return d.code == code; });
  }
  model::Derivation explain(const std::string& id) const { return scorer->explain(*dataset->people.find(id), results); }
};

// "100.00" of a figure at two decimals; "-" when missing.
inline std::string at(const std::optional<Figure>& figure, int decimals = 2) {
  return figure ? to_fixed(figure->decimal(), decimals) : "-";
}

// The node of that path; one with the status "absent" when there is none.
inline const model::Derivation* find(const model::Derivation& tree, const std::string& node) {
  static const model::Derivation kAbsent = [] {
    model::Derivation d;
    d.status = "absent";
    d.args.resize(8);
    return d;
  }();
  if (tree.node == node) return &tree;
  for (const model::Derivation& part : tree.parts) {
    const model::Derivation* found = find(part, node);
    if (found != &kAbsent) return found;
  }
  return &kAbsent;
}
inline bool has_node(const model::Derivation& tree, const std::string& node) {
  return find(tree, node)->status != "absent";
}

struct World {
  model::Definitions d;
  facts::DatasetInput input;
  std::vector<std::tuple<std::string, std::string, std::string, double>> facts;  // subject, KPI, period, value
  std::string as_of;

  // The year 2025 by month, one plan of KPIs only, one scorecard for everyone without KPIs.
  World() {
    cycle("2025-01-01", "2025-12-31");
    d.cycles[0].plans.push_back({"p", {}});
    model::Plan plan;
    plan.id = "p";
    plan.weights[0] = dec("100");
    plan.span = {"plans.yaml", 3, 5, 1};
    d.plans.push_back(plan);
    model::Scorecard scorecard;
    scorecard.id = "all";
    d.scorecards.push_back(scorecard);
  }

  model::Plan& plan() { return d.plans[0]; }
  model::Scorecard& scorecard() { return d.scorecards[0]; }

  void cycle(const std::string& from, const std::string& last, PeriodKind period = PeriodKind::month) {
    if (d.cycles.empty()) d.cycles.emplace_back();
    d.cycles[0].id = "c";
    d.cycles[0].range = {day(from), day(last) + 1};
    d.cycles[0].period = period;
  }

  model::Kpi& kpi(const std::string& id) {
    for (model::Kpi& k : d.kpis) {
      if (k.id == id) return k;
    }
    d.kpis.emplace_back();
    d.kpis.back().id = id;
    return d.kpis.back();
  }
  model::Kpi& additive(const std::string& id) {
    model::Kpi& k = kpi(id);
    k.nature = model::Nature::additive;
    k.aggregate = model::Aggregate::sum;
    return k;
  }
  // An entry of the first scorecard; an empty target or weight is not given.
  model::ScorecardKpi& entry(const std::string& id, const std::string& weight = "", const std::string& target = "") {
    return entry_in(scorecard(), id, weight, target);
  }
  model::ScorecardKpi& entry_in(model::Scorecard& card, const std::string& id, const std::string& weight,
                                const std::string& target) {
    card.kpis.emplace_back();
    model::ScorecardKpi& e = card.kpis.back();
    e.kpi = id;
    if (!weight.empty()) e.weight = dec(weight);
    if (!target.empty()) e.target = constant(target);
    return e;
  }

  void scale(const std::vector<std::pair<std::string, std::string>>& bands) {
    model::Scale s;
    s.id = "s";
    for (const auto& [id, from] : bands) {
      s.bands.emplace_back();
      s.bands.back().id = id;
      s.bands.back().from = dec(from);
    }
    d.scales.push_back(s);
    plan().scale = "s";
  }

  // Rows as CSV text, the first line names the columns.
  void table(model::TableId id, const std::string& csv) { Frame_list(id).push_back(frame(id, csv)); }
  void people(const std::string& csv) { table(model::TableId::employees, csv); }
  void one_person() { people("employee_id,job,hire_date\nE1,Rep,2020-01-01\n"); }

  void fact(const std::string& subject, const std::string& kpi_id, const std::string& period, double value) {
    facts.emplace_back(subject, kpi_id, period, value);
  }
  void monthly(const std::string& subject, const std::string& kpi_id, int year, int first, int last, double value) {
    for (int m = first; m <= last; ++m) {
      fact(subject, kpi_id, std::to_string(year) + (m < 10 ? "-0" : "-") + std::to_string(m), value);
    }
  }

  Scored run(const std::string& only_plan = "") const {
    Scored out;
    out.definitions = std::make_unique<model::Definitions>(d);
    facts::DatasetInput in = input;
    in.cycle = d.cycles[0].range;
    in.cycle_id = "c";
    in.period = d.cycles[0].period;
    in.as_of = as_of.empty() ? d.cycles[0].range.last() : day(as_of);
    out.dataset = std::make_unique<hr::facts::Dataset>(hr::facts::build_dataset(in, *out.definitions, out.built));
    add_all_facts(*out.dataset);
    out.scorer =
        std::make_unique<scoring::Scorer>(*out.definitions, *out.dataset, scoring::ScoreOptions{"c", only_plan});
    out.results.resize(out.dataset->people.size());
    out.diagnostics = out.scorer->diagnostics();
    out.scorer->score_people(0, static_cast<uint32_t>(out.results.size()), out.results);
    for (const Diagnostic& found : out.scorer->check(out.results)) out.diagnostics.push_back(found);
    out.scorer->rank(out.results);
    out.scorer->distribute(out.results);
    return out;
  }

 private:
  std::vector<hr::facts::Frame>& Frame_list(model::TableId id) {
    switch (id) {
      case model::TableId::employees:
        return input.employees;
      case model::TableId::assignments:
        return input.assignments;
      case model::TableId::org_units:
        return input.org_units;
      case model::TableId::targets:
        return input.targets;
      case model::TableId::objectives:
        return input.objectives;
      case model::TableId::key_results:
        return input.key_results;
      case model::TableId::checkins:
        return input.checkins;
      case model::TableId::feedback:
        return input.feedback;
      default:
        return input.leaves;
    }
  }

  static void append(hr::facts::Column& column, std::string_view cell, bool last_day) {
    if (cell.empty()) return column.append_missing();
    switch (column.storage) {
      case hr::facts::Storage::text:
        return column.append(cell);
      case hr::facts::Storage::day:
        return column.append(day(std::string(cell)) + (last_day ? 1 : 0));
      case hr::facts::Storage::decimal:
        return column.append(dec(std::string(cell)));
    }
  }

  static hr::facts::Frame frame(model::TableId id, const std::string& csv) {
    hr::facts::Frame f = hr::facts::make_frame(id);
    std::vector<std::string_view> lines = split(csv, '\n');
    const std::vector<std::string_view> header = split(lines[0], ',');
    for (uint32_t row = 1; row < lines.size(); ++row) {
      if (lines[row].empty()) continue;
      const std::vector<std::string_view> cells = split(lines[row], ',');
      for (hr::facts::Column& column : f.columns) {
        const auto at = std::find(header.begin(), header.end(), column.name);
        column.carried = at != header.end() || id != model::TableId::assignments;
        if (at == header.end()) {
          column.append_missing();
        } else {
          append(column, cells.at(static_cast<size_t>(at - header.begin())), column.name == "to");
        }
      }
      f.rows.push_back(row + 1);
      f.sources.push_back(1);
    }
    return f;
  }

  void add_all_facts(hr::facts::Dataset& dataset) const {
    std::map<std::pair<std::string, Period>, std::vector<std::pair<std::string, double>>> cells;
    for (const auto& [subject, kpi_id, period, value] : facts) {
      cells[{kpi_id, *parse_period(period)}].emplace_back(subject, value);
    }
    hr::facts::SharedDictionary subjects;
    for (const auto& f : facts) subjects.add(std::get<0>(f));
    const hr::facts::SubjectMap map = hr::facts::map_subjects(subjects, dataset);
    hr::facts::FactReader reader(map);
    for (const auto& [key, rows] : cells) {
      std::vector<uint32_t> codes;
      std::vector<double> values;
      for (const auto& [subject, value] : rows) {
        codes.push_back(*subjects.find(subject));
        values.push_back(value);
      }
      reader.add(key.first, key.second, codes, values);
    }
    dataset.kpis = hr::facts::take_kpis({&reader, 1});
  }
};

// One additive KPI "rev" of weight 100 on a straight line without a cap in the way.
inline World additive_world(const std::string& people, const std::string& target) {
  World w;
  w.people(people);
  w.additive("rev");
  w.entry("rev", "100", target).cap = dec("1000");
  return w;
}

inline std::string target_of(const Scored& s, const std::string& kpi = "rev", const std::string& id = "E1") {
  const model::Derivation tree = s.explain(id);
  const model::Derivation* d = find(tree, "kpi/" + kpi + "/target");
  if (d->value.empty()) return "-";
  double value = std::stod(d->value);
  return at(snap(value), 2);
}

}  // namespace world
