#include "engine/import/effective_dates.h"

#include <algorithm>

namespace hr::engine {

using facts::Column;
using facts::Frame;

namespace {

constexpr const char* kEffectiveDate = "attr.effective_date";

// The day from which a change holds, by row: the column effective_date, else the option.
std::vector<std::optional<Date>> effective_days(const Frame& frame, const ImportRequest& request) {
  std::vector<std::optional<Date>> days(frame.size(), request.effective);
  const Column* column = frame.find(kEffectiveDate);
  for (size_t row = 0; column && row < frame.size(); ++row) {
    if (!column->missing(row)) days[row] = parse_date(column->text(row));
  }
  return days;
}

// Rows whose effective_date is no day.
std::vector<RowFault> check_effective_dates(const Frame& frame, const std::string& file) {
  std::vector<RowFault> faults;
  const Column* column = frame.find(kEffectiveDate);
  for (size_t row = 0; column && row < frame.size(); ++row) {
    if (column->missing(row) || parse_date(column->text(row))) continue;
    const SourceSpan span{file, static_cast<int>(frame.rows[row]), 0, 0};
    faults.push_back(
        {row, kEffectiveDate, make_error("bad-date", span, {std::string(column->text(row)), kEffectiveDate})});
  }
  return faults;
}

void drop_column(Frame& frame, std::string_view name) {
  frame.columns.erase(
      std::remove_if(frame.columns.begin(), frame.columns.end(), [&](const Column& c) { return c.name == name; }),
      frame.columns.end());
}

}  // namespace

std::vector<std::optional<Date>> take_effective_dates(ImportedFile& file, Frame& frame, const ImportRequest& request,
                                                      const Reading& reading) {
  set_aside(file, frame, check_effective_dates(frame, reading.input.name), reading);
  std::vector<std::optional<Date>> days = effective_days(frame, request);
  drop_column(frame, kEffectiveDate);
  return days;
}

}  // namespace hr::engine
