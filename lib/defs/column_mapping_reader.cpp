#include "defs/column_mapping_reader.h"

#include <algorithm>

#include "base/period.h"
#include "defs/readers.h"
#include "defs/scalars.h"

namespace hr::defs {

using namespace model;

std::vector<std::string> read_words(const Cursor& cursor) {
  std::vector<std::string> words;
  for (const Cursor& item : cursor.items_of_some()) {
    if (auto word = item.word()) words.push_back(*std::move(word));
  }
  return words;
}

std::optional<std::string> read_raw_text(const Cursor& cursor) {
  if (cursor.kind() == NodeKind::scalar && !cursor.node().text.empty()) return cursor.node().text;
  if (cursor.kind() != NodeKind::broken)
    cursor.error(cursor.kind() == NodeKind::scalar ? "bad-value/empty" : "bad-value/text", {cursor.path()});
  return std::nullopt;
}

Cleaning read_cleaning(const Cursor& cursor) {
  static constexpr std::string_view kRules[] = {"blanks", "width", "thousands", "currency"};
  Cleaning cleaning;
  bool* const flags[] = {&cleaning.blanks, &cleaning.width, &cleaning.thousands, &cleaning.currency};
  for (const Cursor& item : cursor.items()) {
    if (const auto i = item.choice(kRules)) *flags[*i] = true;
  }
  return cleaning;
}

namespace {

void read_headers(ColumnMapping& column, const Cursor& cursor) {
  if (cursor.kind() == NodeKind::list)
    column.headers = read_words(cursor);
  else if (auto header = cursor.word())
    column.headers.push_back(*std::move(header));
}

void read_values(ColumnMapping& column, const Cursor& cursor) {
  for (const auto& [key, value] : cursor.entries()) {
    const auto meaning = value.word();
    if (meaning) column.values[key.node().text] = *meaning;
  }
}

// `default`: a value as a file could have it, so a number or a boolean word is text too; "" stands for nothing.
void read_default(ColumnMapping& column, const Cursor& cursor) {
  if (cursor.kind() == NodeKind::scalar)
    column.default_value = cursor.node().text;
  else if (cursor.kind() != NodeKind::broken)
    cursor.error("bad-value/text", {cursor.path()});
}

bool is_day(ColumnType type) {
  return type == ColumnType::date || type == ColumnType::last_day;
}

bool is_number(ColumnType type) {
  return type == ColumnType::decimal || type == ColumnType::money || type == ColumnType::count;
}

// %Y %m %d and the like, at least one of them.
bool is_date_format(std::string_view format) {
  bool any = false;
  for (size_t at = format.find('%'); at != std::string_view::npos; at = format.find('%', at + 2)) {
    if (at + 1 == format.size() || std::string_view("YymdbHMS").find(format[at + 1]) == std::string_view::npos)
      return false;
    any = any || std::string_view("Yymdb").find(format[at + 1]) != std::string_view::npos;
  }
  return any;
}

bool has(const std::string& format, const char* part) {
  return format.find(part) != std::string::npos;
}

bool has_year(const std::string& format) {
  return has(format, "%Y") || has(format, "%y");
}

bool may_be_day(const std::string& column, std::optional<ColumnType> type) {
  return !type || is_day(*type) || *type == ColumnType::period ||
         (*type == ColumnType::text && column.starts_with("attr."));
}

// Keys that only columns of some types have.
void check_type(const Fields& fields, const std::string& column, std::optional<ColumnType> type) {
  if (!type) return;
  const bool dated = may_be_day(column, type);
  for (const char* key : {"format", "century", "within"}) {
    if (const auto c = fields.get(key); c && !dated) c->error("bad-value/format-column", {key});
  }
  if (const auto c = fields.get("exclusive"); c && *type != ColumnType::last_day)
    c->error("bad-value/exclusive-column");
  if (const auto c = fields.get("scale"); c && *type != ColumnType::decimal) c->error("bad-value/scale-column");
  if (const auto c = fields.get("open"); c && !is_day(*type)) c->error("bad-value/open-column");
  if (const auto c = fields.get("clean"); c && c->kind() == NodeKind::list && !is_number(*type)) {
    for (const Cursor& rule : c->items()) {
      const std::string& word = rule.node().text;
      if (word == "thousands" || word == "currency") rule.error("bad-value/clean-column", {word});
    }
  }
}

void read_unit(ColumnMapping& column, const Cursor& cursor) {
  set(column.unit, cursor.word());
  if (!column.unit.empty() && !model::unit_factor(column.unit)) cursor.error("bad-value/mapping-unit", {column.unit});
}

void read_scale(ColumnMapping& column, const Cursor& cursor) {
  const Fields fields(cursor, {"from", "to"});
  const auto from = fields.require("from");
  const auto to = fields.require("to");
  const auto old_ends = from ? read_scale_ends(*from) : std::nullopt;
  const auto new_ends = to ? read_scale_ends(*to) : std::nullopt;
  if (!old_ends || !new_ends) return;
  const ScaleConversion scale{old_ends->low, old_ends->high, new_ends->low, new_ends->high};
  if (scale.is_lossy()) {
    cursor.error("lossy-conversion", {to_string(scale.from_low), to_string(scale.from_high), to_string(scale.to_low),
                                      to_string(scale.to_high)});
  }
  column.scale = scale;
}

// Two formats that read one text as different days: which of them comes first would decide what a day is.
void check_formats_agree(const ColumnMapping& column, const Cursor& cursor) {
  const Date probe = *make_date(2003, 1, 2);
  for (const std::string& written : column.dates.formats) {
    for (const std::string& other : column.dates.formats) {
      const auto read = parse_date(format_date(probe, written), other, column.dates.defaults);
      const auto meant = parse_date(format_date(probe, written), written, column.dates.defaults);
      if (read && meant && *read != *meant) return cursor.error("bad-value/formats-differ", {written, other});
    }
  }
}

// One format, or several of which the first that fits is taken.
void read_formats(ColumnMapping& column, const Cursor& cursor) {
  std::vector<Cursor> items;
  if (cursor.kind() == NodeKind::list)
    items = cursor.items_of_some();
  else
    items.push_back(cursor);
  for (const Cursor& item : items) {
    const auto format = item.word();
    if (!format) continue;
    column.dates.formats.push_back(*format);
    if (!is_date_format(*format)) item.error("bad-value/date-format", {*format});
  }
}

// The year, or the month, of days that are written without.
void read_within(ColumnMapping& column, const Cursor& cursor) {
  const auto text = cursor.word();
  if (!text) return;
  const auto period = parse_period(*text);
  if (!period || (period->kind != PeriodKind::month && period->kind != PeriodKind::year))
    return cursor.error("bad-value/within", {shown(*text)});
  const CivilDate first = civil(period->from);
  column.dates.defaults.year = first.year;
  column.dates.defaults.month = period->kind == PeriodKind::month ? first.month : 0;
}

// Everything that makes a day must come from somewhere.
void check_dates(const ColumnMapping& column, const Fields& fields) {
  const auto format = fields.get("format");
  const auto within = fields.get("within");
  const auto century = fields.get("century");
  const auto& formats = column.dates.formats;
  const auto any = [&](auto holds) { return std::any_of(formats.begin(), formats.end(), holds); };
  const bool two_digits = any([](const std::string& f) { return has(f, "%y"); });
  const bool no_year = any([](const std::string& f) { return is_date_format(f) && !has_year(f); });
  const bool no_month = any([](const std::string& f) { return has(f, "%d") && !has(f, "%m") && !has(f, "%b"); });
  if (format && two_digits && !fields.says("century")) format->error("missing-key/century");
  if (century && !two_digits) century->error("bad-value/century-unused");
  if (format && no_year && !fields.says("within")) format->error("missing-key/within");
  if (within && !no_year && !formats.empty()) within->error("bad-value/within-unused");
  if (within && formats.empty()) within->error("bad-value/within-unused");
  if (within && no_month && column.dates.defaults.month == 0) within->error("bad-value/within-month");
  if (format) check_formats_agree(column, *format);
}

void read_split(ColumnMapping& column, const Cursor& cursor) {
  Split split;
  const Fields fields(cursor, {"by", "part"});
  if (const auto c = fields.require("by")) set(split.by, read_raw_text(*c));
  if (const auto c = fields.require("part")) {
    set(split.part, c->whole(-100, 100));
    if (split.part == 0) c->error("bad-value/split-part");
  }
  if (!split.by.empty() && split.part != 0) column.split = std::move(split);
}

void read_sources(ColumnMapping& column, const Fields& fields) {
  if (const auto c = fields.get("from")) read_headers(column, *c);
  if (const auto c = fields.get("join")) {
    column.join = read_words(*c);
    if (fields.has("from")) c->error("bad-value/join-and-from");
  }
  if (const auto c = fields.get("with")) {
    set(column.with, read_raw_text(*c));
    if (!fields.has("join")) c->error("bad-value/with-unused");
  }
  if (const auto c = fields.get("split")) {
    read_split(column, *c);
    if (!fields.says("from") && !fields.says("join")) c->error("missing-key/header", {column.column});
  } else if (!fields.says("from") && !fields.says("join") && !fields.says("default")) {
    fields.map().error("missing-key/header", {column.column});
  }
}

void read_column_map(ColumnMapping& column, const Cursor& cursor, std::optional<ColumnType> type) {
  const Fields fields(cursor, {"from", "join", "with", "split", "clean", "values", "unit", "scale", "default", "format",
                               "century", "within", "exclusive", "open"});
  read_sources(column, fields);
  if (const auto c = fields.get("clean")) column.clean = read_cleaning(*c);
  if (const auto c = fields.get("values")) read_values(column, *c);
  if (const auto c = fields.get("unit")) read_unit(column, *c);
  if (const auto c = fields.get("scale")) {
    read_scale(column, *c);
    if (fields.has("unit")) c->error("bad-value/scale-and-unit");
  }
  if (const auto c = fields.get("default")) read_default(column, *c);
  if (const auto c = fields.get("format")) read_formats(column, *c);
  if (const auto c = fields.get("century")) set(column.dates.defaults.century, c->whole(1000, 9000));
  if (const auto c = fields.get("within")) read_within(column, *c);
  if (const auto c = fields.get("exclusive")) set(column.exclusive, c->boolean());
  if (const auto c = fields.get("open")) set(column.open, c->word());
  if (may_be_day(column.column, type)) check_dates(column, fields);
  check_type(fields, column.column, type);
}

}  // namespace

ColumnMapping read_column_mapping(const Cursor& key, const Cursor& value, std::optional<ColumnType> type) {
  ColumnMapping column;
  column.column = key.node().text;
  column.span = key.span();
  if (value.kind() == NodeKind::map)
    read_column_map(column, value, type);
  else
    read_headers(column, value);
  return column;
}

}  // namespace hr::defs
