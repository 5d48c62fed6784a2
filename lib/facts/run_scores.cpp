#include "facts/run_scores.h"

#include <algorithm>

#include "facts/grouping.h"

namespace hr::facts {

namespace {

constexpr const char* kAttributes[] = {"org_unit", "manager_id", "job", "grade", "region"};
constexpr const char* kTexts[] = {"plan", "scale", "status", "reasons", "flags"};
constexpr const char* kFigures[] = {
    "kpi",      "okr",       "feedback",    "kpi_coverage", "okr_coverage", "feedback_coverage",
    "coverage", "raw_score", "score_exact", "score"};

Column make_column(std::string name, Storage storage) {
  Column column;
  column.name = std::move(name);
  column.storage = storage;
  return column;
}

Frame make_columns() {
  Frame frame;
  const auto add = [&](const char* name, Storage storage) { frame.columns.push_back(make_column(name, storage)); };
  add("employee_id", Storage::text);
  add("name", Storage::text);
  for (const char* name : kAttributes) add(name, Storage::text);
  for (const char* name : kTexts) add(name, Storage::text);
  for (const char* name : kFigures) add(name, Storage::decimal);
  add("band", Storage::text);
  for (const char* name : {"coefficient", "rank", "percentile", "decimals"}) add(name, Storage::decimal);
  add("rank_group", Storage::text);
  return frame;
}

void put(Column& column, std::string_view text) {
  if (text.empty())
    column.append_missing();
  else
    column.append(text);
}
void put(Column& column, const std::optional<Decimal>& value) {
  if (value)
    column.append(*value);
  else
    column.append_missing();
}
void put(Column& column, const std::optional<Figure>& figure) {
  put(column, figure ? std::optional(figure->decimal()) : std::nullopt);
}

std::string join(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += (text.empty() ? "" : ";") + item;
  return text;
}

// Appends one row, column by column in the order of make_columns().
class RowWriter {
 public:
  RowWriter(const Dataset& dataset, const model::Definitions& definitions, Frame& out)
      : dataset_(dataset), definitions_(definitions), out_(out) {}

  void add(uint32_t person, const model::PersonResult& result) {
    at_ = 0;
    const uint32_t spell = last_spell(dataset_, person);
    const model::Plan* plan = result.plan < definitions_.plans.size() ? &definitions_.plans[result.plan] : nullptr;
    const model::Scale* scale = plan != nullptr ? definitions_.find_scale(plan->scale) : nullptr;
    put(next(), std::string_view(dataset_.people.id[person]));
    put(next(), std::string_view(dataset_.people.name[person]));
    add_attributes(spell);
    put(next(), plan != nullptr ? std::string_view(plan->id) : std::string_view{});
    put(next(), scale != nullptr ? std::string_view(scale->id) : std::string_view{});
    put(next(), result.status == model::Status::rated ? std::string_view("rated") : std::string_view("not_rated"));
    put(next(), std::string_view(join(model::reason_names(result.reasons))));
    put(next(), std::string_view(join(model::flag_names(result.flags))));
    add_figures(result);
    add_standing(result, plan, scale, spell);
    out_.rows.push_back(static_cast<uint32_t>(out_.rows.size()) + 1);
  }

 private:
  Column& next() { return out_.columns[at_++]; }

  void add_attributes(uint32_t spell) {
    for (const char* name : kAttributes) {
      const Column* column = spell == kNone ? nullptr : dataset_.spells.attributes.find(name);
      put(next(), column != nullptr ? column->text(spell) : std::string_view{});
    }
  }

  void add_figures(const model::PersonResult& r) {
    for (const auto& figures : {r.component, r.component_coverage}) {
      for (const std::optional<Figure>& figure : figures) put(next(), figure);
    }
    for (const std::optional<Figure>& figure : {r.coverage, r.raw_score, r.exact, r.score}) put(next(), figure);
  }

  void add_standing(const model::PersonResult& r, const model::Plan* plan, const model::Scale* scale, uint32_t spell) {
    const model::Band* band = scale != nullptr && r.band < scale->bands.size() ? &scale->bands[r.band] : nullptr;
    put(next(), band != nullptr ? std::string_view(band->id) : std::string_view{});
    put(next(), band != nullptr ? band->coefficient : std::optional<Decimal>{});
    put(next(), r.rank > 0 ? std::optional(make_decimal(r.rank)) : std::nullopt);
    put(next(), r.percentile);
    put(next(), plan != nullptr ? std::optional(make_decimal(plan->decimals)) : std::nullopt);
    std::string group;
    if (plan != nullptr) {
      const bool own = !plan->rank_by.empty() || !plan->distribution;
      group = group_label(dataset_, spell, own ? plan->rank_by : plan->distribution->group_by);
    }
    put(next(), std::string_view(group));
  }

  const Dataset& dataset_;
  const model::Definitions& definitions_;
  Frame& out_;
  size_t at_ = 0;
};

}  // namespace

Frame make_run_scores(const Dataset& dataset, const model::Definitions& definitions,
                      std::span<const model::PersonResult> results) {
  Frame out = make_columns();
  RowWriter writer(dataset, definitions, out);
  const auto people = static_cast<uint32_t>(std::min(results.size(), dataset.people.size()));
  for (uint32_t p = 0; p < people; ++p) {
    if (results[p].status != model::Status::not_in_cycle) writer.add(p, results[p]);
  }
  return out;
}

}  // namespace hr::facts
