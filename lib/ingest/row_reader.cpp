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

RowReader::RowReader(const ColumnPlan& plan, TableId table, facts::Frame& frame, bool keeps_changes)
    : plan_(plan),
      table_(table),
      frame_(frame),
      cells_(plan.columns.size()),
      changes_(keeps_changes),
      seen_(plan.columns.size()) {
  sums_aside_.resize(plan.columns.size());
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

// As people know it.
static const std::string& name_of(const PlannedColumn& column) {
  return column.heading.empty() ? column.name : column.heading;
}

std::optional<RowProblem> RowReader::problem(const PlannedColumn& column, std::string_view value,
                                             ValueFault fault) const {
  constexpr size_t kShown = 60;  // columns of a value in a message
  fault.args.insert(fault.args.begin(), {truncate_to_width(value, kShown), name_of(column)});
  return RowProblem{std::move(fault), column.field, name_of(column), std::string(value)};
}

static const DateFormats kIso;

static const DateFormats& dates_of(const PlannedColumn& column) {
  return column.mapping ? column.mapping->dates : kIso;
}

// Whether a column reads this field of a record.
bool RowReader::reads(const PlannedColumn& column, size_t field) const {
  const auto is_it = [&](const FieldPart& part) { return part.field == field; };
  if (std::any_of(column.joined.begin(), column.joined.end(), is_it) || column.field == field) return true;
  return column.field_of == FieldOf::unpivoted_value &&
         std::find(plan_.unpivoted.begin(), plan_.unpivoted.end(), field) != plan_.unpivoted.end();
}

std::optional<RowProblem> RowReader::cell_fault(const Record& record) const {
  for (const CellFault& fault : record.cell_faults) {
    const std::string_view text = record.fields[fault.field];
    if (says_nothing(text)) continue;
    const auto found = [&](const PlannedColumn& column) -> std::optional<RowProblem> {
      const bool told = column.mapping && column.mapping->values.count(std::string(text)) > 0;
      if (told || !reads(column, fault.field)) return std::nullopt;
      RowProblem at_cell = *problem(column, text, {std::string(fault.message), {}, {}});
      at_cell.field = fault.field;
      return at_cell;
    };
    for (const PlannedColumn& column : plan_.columns) {
      if (auto at_cell = found(column)) return at_cell;
    }
    for (const WideColumn& wide : plan_.wide) {
      if (auto at_cell = found(wide.cell)) return at_cell;
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
      return read_period(text, dates_of(column), fault);
    case ColumnType::choice:
      return read_choice(text, column.spec.choices, fault);
    default: {  // a text; an attribute that is a day by its format
      if (dates_of(column).formats.empty()) return std::string(text);
      const auto day = read_day(text, dates_of(column), fault);
      return day ? std::optional(to_string(*day)) : std::nullopt;
    }
  }
}

// Texts whose form is checked: each distinct one once.
bool RowReader::read_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell,
                          ValueFault& fault) {
  if (column.spec.type == ColumnType::text && dates_of(column).formats.empty()) {
    cell.text = text;
    return true;
  }
  Seen& seen = seen_[at];
  const auto code = seen.raw.find(text);
  if (code) cell.text = seen.canonical[*code];
  if (!code && !read_new_text(at, text, cell, fault)) return false;
  if (!dates_of(column).formats.empty() && cell.text != text)
    changes_.note(name_of(column), Rule::date, text, cell.text);
  return true;
}

bool RowReader::read_new_text(size_t at, std::string_view text, Cell& cell, ValueFault& fault) {
  Seen& seen = seen_[at];
  std::optional<std::string> sound = canonical(at, text, fault);
  if (!sound) return false;
  if (text.size() <= 64 && seen.raw.size() < 1'000'000) {
    seen.raw.add(text);
    seen.canonical.push_back(std::move(*sound));
    cell.text = seen.canonical.back();
  } else {
    cell.text = changes_.keep(std::move(*sound));
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

// The number that a text is, before what the mapping makes of it.
static std::optional<Decimal> number_of(const PlannedColumn& column, std::string_view text, ValueFault& fault) {
  if (!column.mapping || !model::is_clock(column.mapping->unit)) return read_number(text, column.percent, fault);
  const auto hours = model::clock_hours(text);
  if (!hours) fault = {"bad-number/clock", {}, {}};
  return hours;
}

bool RowReader::read_decimal(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) {
  const auto number = number_of(column, text, fault);
  if (!number) return false;
  cell.number = *number;
  if (column.factor) {
    const auto scaled = multiply(*number, *column.factor);
    if (!scaled) {
      fault = {"bad-number/too-many-digits", {}, {}};
      return false;
    }
    cell.number = *scaled;
    if (const std::string now = to_string(cell.number); now != text)
      changes_.note(name_of(column), Rule::unit, text, now);
  }
  if (column.mapping && column.mapping->scale) {
    if (!convert(*column.mapping->scale, cell, fault)) return false;
    cell.from = &column;
    if (const std::string now = to_string(cell.number); now != text)
      changes_.note(name_of(column), Rule::scale, text, now);
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

bool RowReader::read_date(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) {
  const DateFormats& dates = dates_of(column);
  const auto day = read_day(text, dates, fault);
  if (!day) return false;
  cell.day = *day;
  if (!dates.formats.empty()) {
    if (const std::string iso = to_string(*day); iso != text) changes_.note(name_of(column), Rule::date, text, iso);
  }
  if (column.spec.type == ColumnType::last_day) {
    if (*day >= kFarFuture)
      cell.missing = true;  // the end of the calendar: still in force
    else if (!column.mapping || !column.mapping->exclusive)
      cell.day = *day + 1;
  }
  return true;
}

static bool is_id(const PlannedColumn& column) {
  return column.spec.type == ColumnType::id || column.spec.type == ColumnType::subject;
}

static bool is_number(const PlannedColumn& column) {
  return facts::storage_of(column.spec.type) == facts::Storage::decimal;
}

// Of an id with a part missing nothing is left: it would be somebody else's.
static std::string joined(const PlannedColumn& column, const std::vector<std::string_view>& parts) {
  std::string text;
  for (const std::string_view part : parts) {
    if (part.empty() && is_id(column)) return {};
    if (part.empty()) continue;
    if (!text.empty()) text += column.mapping->with;
    text += part;
  }
  return text;
}

bool RowReader::says_nothing(std::string_view text) const {
  if (!plan_.mapping) return false;
  const auto& words = plan_.mapping->missing;
  return std::find(words.begin(), words.end(), text) != words.end();
}

// What stands in the record for a part of a column; `at`: of the unpivoted columns.
std::string_view RowReader::text_of(const FieldPart& part, const Record& record, size_t at) const {
  if (part.of == FieldOf::unpivoted_name) return plan_.unpivot_names[at];
  const size_t field = part.of == FieldOf::unpivoted_value ? plan_.unpivoted[at] : part.field;
  return field < record.fields.size() ? record.fields[field] : std::string_view{};
}

// What stands there for the column, before anything is put right.
std::string_view RowReader::text_in(const PlannedColumn& column, const Record& record, size_t at) {
  if (!record.filled.empty() && std::binary_search(record.filled.begin(), record.filled.end(), column.field))
    changes_.note(name_of(column), Rule::fill, "", record.fields[column.field]);
  if (column.joined.empty()) return split_off(column, text_of({column.field_of, column.field}, record, at));
  std::vector<std::string_view> parts;
  std::string before;
  for (const FieldPart& part : column.joined) {
    const std::string_view text = without_blanks(text_of(part, record, at));
    parts.push_back(says_nothing(text) ? std::string_view{} : text);
    before += (before.empty() ? "" : " + ") + std::string(text);
  }
  const std::string_view text = changes_.keep(joined(column, parts));
  if (text != before) changes_.note(name_of(column), Rule::join, before, text);
  return split_off(column, text);
}

std::string_view RowReader::split_off(const PlannedColumn& column, std::string_view text) {
  if (!column.mapping || !column.mapping->split) return text;
  const std::string_view part = part_of(text, *column.mapping->split);
  if (part != text) changes_.note(name_of(column), Rule::split, text, part);
  return part;
}

// By the rules for texts of any kind.
std::string_view RowReader::cleaned(const PlannedColumn& column, std::string_view text) {
  const auto apply = [&](Rule rule, std::optional<std::string> better) {
    if (!better) return;
    const std::string_view now = changes_.keep(*std::move(better));
    changes_.note(name_of(column), rule, text, now);
    text = now;
  };
  if (column.clean.blanks) apply(Rule::blanks, without_odd_blanks(text));
  if (column.clean.width) apply(Rule::width, without_full_width(text));
  return text;
}

// By the rules for numbers. Amounts in two currencies are never put in one column.
bool RowReader::put_right(const PlannedColumn& column, std::string_view& text, Cell& cell, ValueFault& fault) {
  const auto apply = [&](Rule rule, std::optional<std::string> better) {
    if (!better) return;
    const std::string_view now = changes_.keep(*std::move(better));
    changes_.note(name_of(column), rule, text, now);
    text = now;
  };
  if (column.clean.currency) {
    apply(Rule::currency, without_currency(text, cell.sign));
    if (!cell.sign.empty()) {
      const Sign& first = signs_.try_emplace(&column, Sign{cell.sign, line_}).first->second;
      if (first.text != cell.sign) {
        fault = {"bad-number/other-currency",
                 {std::string(cell.sign), std::string(first.text), std::to_string(first.line)},
                 {}};
        return false;
      }
    }
  }
  if (column.clean.thousands) apply(Rule::thousands, without_thousands(text));
  return true;
}

// What the mapping says instead of this text: of a value, of one that says nothing, of none.
std::string_view RowReader::replaced(const PlannedColumn& column, std::string_view raw, std::string_view text) {
  if (!text.empty() && says_nothing(without_blanks(text))) {
    changes_.note(name_of(column), Rule::missing, text, "");
    text = {};
  }
  if (!column.mapping) return text;
  const model::ColumnMapping& mapping = *column.mapping;
  bool given = false;
  for (const std::string_view word : {raw, without_blanks(raw), text}) {
    if (mapping.values.empty() || given) break;
    const auto value = mapping.values.find(std::string(word));
    if (value == mapping.values.end()) continue;
    given = true;
    if (value->second != text) changes_.note(name_of(column), Rule::value, text, value->second);
    text = value->second;
  }
  const bool still_open = !mapping.open.empty() && (without_blanks(raw) == mapping.open || text == mapping.open);
  if (still_open) {
    changes_.note(name_of(column), Rule::open, text, "");
    return {};
  }
  if (!text.empty() || !mapping.default_value) return text;
  if (!mapping.default_value->empty())
    changes_.note(name_of(column), Rule::default_value, text, *mapping.default_value);
  return *mapping.default_value;
}

std::optional<RowProblem> RowReader::read_cell(const PlannedColumn& column, size_t at, std::string_view raw,
                                               Cell& cell) {
  cell = {};
  std::string_view text = column.clean.any() ? cleaned(column, raw) : raw;
  if (!is_id(column) || without_blanks(text).empty()) text = without_blanks(text);
  if (plan_.mapping) text = replaced(column, raw, text);
  if (text.empty()) {
    if (column.spec.required) return problem(column, raw, {"required-missing", {}, {}});
    return std::nullopt;
  }
  if (text.size() > kMaxField)
    return problem(column, text.substr(0, 40), {"too-long/field", {std::to_string(text.size())}, {}});
  return read_typed(column, at, text, cell);
}

std::optional<RowProblem> RowReader::read_typed(const PlannedColumn& column, size_t at, std::string_view text,
                                                Cell& cell) {
  cell.missing = false;
  ValueFault fault;
  bool sound = !is_number(column) || !column.clean.any() || put_right(column, text, cell, fault);
  if (!sound) return problem(column, text, std::move(fault));
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
    if (!cells_[i].sign.empty() && !currency.empty() && !sign_fits(cells_[i].sign, currency)) {
      return problem(
          plan_.columns[i], to_string(cells_[i].number),
          {"bad-money/other-currency", {std::string(cells_[i].sign), std::string(currency.substr(0, 40))}, {}});
    }
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

// Whether its cell is not the row's own: each unpivoted column, or column of a wide file, has another one.
bool RowReader::is_by_row(size_t at) const {
  if (!plan_.wide.empty() && (at == wide_id_ || at == wide_value_)) return true;
  return plan_.columns[at].field_of != FieldOf::column;
}

std::optional<RowProblem> RowReader::read_own_columns(const Record& record) {
  for (size_t i = 0; i < plan_.columns.size(); ++i) {
    const PlannedColumn& column = plan_.columns[i];
    if (is_by_row(i)) continue;
    if (column.field == kNoField && !column.mapping) {
      cells_[i] = {};
      continue;
    }
    if (auto found = read_cell(column, i, text_in(column, record), cells_[i])) return found;
  }
  return std::nullopt;
}

std::optional<RowProblem> RowReader::read_wide(const Record& record) {
  std::vector<Cell> values(plan_.wide.size());
  for (size_t w = 0; w < values.size(); ++w) {  // all of them first: the row goes in whole or not at all
    const PlannedColumn& column = plan_.wide[w].cell;
    if (auto found = read_cell(column, wide_value_, text_in(column, record), values[w])) return found;
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

// The columns that read the heading or the cell of plan_.unpivoted[at].
std::optional<RowProblem> RowReader::read_by_row(const Record& record, size_t at) {
  const size_t field = plan_.unpivoted[at];
  for (size_t i = 0; i < plan_.columns.size(); ++i) {
    const PlannedColumn& column = plan_.columns[i];
    if (!is_by_row(i)) continue;
    auto found = read_cell(column, i, text_in(column, record, at), cells_[i]);
    if (!found) continue;
    found->field = field;
    return found;
  }
  auto found = check_sense();
  if (found && found->field == kNoField) found->field = field;
  return found;
}

// All records first: the row goes in whole or not at all. Half a month of somebody's hours would be a wrong sum.
std::optional<RowProblem> RowReader::read_unpivoted(const Record& record) {
  std::vector<std::vector<Cell>> all;
  for (size_t u = 0; u < plan_.unpivoted.size(); ++u) {
    const size_t field = plan_.unpivoted[u];
    const std::string_view text = field < record.fields.size() ? trim(record.fields[field]) : std::string_view{};
    if (text.empty() || says_nothing(text)) continue;
    if (auto found = read_by_row(record, u)) return found;
    all.push_back(cells_);
  }
  for (std::vector<Cell>& cells : all) {
    cells_ = std::move(cells);
    append(record.line);
  }
  cells_.resize(plan_.columns.size());
  return std::nullopt;
}

// What a row that is set aside would have added, as far as its numbers can be read.
void RowReader::sum_aside(const Record& record) {
  const auto add = [&](const PlannedColumn& column, size_t at, std::string_view text) {
    Cell cell;
    const bool sound = !read_cell(column, at, text, cell);
    if (sound && !cell.missing) sums_aside_[at].add(cell.number);
  };
  for (size_t i = 0; i < plan_.columns.size(); ++i) {
    const PlannedColumn& column = plan_.columns[i];
    if (!is_number(column)) continue;
    for (size_t u = 0; column.field_of != FieldOf::column && u < plan_.unpivoted.size(); ++u) {
      const std::string_view text = text_of({FieldOf::unpivoted_value, kNoField}, record, u);
      if (!trim(text).empty() && !says_nothing(trim(text))) add(column, i, text_in(column, record, u));
    }
    if (!is_by_row(i)) add(column, i, text_in(column, record));
  }
  for (const WideColumn& wide : plan_.wide) add(wide.cell, wide_value_, text_in(wide.cell, record));
}

std::optional<RowProblem> RowReader::read(const Record& record) {
  changes_.begin_row();
  line_ = record.line;
  auto found = read_own_columns(record);
  if (!found && !plan_.unpivoted.empty()) {
    found = read_unpivoted(record);
  } else if (!found) {
    found = check_sense();
    if (!found && !plan_.wide.empty()) found = read_wide(record);
    if (!found && plan_.wide.empty()) append(record.line);
  }
  if (!found)
    changes_.accept_row(record.line);
  else
    sum_aside(record);
  return found;
}

}  // namespace hr::ingest
