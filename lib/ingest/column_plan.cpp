#include "ingest/column_plan.h"

#include <algorithm>
#include <map>

#include "base/cell_name.h"
#include "base/text.h"
#include "ingest/headings.h"
#include "ingest/values.h"

namespace hr::ingest {

using model::TableId;

bool is_reject_note(std::string_view heading) {
  return heading == "_line" || heading == "_column" || heading == "_code" || heading == "_reason" ||
         heading == "_surplus";
}

bool reads(const ColumnPlan& plan, const PlannedColumn& column, size_t field) {
  const auto is_it = [&](const FieldPart& part) { return part.field == field; };
  if (std::any_of(column.joined.begin(), column.joined.end(), is_it) || column.field == field) return true;
  return column.field_of == FieldOf::unpivoted_value &&
         std::find(plan.unpivoted.begin(), plan.unpivoted.end(), field) != plan.unpivoted.end();
}

bool reads_number(const ColumnPlan& plan, size_t field) {
  const auto it_does = [&](const PlannedColumn& column) { return column.is_number() && reads(plan, column, field); };
  return std::any_of(plan.columns.begin(), plan.columns.end(), it_does) ||
         std::any_of(plan.wide.begin(), plan.wide.end(), [&](const WideColumn& wide) { return it_does(wide.cell); });
}

namespace {

constexpr Bounds kBounds[] = {
    {"fte", {0, 0}, Decimal{2, 0}}, {"weight", {0, 0}, std::nullopt}, {"confidence", {0, 0}, Decimal{10, 0}}};

// Two neighbouring letters the wrong way round: nmae for name. Not of two letters: ot is no to.
bool is_transposed(std::string_view heading, std::string_view column) {
  if (heading.size() != column.size() || heading.size() < 3) return false;
  const size_t at =
      static_cast<size_t>(std::mismatch(heading.begin(), heading.end(), column.begin()).first - heading.begin());
  return at + 1 < heading.size() && heading[at] == column[at + 1] && heading[at + 1] == column[at] &&
         heading.substr(at + 2) == column.substr(at + 2);
}

// Works out the plan of one file.
class Planner {
 public:
  Planner(const std::vector<std::string>& headings, const ReadOptions& options, const std::string& file,
          const std::function<SourceSpan(size_t)>& place, Diagnostics& diagnostics)
      : headings_(headings),
        options_(options),
        file_(file),
        place_(place),
        diagnostics_(diagnostics),
        used_(headings.size(), 0),
        dropped_(headings.size(), 0) {
    for (const model::CanonicalColumn& c : model::imported_table(options.table).columns) {
      PlannedColumn column;
      column.name = c.name;
      column.spec = c;
      for (const Bounds& bounds : kBounds) {
        if (bounds.column == c.name) column.bounds = &bounds;
      }
      plan_.columns.push_back(std::move(column));
    }
  }

  ColumnPlan plan() {
    for (size_t i = 0; i < headings_.size(); ++i) used_[i] = is_reject_note(headings_[i]);
    plan_.mapping = options_.mapping;
    if (options_.mapping) apply_mapping();
    if (options_.mapping && options_.mapping->unpivot) apply_unpivot(*options_.mapping->unpivot);
    if (options_.mapping && options_.mapping->drop) apply_drop(*options_.mapping->drop);
    check_twice();
    apply_headings();
    check_required();
    tell_ignored();
    std::erase_if(plan_.columns, [&](const PlannedColumn& column) {
      return column.field == kNoField && column.mapping == nullptr && !is_by_row(column);
    });
    return std::move(plan_);
  }

 private:
  SourceSpan header() const { return {file_, headings_.empty() ? 1 : std::max(1, place_(0).line), 0, 0}; }

