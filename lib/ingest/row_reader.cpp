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
    : plan_(plan), frame_(frame), cells_(plan.columns.size()), reader_(plan, table, keeps_changes) {
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

std::optional<RowProblem> RowReader::cell_fault(const Record& record) const {
  for (const CellFault& fault : record.cell_faults) {
    const std::string_view text = record.fields[fault.field];
    if (reader_.texts().says_nothing(text)) continue;
    const auto found = [&](const PlannedColumn& column) -> std::optional<RowProblem> {
      const bool told = column.mapping && column.mapping->values.count(std::string(text)) > 0;
      if (told || !reads(plan_, column, fault.field)) return std::nullopt;
      RowProblem at_cell = problem_of(column, text, {std::string(fault.message), {}, {}});
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

static int most_decimals(std::string_view currency) {  // ISO 4217, minor unit 3
  static constexpr std::string_view kThree[] = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"};
  return std::find(std::begin(kThree), std::end(kThree), currency) != std::end(kThree) ? 3 : 2;
}

// What the cells of one row say about each other.
std::optional<RowProblem> RowReader::check_sense() const {
  const auto there = [&](size_t at) { return at != kNoField && !cells_[at].missing; };
  const auto bad = [&](size_t at, const char* message, Date shown, Date other) {
    return problem_of(plan_.columns[at], to_string(shown), {message, {to_string(other)}, {}});
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
      return problem_of(
          plan_.columns[i], to_string(cells_[i].number),
          {"bad-money/other-currency", {std::string(cells_[i].sign), std::string(currency.substr(0, 40))}, {}});
    }
    const int most = most_decimals(currency);
    if (cells_[i].number.scale <= most) continue;
    return problem_of(plan_.columns[i], to_string(cells_[i].number),
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

// `at`: of the column that has the fault, else behind the last one.
std::optional<RowProblem> RowReader::read_own_columns(const Record& record, size_t& at) {
  for (at = 0; at < plan_.columns.size(); ++at) {
    const PlannedColumn& column = plan_.columns[at];
    if (is_by_row(at)) continue;
    if (column.field == kNoField && !column.mapping) {
      cells_[at] = {};
      continue;
    }
    if (auto found = reader_.read(column, at, reader_.texts().text_in(column, record), cells_[at])) return found;
  }
  return std::nullopt;
}

std::optional<RowProblem> RowReader::read_wide(const Record& record) {
  std::vector<Cell> values(plan_.wide.size());
  for (size_t w = 0; w < values.size(); ++w) {  // all of them first: the row goes in whole or not at all
    const PlannedColumn& column = plan_.wide[w].cell;
    if (auto found = reader_.read(column, wide_value_, reader_.texts().text_in(column, record), values[w]))
      return found;
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
    auto found = reader_.read(column, i, reader_.texts().text_in(column, record, at), cells_[i]);
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
    const std::string_view text = trim(reader_.texts().unpivoted(record, u));
    if (text.empty() || reader_.texts().says_nothing(text)) continue;
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

// What a row that is set aside would have added, as far as its numbers can be read. Its own columns have been read up
// to the faulty one.
void RowReader::sum_aside(const Record& record, size_t faulty) {
  const auto add_cell = [&](size_t at, const Cell& cell) {
    if (!cell.missing) sums_aside_[at].add(cell.number);
  };
  const auto add = [&](const PlannedColumn& column, size_t at, std::string_view text) {
    Cell cell;
    if (!reader_.read(column, at, text, cell)) add_cell(at, cell);
  };
  for (size_t i = 0; i < plan_.columns.size(); ++i) {
    const PlannedColumn& column = plan_.columns[i];
    if (!column.is_number()) continue;
    for (size_t u = 0; column.field_of != FieldOf::column && u < plan_.unpivoted.size(); ++u) {
      const std::string_view text = reader_.texts().unpivoted(record, u);
      if (!trim(text).empty() && !reader_.texts().says_nothing(trim(text)))
        add(column, i, reader_.texts().text_in(column, record, u));
    }
    if (is_by_row(i)) continue;
    if (i < faulty) add_cell(i, cells_[i]);
    if (i > faulty) add(column, i, reader_.texts().text_in(column, record));
  }
  for (const WideColumn& wide : plan_.wide) add(wide.cell, wide_value_, reader_.texts().text_in(wide.cell, record));
}

std::optional<RowProblem> RowReader::read(const Record& record) {
  reader_.texts().begin_row(record.line);
  size_t faulty = 0;
  auto found = read_own_columns(record, faulty);
  if (!found && !plan_.unpivoted.empty()) {
    found = read_unpivoted(record);
  } else if (!found) {
    found = check_sense();
    if (!found && !plan_.wide.empty()) found = read_wide(record);
    if (!found && plan_.wide.empty()) append(record.line);
  }
  if (!found)
    reader_.texts().accept_row();
  else
    sum_aside(record, faulty);
  return found;
}

}  // namespace hr::ingest
