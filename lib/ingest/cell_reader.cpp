#include "ingest/cell_reader.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/totals.h"

namespace hr::ingest {

using model::ColumnType;
using model::TableId;

RowProblem problem_of(const PlannedColumn& column, std::string_view value, ValueFault fault) {
  constexpr size_t kShown = 60;  // columns of a value in a message
  fault.args.insert(fault.args.begin(), {truncate_to_width(value, kShown), column.called()});
  return {std::move(fault), column.field, column.called(), std::string(value)};
}

static const DateFormats kIso;

static const DateFormats& dates_of(const PlannedColumn& column) {
  return column.mapping ? column.mapping->dates : kIso;
}

CellReader::CellReader(const ColumnPlan& plan, TableId table, bool keeps_changes)
    : table_(table), texts_(plan, keeps_changes), seen_(plan.columns.size()) {}

std::optional<std::string> CellReader::canonical(const PlannedColumn& column, std::string_view text,
                                                 ValueFault& fault) const {
  const auto itself = [&](bool sound) { return sound ? std::optional<std::string>(text) : std::nullopt; };
  switch (column.spec.type) {
    case ColumnType::id: {
      const bool total = table_ == TableId::employees && column.spec.key && is_called_total(text);
      if (total) fault = {"bad-id/total", {}, {}};
      return itself(!total && check_id(text, fault));
    }
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
bool CellReader::read_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell,
                           ValueFault& fault) {
  if (column.spec.type == ColumnType::text && dates_of(column).formats.empty()) {
    cell.text = text;
    return true;
  }
  Seen& seen = seen_[at];
  const auto code = seen.raw.find(text);
  if (code) cell.text = seen.canonical[*code];
  if (!code && !read_new_text(column, at, text, cell, fault)) return false;
  if (!dates_of(column).formats.empty() && cell.text != text)
    texts_.changes().note(column.called(), Rule::date, text, cell.text);
  return true;
}

bool CellReader::read_new_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell,
                               ValueFault& fault) {
  Seen& seen = seen_[at];
  std::optional<std::string> sound = canonical(column, text, fault);
  if (!sound) return false;
  if (text.size() <= 64 && seen.raw.size() < 1'000'000) {
    seen.raw.add(text);
    seen.canonical.push_back(std::move(*sound));
    cell.text = seen.canonical.back();
  } else {
    cell.text = texts_.changes().keep(std::move(*sound));
  }
  return true;
}

static bool convert(const model::ScaleConversion& scale, Cell& cell, ValueFault& fault) {
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

bool CellReader::read_decimal(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) {
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
      texts_.changes().note(column.called(), Rule::unit, text, now);
  }
  if (column.mapping && column.mapping->scale) {
    if (!convert(*column.mapping->scale, cell, fault)) return false;
    cell.from = &column;
    if (const std::string now = to_string(cell.number); now != text)
      texts_.changes().note(column.called(), Rule::scale, text, now);
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

bool CellReader::read_date(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) {
  const DateFormats& dates = dates_of(column);
  const auto day = read_day(text, dates, fault);
  if (!day) return false;
  cell.day = *day;
  if (!dates.formats.empty()) {
    if (const std::string iso = to_string(*day); iso != text)
      texts_.changes().note(column.called(), Rule::date, text, iso);
  }
  if (column.spec.type == ColumnType::last_day) {
    if (*day >= kFarFuture)
      cell.missing = true;  // the end of the calendar: still in force
    else if (!column.mapping || !column.mapping->exclusive)
      cell.day = *day + 1;
  }
  return true;
}

std::optional<RowProblem> CellReader::read(const PlannedColumn& column, size_t at, std::string_view raw, Cell& cell) {
  cell = {};
  const std::string_view text = texts_.put_right(column, raw);
  if (text.empty()) {
    if (column.spec.required) return problem_of(column, raw, {"required-missing", {}, {}});
    return std::nullopt;
  }
  if (text.size() > kMaxField)
    return problem_of(column, text.substr(0, 40), {"too-long/field", {std::to_string(text.size())}, {}});
  return read_typed(column, at, text, cell);
}

std::optional<RowProblem> CellReader::read_typed(const PlannedColumn& column, size_t at, std::string_view text,
                                                 Cell& cell) {
  cell.missing = false;
  ValueFault fault;
  bool sound = !column.is_number() || !column.clean.any() || texts_.put_number_right(column, text, cell.sign, fault);
  if (!sound) return problem_of(column, text, std::move(fault));
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
  if (!sound) return problem_of(column, text, std::move(fault));
  return std::nullopt;
}

}  // namespace hr::ingest