  void check_twice() {
    std::map<std::string, size_t> seen;
    for (size_t i = 0; i < headings_.size(); ++i) {
      if (headings_[i].empty()) continue;
      const auto [it, fresh] = seen.emplace(headings_[i], i);
      if (!fresh && !(dropped_[i] && dropped_[it->second])) {
        diagnostics_.push_back(
            make_error("column-twice", place_(i),
                       {headings_[i], std::to_string(it->second + 1), std::to_string(i + 1),
                        std::to_string(std::max(1, place_(i).line)), column_name(static_cast<int>(i) + 1)}));
      }
    }
  }

  PlannedColumn* find(std::string_view name) {
    const auto it = std::find_if(plan_.columns.begin(), plan_.columns.end(),
                                 [&](const PlannedColumn& c) { return c.name == name; });
    return it == plan_.columns.end() ? nullptr : &*it;
  }

  // `parts`: what the mapping reads; none: the file has no such column.
  void fill(PlannedColumn& column, const model::ColumnMapping& mapping, const std::vector<FieldPart>& parts) {
    column.mapping = &mapping;
    column.clean = mapping.clean.value_or(options_.mapping->clean);
    column.field = parts.empty() ? kNoField : parts.front().field;
    column.heading = column.field == kNoField ? listed(mapping.headers) : field_name(headings_, column.field);
    if (!mapping.join.empty()) {
      column.joined = parts;
      column.heading = listed(mapping.join);
    }
    if (!mapping.unit.empty()) {
      column.factor = model::unit_factor(mapping.unit);
      column.percent = model::is_percent(mapping.unit);
    }
    for (const FieldPart& part : parts) {
      if (part.of != FieldOf::column) column.field_of = part.of;
      if (part.field != kNoField) used_[part.field] = 1;
    }
  }

  // The first of the headings that there is: what a mapping unpivots has new ones. None: there is none.
  std::optional<FieldPart> part_of(const std::vector<std::string>& names) const {
    if (const auto& unpivot = options_.mapping->unpivot) {
      for (const std::string& name : names) {
        if (name == unpivot->name) return FieldPart{FieldOf::unpivoted_name, kNoField};
        if (name == unpivot->value) return FieldPart{FieldOf::unpivoted_value, kNoField};
      }
    }
    const size_t field = field_named(headings_, names);
    return field == kNoField ? std::nullopt : std::optional(FieldPart{FieldOf::column, field});
  }

  std::vector<FieldPart> parts_of(const model::ColumnMapping& mapping) const {
    std::vector<FieldPart> parts;
    if (mapping.join.empty()) {
      if (const auto part = part_of(mapping.headers)) parts.push_back(*part);
      return parts;
    }
    for (const std::string& name : mapping.join) {
      const auto part = part_of({name});
      if (!part) return {};
      parts.push_back(*part);
    }
    return parts;
  }

  // The columns that become rows: those chosen that no column of the mapping reads.
  void apply_unpivot(const model::Unpivot& unpivot) {
    const std::vector<uint8_t> chosen = chosen_fields(headings_, unpivot.columns);
    for (size_t i = 0; i < headings_.size(); ++i) {
      if (!chosen[i] || used_[i]) continue;
      used_[i] = 1;
      plan_.unpivoted.push_back(i);
      plan_.unpivot_names.push_back(field_name(headings_, i));
    }
    const std::string lacking = unpivot.columns.headings.empty() ? "" : not_there(headings_, unpivot.columns);
    if (!plan_.unpivoted.empty() && !lacking.empty())
      diagnostics_.push_back(make_warning("column-missing/unpivot-some", header(), {lacking, listed(headings_)}));
    if (!plan_.unpivoted.empty()) return;
    diagnostics_.push_back(make_error("column-missing/unpivot", header(), {shown(unpivot.columns), listed(headings_)}));
  }

  // What is neither read nor told of.
  void apply_drop(const model::ColumnChoice& drop) {
    const std::vector<uint8_t> chosen = chosen_fields(headings_, drop);
    for (size_t i = 0; i < headings_.size(); ++i) dropped_[i] = chosen[i] && !used_[i];
    for (size_t i = 0; i < headings_.size(); ++i) used_[i] = used_[i] || chosen[i];
    if (const std::string lacking = not_there(headings_, drop); !lacking.empty())
      diagnostics_.push_back(make_warning("column-missing/drop", header(), {lacking, listed(headings_)}));
  }

