#include "ingest/layout.h"

#include <algorithm>
#include <map>

#include "base/cell_name.h"
#include "base/text.h"
#include "ingest/column_plan.h"
#include "ingest/heading_fields.h"

namespace hr::ingest {

// Fills the empty cells of a row of headings to the right. Above: whether a row over this one begins a group here.
static void fill_right(std::vector<std::vector<std::string>>& rows, size_t at) {
  const auto given = [&](size_t row, size_t column) { return !rows[row][column].empty(); };
  const size_t width = rows[at].size();
  std::string last;
  for (size_t column = 0; column < width; ++column) {
    bool below = false;
    for (size_t row = at + 1; row < rows.size(); ++row) below = below || given(row, column);
    const bool new_group = at > 0 && rows[at - 1][column] != (column > 0 ? rows[at - 1][column - 1] : std::string());
    if (given(at, column))
      last = below ? rows[at][column] : std::string();  // alone in its column: it is merged with what lies below
    else if (new_group || !below)
      last.clear();
    else
      rows[at][column] = last;
  }
}

std::vector<std::string> joined_headings(std::vector<std::vector<std::string>> rows) {
  size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.size());
  for (auto& row : rows) row.resize(width);
  for (size_t at = 0; at + 1 < rows.size(); ++at) fill_right(rows, at);
  std::vector<std::string> headings(width);
  for (size_t column = 0; column < width; ++column) {
    std::string last;
    for (const auto& row : rows) {
      const std::string& part = row[column];
      if (part.empty() || part == last) continue;
      headings[column] += (headings[column].empty() ? "" : "/") + part;
      last = part;
    }
  }
  return headings;
}

Layout::Layout(std::unique_ptr<RecordSource> source, const model::Mapping& mapping, bool ragged)
    : source_(std::move(source)), mapping_(mapping), ragged_(ragged), skip_(mapping.skip), totals_(mapping) {
  for (const std::string& footer : mapping.footers) footers_.push_back(fold_for_match(footer));
}

static bool is_blank(const Record& record) {
  return std::all_of(record.fields.begin(), record.fields.end(), [](std::string_view f) { return trim(f).empty(); });
}

// Rows that were set aside once and come again: their file has been laid out.
static bool is_rejects(const Record& record) {
  return std::count_if(record.fields.begin(), record.fields.end(), is_reject_note) >= 4;
}

void Layout::add_heading_row(const Record& record) {
  rows_.emplace_back();
  heading_line_ = record.line;
  for (size_t i = 0; i < record.fields.size(); ++i) {
    rows_.back().emplace_back(trim(record.fields[i]));
    if (i >= heading_places_.size()) heading_places_.resize(i + 1);
    if (!rows_.back().back().empty() || heading_places_[i].line == 0) heading_places_[i] = source_->place(record, i);
  }
}

// By heading, whether the mapping means something by it.
static std::vector<uint8_t> named(const std::vector<std::string>& headings, const model::Mapping& mapping) {
  std::vector<std::string> names = mapping.fill_down;
  for (const model::ColumnMapping& column : mapping.columns) {
    names.insert(names.end(), column.headers.begin(), column.headers.end());
    names.insert(names.end(), column.join.begin(), column.join.end());
  }
  std::vector<uint8_t> named(headings.size(), 0);
  for (const auto& choice : {model::ColumnChoice{"", names, "", ""}, mapping.drop.value_or(model::ColumnChoice()),
                             mapping.unpivot ? mapping.unpivot->columns : model::ColumnChoice()}) {
    const std::vector<uint8_t> chosen = chosen_fields(headings, choice);
    for (size_t i = 0; i < headings.size(); ++i) named[i] = named[i] || chosen[i];
  }
  return named;
}

// A heading that stands more than once means no column, and is called by its letter. One that the mapping names stays.
static std::vector<std::string> told_apart(std::vector<std::string> headings, const model::Mapping& mapping) {
  std::map<std::string, size_t> times;
  for (const std::string& heading : headings) ++times[heading];
  const std::vector<uint8_t> wanted = named(headings, mapping);
  for (size_t i = 0; i < headings.size(); ++i) {
    if (times[headings[i]] > 1 && !headings[i].empty() && !wanted[i])
      headings[i] = column_name(static_cast<int>(i) + 1);
  }
  return headings;
}

// How many columns a sheet without headings has by the letters that the mapping names: its first row may be a short
// one.
static size_t columns_named(const model::Mapping& mapping) {
  std::vector<std::string> all;
  for (size_t i = 0; i < kMaxColumns; ++i) all.push_back(column_name(static_cast<int>(i) + 1));
  std::vector<uint8_t> wanted = named(all, mapping);
  if (mapping.unpivot) {  // what it calls the new columns is no letter of one
    for (const std::string& made : {mapping.unpivot->name, mapping.unpivot->value}) {
      const size_t field = field_named(all, {made});
      if (field != kNoField) wanted[field] = 0;
    }
  }
  const auto last = std::find(wanted.rbegin(), wanted.rend(), 1);
  return static_cast<size_t>(wanted.rend() - last);
}

void Layout::letter_headings(const Record& first) {
  fewest_ = first.fields.size();
  const size_t width = std::max(fewest_, columns_named(mapping_));
  for (size_t i = 0; i < width; ++i) headings_.push_back(column_name(static_cast<int>(i) + 1));
  heading_places_.resize(headings_.size());
}

