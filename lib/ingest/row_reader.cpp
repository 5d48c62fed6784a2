#include "ingest/row_reader.h"

#include <algorithm>

#include "base/text.h"

namespace hr::ingest {

using model::ColumnType;
using model::TableId;

static size_t index_of(const ColumnPlan& plan, std::string_view name) {
  const auto it =
      std::find_if(plan.columns.begin(), plan.columns.end(), [&](const PlannedColumn& c) { return c.name == name; });
  return it == plan.columns.end() ? kNoField : static_cast<size_t>(it - plan.columns.begin());
}

RowReader::RowReader(const ColumnPlan& plan, TableId table, facts::Frame& frame)
    : plan_(plan),
      table_(table),
      frame_(frame),
      cells_(plan.columns.size()),
      owned_(plan.columns.size()),
      seen_(plan.columns.size()) {
  hire_ = index_of(plan, "hire_date");
  termination_ = index_of(plan, "termination_date");
  from_ = index_of(plan, "from");
  to_ = index_of(plan, "to");
  currency_ = index_of(plan, "currency");
  row_columns_ = index_of(plan, "attr." + std::string(kRowColumns));
  wide_id_ = index_of(plan, table == TableId::facts ? "kpi" : "competency");
  wide_value_ = index_of(plan, table == TableId::facts ? "value" : "rating");
  const auto watch = [&](const PlannedColumn& column) {
    if (column.mapping && column.mapping->scale) conversions_.push_back({&column, 0, 0, {}, {}});
  };
  for (const PlannedColumn& column : plan.columns) watch(column);
  for (const WideColumn& wide : plan.wide) watch(wide.cell);
}

std::optional<RowProblem> RowReader::problem(const PlannedColumn& column, std::string_view value,
                                             ValueFault fault) const {
  constexpr size_t kShown = 60;  // columns of a value in a message
  fault.args.insert(fault.args.begin(),
                    {truncate_to_width(value, kShown), column.heading.empty() ? column.name : column.heading});
  return RowProblem{std::move(fault), column.field, column.heading.empty() ? column.name : column.heading,
                    std::string(value)};
}

std::optional<RowProblem> RowReader::cell_fault(const Record& record) const {
  for (const CellFault& fault : record.cell_faults) {
    const std::string_view text = record.fields[fault.field];
    const auto found = [&](const PlannedColumn& column) {
      const bool told = column.mapping && column.mapping->values.count(std::string(text)) > 0;
      return column.field == fault.field && !told;
    };
    for (const PlannedColumn& column : plan_.columns) {
      if (found(column)) return problem(column, text, {std::string(fault.message), {}, {}});
    }
    for (const WideColumn& wide : plan_.wide) {
      if (found(wide.cell)) return problem(wide.cell, text, {std::string(fault.message), {}, {}});
    }
  }
  return std::nullopt;
}

std::optional<std::string> RowReader::canonical(size_t at, std::string_view text, ValueFault& fault) const {
  const PlannedColumn& column = plan_.columns[at];
  const auto itself = [&](bool sound) { return sound ? std::optional<std::string>(text) : std::nullopt; };
  switch (column.spec.type) {
    case ColumnType::id:
      return itself(check_id(text, fault));
    case ColumnType::subject: {
      const bool owner = table_ == TableId::objectives || table_ == TableId::key_results;
      return itself(check_subject(text, table_ == TableId::targets, owner, fault));
    }
    case ColumnType::period:
      return read_period(text, column.mapping ? column.mapping->format : std::string(), fault);
    case ColumnType::choice:
      return read_choice(text, column.spec.choices, fault);
    default:
      return itself(true);
  }
}

// Texts whose form is checked: each distinct one once.
bool RowReader::read_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell,
                          ValueFault& fault) {
  if (column.spec.type == ColumnType::text) {
    cell.text = text;
    return true;
  }
  Seen& seen = seen_[at];
  if (const auto code = seen.raw.find(text)) {
    cell.text = seen.canonical[*code];
    return true;
  }
  std::optional<std::string> sound = canonical(at, text, fault);
  if (!sound) return false;
  if (text.size() <= 64 && seen.raw.size() < 1'000'000) {
    seen.raw.add(text);
    seen.canonical.push_back(std::move(*sound));
    cell.text = seen.canonical.back();
  } else {
    owned_[at] = std::move(*sound);
    cell.text = owned_[at];
  }
  return true;
}