  // Where a mapping sends its column: a canonical one, an attribute, or a row of its own in a wide file.
  PlannedColumn& destination(const model::ColumnMapping& mapping) {
    if (PlannedColumn* canonical = find(mapping.column)) return *canonical;
    PlannedColumn column;
    column.name = mapping.column;
    if (wide()) {
      column.spec = {wide_value(), model::ColumnType::decimal};
      plan_.wide.push_back({mapping.column, std::move(column)});
      return plan_.wide.back().cell;
    }
    column.spec = {"", model::ColumnType::text};
    if (!column.name.starts_with("attr.")) column.name = "attr." + column.name;
    plan_.columns.push_back(std::move(column));
    return plan_.columns.back();
  }

  void apply_mapping() {
    for (const model::ColumnMapping& mapping : options_.mapping->columns) {
      const std::vector<FieldPart> parts = parts_of(mapping);
      if (parts.empty() && !mapping.default_value) {
        const bool required = find(mapping.column) && find(mapping.column)->spec.required;
        const auto make = required ? make_error : make_warning;
        diagnostics_.push_back(
            make("column-missing/mapped", header(),
                 {mapping.column, listed(mapping.join.empty() ? mapping.headers : mapping.join), listed(headings_)}));
        if (PlannedColumn* column = find(mapping.column)) column->mapping = &mapping;  // said once is enough
        continue;
      }
      fill(destination(mapping), mapping, parts);
    }
  }

  bool wide() const {
    return options_.wide && (options_.table == TableId::facts || options_.table == TableId::feedback);
  }
  std::string_view wide_value() const { return options_.table == TableId::facts ? "value" : "rating"; }
  std::string_view wide_id() const { return options_.table == TableId::facts ? "kpi" : "competency"; }

  // Whether each column of a wide file gives it: its heading, or its cells.
  bool is_by_row(const PlannedColumn& column) const {
    return wide() && (column.name == wide_id() || column.name == wide_value());
  }

  // Headings that no mapping names. Beside a mapping only exact canonical names count: it was written on purpose.
  void apply_headings() {
    for (PlannedColumn& column : plan_.columns) {
      if (!column.mapping && options_.mapping) column.clean = options_.mapping->clean;
    }
    for (size_t i = 0; i < headings_.size(); ++i) {
      if (used_[i]) continue;
      const std::string heading(trim(headings_[i]));
      if (heading.empty()) {
        plan_.unnamed.push_back(i);
        continue;
      }
      const auto name = options_.mapping ? std::optional(heading) : canonical_column(options_.table, heading);
      if (name == "effective_date" && options_.table == TableId::employees) {  // of the import, not of the person
        keep_other(*name, i);
        continue;
      }
      PlannedColumn* column = name ? find(*name) : nullptr;
      if (column && column->mapping) column = nullptr;
      if (column && column->field != kNoField && prefers_exact(*column, heading, i)) continue;
      if (column && column->field == kNoField) {
        column->field = i;
        column->heading = headings_[i];
      } else if (column) {
        diagnostics_.push_back(
            make_error("column-twice/synonyms", place_(i), {column->name, column->heading, headings_[i]}));
      } else {
        keep_other(heading, i);
      }
    }
  }

  // Two headings for one column: one that is its very name wins, and the other is like any other column.
  bool prefers_exact(PlannedColumn& column, const std::string& heading, size_t field) {
    if (heading == column.name) {
      const size_t other = column.field;
      column.field = field;
      column.heading = headings_[field];
      keep_other(std::string(trim(headings_[other])), other);
      return true;
    }
    if (trim(column.heading) == column.name) {
      keep_other(heading, field);
      return true;
    }
    return false;
  }

