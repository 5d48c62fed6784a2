#include "engine/import/row_columns.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "engine/import/reconcile.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;

static std::string list_column() {
  return "attr." + std::string(ingest::kRowColumns);  // read like any other column that the table does not have
}

// The columns of the frame that a list names; empty = one of them is not there.
static std::vector<const Column*> named_columns(const Frame& frame, std::string_view list, std::string& unknown) {
  std::vector<const Column*> named;
  for (const std::string_view part : split(list, ';')) {
    const std::string name(trim(part));
    const Column* column = frame.find(name);
    if (!column || !column->carried) column = frame.find("attr." + name);
    if (!column || !column->carried) {
      unknown = name;
      return {};
    }
    named.push_back(column);
  }
  return named;
}

std::vector<RowFault> check_row_columns(const Frame& frame, const std::string& file) {
  std::vector<RowFault> faults;
  const Column* list = frame.find(list_column());
  for (size_t row = 0; list && row < frame.size(); ++row) {
    if (list->missing(row)) continue;
    const SourceSpan span{file, static_cast<int>(frame.rows[row]), 0, 0};
    std::string unknown;
    const std::vector<const Column*> named = named_columns(frame, list->text(row), unknown);
    if (named.empty()) {
      faults.push_back({row, list->name, make_error("bad-value/row-columns", span, {unknown})});
      continue;
    }
    for (const Column& column : frame.columns) {
      const bool left_out = std::find(named.begin(), named.end(), &column) == named.end();
      if (!left_out || &column == list || &column == &frame.columns[0] || column.missing(row)) continue;
      faults.push_back({row, column.name, make_error("bad-value/row-column-left-out", span, {column.name})});
      break;
    }
  }
  return faults;
}

std::vector<Frame> split_by_row_columns(Frame frame) {
  std::vector<Frame> parts;
  const Column* list = frame.find(list_column());
  if (!list) {
    parts.push_back(std::move(frame));
    return parts;
  }
  std::map<std::string_view, std::vector<uint8_t>> rows;  // by list: 1 for its rows
  for (size_t row = 0; row < frame.size(); ++row) rows[list->text(row)].resize(frame.size());
  for (size_t row = 0; row < frame.size(); ++row) rows[list->text(row)][row] = 1;
  for (const auto& [text, mask] : rows) {
    Frame part = frame;
    std::string unknown;
    const std::vector<const Column*> named =
        text.empty() ? std::vector<const Column*>() : named_columns(frame, text, unknown);
    for (size_t i = 0; i < frame.columns.size(); ++i) {
      const Column& column = frame.columns[i];
      const bool says = text.empty() || std::find(named.begin(), named.end(), &column) != named.end();
      part.columns[i].carried = column.carried && (says || i == 0);
    }
    part.columns.erase(part.columns.begin() + (list - frame.columns.data()));
    keep_rows(part, mask);
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace hr::engine