static int most_decimals(std::string_view currency) {  // ISO 4217, minor unit 3
  static constexpr std::string_view kThree[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  return std::find(std::begin(kThree), std::end(kThree), currency) != std::end(kThree) ? 3 : 2;
}

bool RowReader::convert(const model::ScaleConversion& scale, Cell& cell, ValueFault& fault) {
  cell.written = cell.number;
  if (!scale.covers(cell.number)) {
    fault = {"bad-number/off-scale", {to_string(scale.from_low), to_string(scale.from_high)}, {}};
    return false;
  }
  const auto converted = scale.convert(cell.number);
  if (!converted) {
    fault = {"bad-number/too-many-digits", {}, {}};
    return false;
  }
  cell.number = *converted;
  return true;
}

bool RowReader::read_decimal(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) const {
  const auto number = read_number(text, column.percent, fault);
  if (!number) return false;
  cell.number = *number;
  if (column.factor) {
    const auto scaled = multiply(*number, *column.factor);
    if (!scaled) {
      fault = {"bad-number/too-many-digits", {}, {}};
      return false;
    }
    cell.number = *scaled;
  }
  if (column.mapping && column.mapping->scale) {
    if (!convert(*column.mapping->scale, cell, fault)) return false;
    cell.from = &column;
  }
  if (column.spec.type == ColumnType::money && cell.number.unscaled < 0) {
    fault = {"bad-money/negative", {}, {}};
    return false;
  }
  if (const Bounds* bounds = column.bounds) {
    if (cell.number < bounds->least || (bounds->most && cell.number > *bounds->most)) {
      fault = {bounds->most ? "bad-number/bounds" : "bad-number/negative",
               {to_string(bounds->least), bounds->most ? to_string(*bounds->most) : ""},
               {}};
      return false;
    }
  }
  if (column.spec.type == ColumnType::count && (cell.number.unscaled < 0 || cell.number.scale > 0)) {
    fault = {"bad-number/not-whole", {}, {}};
    return false;
  }
  return true;
}

bool RowReader::read_date(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) const {
  const auto day =
      read_day(text, column.mapping ? std::string_view(column.mapping->format) : std::string_view(), fault);
  if (!day) return false;
  cell.day = *day;
  if (column.spec.type == ColumnType::last_day) {
    if (*day >= kFarFuture)
      cell.missing = true;  // the end of the calendar: still in force
    else if (!column.mapping || !column.mapping->exclusive)
      cell.day = *day + 1;
  }
  return true;
}

std::optional<RowProblem> RowReader::read_cell(const PlannedColumn& column, size_t at, std::string_view raw,
                                               Cell& cell) {
  cell = {};
  const bool is_id = column.spec.type == ColumnType::id || column.spec.type == ColumnType::subject;
  std::string_view text = is_id ? raw : without_blanks(raw);
  if (without_blanks(text).empty()) text = {};
  if (const model::ColumnMapping* mapping = column.mapping) {
    if (!mapping->values.empty()) {
      auto value = mapping->values.find(std::string(raw));
      if (value == mapping->values.end()) value = mapping->values.find(std::string(without_blanks(raw)));
      if (value != mapping->values.end()) text = value->second;
    }
    const bool still_open = !mapping->open.empty() && without_blanks(raw) == mapping->open;
    if (still_open) text = {};
    if (text.empty() && mapping->default_value && !still_open) text = *mapping->default_value;
  }
  if (text.empty()) {
    if (column.spec.required) return problem(column, raw, {"required-missing", {}, {}});
    return std::nullopt;
  }
  if (text.size() > kMaxField)
    return problem(column, text.substr(0, 40), {"too-long/field", {std::to_string(text.size())}, {}});
  cell.missing = false;
  ValueFault fault;
  bool sound = false;
  switch (facts::storage_of(column.spec.type)) {
    case facts::Storage::text:
      sound = read_text(column, at, text, cell, fault);
      break;
    case facts::Storage::day:
      sound = read_date(column, text, cell, fault);
      break;
    case facts::Storage::decimal:
      sound = read_decimal(column, text, cell, fault);
      break;
  }
  if (!sound) return problem(column, text, std::move(fault));
  return std::nullopt;
}

// What the cells of one row say about each other.
std::optional<RowProblem> RowReader::check_sense() const {
  const auto there = [&](size_t at) { return at != kNoField && !cells_[at].missing; };
  const auto bad = [&](size_t at, const char* message, Date shown, Date other) {
    return problem(plan_.columns[at], to_string(shown), {message, {to_string(other)}, {}});
  };
  if (there(hire_) && there(termination_) && cells_[termination_].day < cells_[hire_].day) {
    return bad(termination_, "left-before-joining", cells_[termination_].day, cells_[hire_].day);
  }
  if (there(from_) && there(to_)) {
    const bool exclusive = plan_.columns[to_].mapping && plan_.columns[to_].mapping->exclusive;
    const bool exported = there(row_columns_);  // a row without a day comes out so, and must go in again
    if (cells_[to_].day < cells_[from_].day || (!exclusive && !exported && cells_[to_].day == cells_[from_].day)) {
      return bad(to_, "ends-before-it-begins", exclusive ? cells_[to_].day : cells_[to_].day - 1, cells_[from_].day);
    }
  }
  for (size_t i = 0; i < cells_.size(); ++i) {
    if (plan_.columns[i].spec.type != ColumnType::money || cells_[i].missing) continue;
    const std::string_view currency = there(currency_) ? cells_[currency_].text : std::string_view{};
    const int most = most_decimals(currency);
    if (cells_[i].number.scale <= most) continue;
    return problem(plan_.columns[i], to_string(cells_[i].number),
                   {currency.empty() ? "bad-money/decimals" : "bad-money/decimals-of",
                    {std::string(currency.substr(0, 40)), std::to_string(most)},
                    {}});
  }
  return std::nullopt;
}

void RowReader::append_cell(facts::Column& column, const Cell& cell) {
  if (cell.missing) {
    column.append_missing();
    return;
  }
  switch (column.storage) {
    case facts::Storage::text:
      column.append(cell.text);
      break;
    case facts::Storage::day:
      column.append(cell.day);
      break;
    case facts::Storage::decimal:
      column.append(cell.number);
      break;
  }
}

void Conversions::add(const Conversions& other) {
  if (other.count > 0 && (count == 0 || other.first_line < first_line)) {
    first_line = other.first_line;
    before = other.before;
    after = other.after;
  }
  column = other.column;
  count += other.count;
}

void EmptySpells::add(const EmptySpells& other) {
  if (other.count > 0 && (count == 0 || other.first_line < first_line)) first_line = other.first_line;
  count += other.count;
}

void RowReader::count_conversion(const Cell& cell, uint32_t line) {
  for (Conversions& c : conversions_) {
    if (c.column != cell.from) continue;
    if (c.count++ > 0) return;
    c.first_line = line;
    c.before = cell.written;
    c.after = cell.number;
  }
}

void RowReader::append(uint32_t line) {
  for (size_t i = 0; i < cells_.size(); ++i) {
    append_cell(frame_.columns[i], cells_[i]);
    if (cells_[i].from != nullptr && !cells_[i].missing) count_conversion(cells_[i], line);
  }
  frame_.rows.push_back(line);
  if (from_ == kNoField || to_ == kNoField || cells_[from_].missing || cells_[to_].missing) return;
  if (cells_[to_].day == cells_[from_].day) empty_spells_.add({1, line});
}

std::optional<RowProblem> RowReader::read(const Record& record) {
  const auto field = [&](size_t at) { return at < record.fields.size() ? record.fields[at] : std::string_view{}; };
  for (size_t i = 0; i < plan_.columns.size(); ++i) {
    const PlannedColumn& column = plan_.columns[i];
    if (!plan_.wide.empty() && (i == wide_id_ || i == wide_value_)) continue;
    if (column.field == kNoField && !column.mapping) {
      cells_[i] = {};
      continue;
    }
    if (auto found = read_cell(column, i, field(column.field), cells_[i])) return found;
  }
  if (auto found = check_sense()) return found;
  if (plan_.wide.empty()) {
    append(record.line);
    return std::nullopt;
  }
  std::vector<Cell> values(plan_.wide.size());
  for (size_t w = 0; w < values.size(); ++w) {  // all of them first: the row goes in whole or not at all
    const PlannedColumn& column = plan_.wide[w].cell;
    if (auto found = read_cell(column, wide_value_, field(column.field), values[w])) return found;
  }
  for (size_t w = 0; w < values.size(); ++w) {
    if (values[w].missing) continue;
    cells_[wide_id_] = {};
    cells_[wide_id_].missing = false;
    cells_[wide_id_].text = plan_.wide[w].id;
    cells_[wide_value_] = values[w];
    append(record.line);
  }
  return std::nullopt;
}

}  // namespace hr::ingest