  void keep_other(const std::string& heading, size_t field) {
    PlannedColumn column;
    column.field = field;
    column.heading = headings_[field];
    if (options_.mapping) column.clean = options_.mapping->clean;
    const bool known_kpi =
        options_.kpis.empty() || std::find(options_.kpis.begin(), options_.kpis.end(), heading) != options_.kpis.end();
    if (wide() && !options_.mapping && (options_.table == TableId::feedback || known_kpi)) {
      column.name = heading;
      column.spec = {wide_value(), model::ColumnType::decimal};
      plan_.wide.push_back({heading, std::move(column)});
    } else if (wide() && options_.mapping && options_.table == TableId::facts && !options_.kpis.empty() && known_kpi) {
      column.name = heading;
      column.spec = {wide_value(), model::ColumnType::decimal};
      plan_.wide.push_back({heading, std::move(column)});
    } else if (model::imported_table(options_.table).keeps_other_columns) {
      if (const std::string near = misspelt(heading); !near.empty() && !heading.starts_with('_')) {
        diagnostics_.push_back(make_warning("unknown-column/kept", place_(field), {headings_[field]}));
        diagnostics_.back().suggestion = near;
      }
      column.name = "attr." + heading;
      column.spec = {"", model::ColumnType::text};
      plan_.columns.push_back(std::move(column));
    } else {
      plan_.ignored.push_back(headings_[field]);
      if (options_.mapping) return;  // told together: a mapping says what is wanted
      diagnostics_.push_back(make_warning("unknown-column", place_(field),
                                          {headings_[field], std::string(model::imported_table(options_.table).name)}));
      diagnostics_.back().suggestion = misspelt(heading);
    }
  }

  // The column of the table that the file lacks and whose name this heading nearly is; empty = none. Short headings
  // are near to too much (role, rate, date): of these only two letters the wrong way round count.
  std::string misspelt(const std::string& heading) const {
    std::vector<std::string> lacking;
    for (const PlannedColumn& column : plan_.columns) {
      const bool canonical = !column.name.starts_with("attr.");
      if (canonical && column.field == kNoField && column.mapping == nullptr) lacking.push_back(column.name);
    }
    if (heading.size() >= 5) return nearest(heading, lacking).value_or("");
    const auto meant = std::find_if(lacking.begin(), lacking.end(), [&](const std::string& column) {
      return is_transposed(fold_for_match(heading), column);
    });
    return meant == lacking.end() ? std::string() : *meant;
  }

  void tell_ignored() {
    if (!options_.mapping || plan_.ignored.empty()) return;
    Diagnostic note =
        make_warning("unknown-column/mapping", header(), {std::to_string(plan_.ignored.size()), listed(plan_.ignored)});
    note.severity = Severity::note;
    diagnostics_.push_back(std::move(note));
  }

  void check_required() {
    for (const PlannedColumn& column : plan_.columns) {
      const bool there = column.field != kNoField || column.mapping != nullptr || is_by_row(column);
      if (!column.spec.required || there) continue;
      const auto near = nearest(column.name, plan_.ignored);
      diagnostics_.push_back(make_error(near ? "column-missing/near" : "column-missing", header(),
                                        {column.name, listed(headings_), near.value_or("")}));
    }
    if (wide() && plan_.wide.empty())
      diagnostics_.push_back(make_error("column-missing/wide", header(), {listed(headings_)}));
  }

  const std::vector<std::string>& headings_;
  const ReadOptions& options_;
  const std::string& file_;
  const std::function<SourceSpan(size_t)>& place_;
  Diagnostics& diagnostics_;
  std::vector<uint8_t> used_;
  std::vector<uint8_t> dropped_;
  ColumnPlan plan_;
};

}  // namespace

ColumnPlan plan_columns(const std::vector<std::string>& headings, const ReadOptions& options, const std::string& file,
                        const std::function<SourceSpan(size_t)>& place, Diagnostics& diagnostics) {
  return Planner(headings, options, file, place, diagnostics).plan();
}

}  // namespace hr::ingest