void Layout::give_headings(Record& record) {
  if (headings_.empty()) headings_ = mapping_.header ? told_apart(joined_headings(rows_), mapping_) : rows_.front();
  record.fields.assign(headings_.begin(), headings_.end());
  find_fills(record);
}

// The row of headings; its fault says when there is none.
bool Layout::find_headings(Record& record) {
  const bool none = mapping_.header && mapping_.header->empty();
  bool any = false;
  while (source_->next(record)) {
    if (!record.fault.empty()) return true;
    if (!any && is_rejects(record)) return as_it_is_ = true;
    any = true;
    if (none && !is_blank(record)) {
      letter_headings(record);
      std::swap(record, first_);
      first_waits_ = true;
      record.reset(first_.line, first_.begin);
      give_headings(record);
      return true;
    }
    if (none || (!mapping_.header && is_blank(record))) continue;
    if (mapping_.header && static_cast<int>(record.line) < mapping_.header->front()) continue;
    const int last = mapping_.header ? mapping_.header->back() : static_cast<int>(record.line);
    if (static_cast<int>(record.line) <= last) add_heading_row(record);
    if (static_cast<int>(record.line) < last) continue;
    if (static_cast<int>(record.line) > last || is_blank(record)) break;
    give_headings(record);
    return true;
  }
  if (!any) return false;
  const int wanted = mapping_.header && !mapping_.header->empty() ? mapping_.header->back() : 1;
  record.set_fault("no-header-row", static_cast<uint32_t>(wanted), record.begin);
  record.fault_args = {std::to_string(wanted)};
  return true;
}

void Layout::find_fills(Record& record) {
  for (const std::string& wanted : mapping_.fill_down) {
    const auto is_it = [&](const std::string& heading) { return fold_for_match(heading) == fold_for_match(wanted); };
    const auto at = std::find_if(headings_.begin(), headings_.end(), is_it);
    if (at == headings_.end()) {
      record.set_fault("column-missing/fill-down", record.line, record.begin);
      record.fault_args = {wanted, listed(headings_)};
      return;
    }
    fills_.push_back({static_cast<size_t>(at - headings_.begin()), {}, {}});
  }
  std::sort(fills_.begin(), fills_.end(), [](const Fill& x, const Fill& y) { return x.field < y.field; });
}

bool Layout::is_footer(std::string_view text) const {
  const std::string folded = fold_for_match(text.substr(0, 400));
  const auto begins = [&](const std::string& footer) { return folded.starts_with(footer); };
  return std::any_of(footers_.begin(), footers_.end(), begins);
}

bool Layout::is_left_out(const Record& record) {
  const auto first = std::find_if(record.fields.begin(), record.fields.end(),
                                  [](std::string_view field) { return !trim(field).empty(); });
  if (first == record.fields.end()) {
    ++left_out_.empty;
    return true;
  }
  if (footers_.empty()) return false;
  std::string_view text = *first;
  for (size_t i = 0; !is_footer(text) && i < record.fields.size(); ++i) {  // behind the group that it is the total of
    const bool filled = std::any_of(fills_.begin(), fills_.end(), [&](const Fill& fill) { return fill.field == i; });
    if (filled || trim(record.fields[i]).empty()) continue;
    text = record.fields[i];
    break;
  }
  if (!is_footer(text)) return false;
  if (left_out_.footers++ == 0) {
    left_out_.first_footer = record.line;
    left_out_.first_text = truncate_to_width(trim(text), 40);
  }
  totals_.compare(record, text, *source_);
  return true;
}

// Rows that end with their last cell have empty ones behind it; without headings a row may be as short as the first.
void Layout::fill_up(Record& record) const {
  const bool short_one = fewest_ > 0 && record.fields.size() >= fewest_;
  if ((ragged_ || short_one) && record.fields.size() < headings_.size()) record.fields.resize(headings_.size());
}

void Layout::fill(Record& record) {
  for (Fill& fill : fills_) {
    if (fill.field >= record.fields.size()) continue;
    std::string_view& field = record.fields[fill.field];
    if (!trim(field).empty()) {
      fill.text = field;
      fill.place = source_->place(record, fill.field);
    } else if (!fill.text.empty()) {
      field = fill.text;
      record.filled.push_back(fill.field);
    }
  }
}

bool Layout::next(Record& record) {
  if (!begun_) {
    begun_ = true;
    return find_headings(record);
  }
  while (first_waits_ || source_->next(record)) {
    if (first_waits_) std::swap(record, first_);
    first_waits_ = false;
    if (!record.fault.empty()) totals_.give_up();
    if (as_it_is_ || !record.fault.empty()) return true;
    if (skip_ > 0) {
      --skip_;
      continue;
    }
    if (is_left_out(record)) continue;
    if (!footers_.empty()) totals_.add(record);
    fill_up(record);
    fill(record);
    return true;
  }
  return false;
}

Place Layout::place(const Record& record, size_t field) const {
  if (as_it_is_) return source_->place(record, field);
  if (record.line == heading_line_) return field < heading_places_.size() ? heading_places_[field] : Place{};
  if (std::find(record.filled.begin(), record.filled.end(), field) != record.filled.end()) {
    for (const Fill& fill : fills_) {
      if (fill.field == field) return fill.place;
    }
  }
  return source_->place(record, field);
}

}  // namespace hr::ingest
