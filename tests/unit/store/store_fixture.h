// What the store's tests share: a folder of its own for each test, small frames, imports in one line.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "store/store.h"

namespace hr::store {

using Lines = std::vector<std::string>;

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hrctl store 数据 XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// Rows [begin, end) of a frame.
inline facts::Frame part_of(const facts::Frame& frame, size_t begin, size_t end) {
  const auto part = [&](const auto& items) {
    if (items.empty()) return items;
    return std::decay_t<decltype(items)>(items.begin() + static_cast<std::ptrdiff_t>(begin),
                                         items.begin() + static_cast<std::ptrdiff_t>(end));
  };
  facts::Frame out = frame;
  for (facts::Column& c : out.columns) {
    c.codes = part(c.codes);
    c.days = part(c.days);
    c.decimals = part(c.decimals);
  }
  out.rows = part(frame.rows);
  out.sources = part(frame.sources);
  return out;
}

inline RunRows rows_of(const facts::Frame& frame) {
  RunRows rows;
  rows.size = frame.size();
  rows.make = [frame](size_t begin, size_t end) { return part_of(frame, begin, end); };
  rows.threads = 2;
  return rows;
}

// A frame of `table` with the named columns carried, cells as text ("" = missing). Lines count from 2.
inline facts::Frame frame_of(model::TableId table, const std::vector<std::string>& columns,
                             const std::vector<std::vector<std::string>>& rows) {
  facts::Frame frame = facts::make_frame(table);
  for (facts::Column& c : frame.columns) c.carried = false;
  for (const std::string& name : columns) {
    if (!frame.find(name)) {
      frame.columns.emplace_back();
      frame.columns.back().name = name;
    }
    frame.find(name)->carried = true;
  }
  uint32_t line = 2;
  for (const std::vector<std::string>& row : rows) {
    for (facts::Column& c : frame.columns) {
      std::string cell;
      for (size_t i = 0; i < columns.size(); ++i) {
        if (columns[i] == c.name) cell = row.at(i);
      }
      if (cell.empty())
        c.append_missing();
      else if (c.storage == facts::Storage::day)
        c.append(parse_date(cell).value());
      else if (c.storage == facts::Storage::decimal)
        c.append(parse_decimal(cell).value());
      else
        c.append(cell);
    }
    frame.rows.push_back(line++);
  }
  return frame;
}

inline Period period(const char* text) {
  return parse_period(text).value();
}

inline facts::Frame facts_of_rows(const std::vector<std::vector<std::string>>& rows) {
  return frame_of(model::TableId::facts, {"subject", "kpi", "period", "value"}, rows);
}

inline Source source_of(model::TableId table, Timestamp at, const std::string& file = "a.csv") {
  Source source;
  source.table = table;
  source.file = file;
  source.sha256 = "00";
  source.imported_at = at;
  source.imported_by = "li.na";
  return source;
}

// One import in a transaction of its own. The source's id.
inline uint32_t import_records(Store& store, Timestamp at, const facts::Frame& frame, model::TableId table) {
  const auto transaction = store.begin();
  const uint32_t id = store.append_source(source_of(table, at));
  store.append_records(table, id, frame);
  transaction->commit();
  return id;
}

inline FactsAppended import_facts(Store& store, Timestamp at, const std::vector<std::vector<std::string>>& rows,
                                  const std::vector<Period>& replace = {}) {
  const auto transaction = store.begin();
  const uint32_t id = store.append_source(source_of(model::TableId::facts, at));
  const auto intake = store.import_facts(1);
  intake->add(0, facts_of_rows(rows));
  FactsAppended result = intake->finish(id, replace);
  transaction->commit();
  return result;
}

// One import, its rows dealt out in pieces to `threads` workers.
inline FactsAppended import_in_pieces(Store& store, uint32_t source, const facts::Frame& frame, int threads,
                                      size_t piece) {
  const auto intake = store.import_facts(threads);
  std::vector<facts::Frame> parts;  // a worker's dictionaries grow from piece to piece
  for (int i = 0; i < threads; ++i) parts.push_back(facts::make_frame(model::TableId::facts));
  for (size_t begin = 0, worker = 0; begin < frame.size(); begin += piece, worker = (worker + 1) % parts.size()) {
    facts::Frame& part = parts[worker];
    part.rows.clear();
    for (facts::Column& c : part.columns) {
      c.codes.clear();
      c.decimals.clear();
    }
    for (size_t row = begin; row < std::min(begin + piece, frame.size()); ++row) {
      for (size_t c = 0; c < 3; ++c) part.columns[c].append(frame.columns[c].text(row));
      part.columns[3].append(frame.columns[3].decimals[row]);
      part.rows.push_back(frame.rows[row]);
    }
    intake->add(worker, part);
  }
  return intake->finish(source, {});
}

// Rows as "cell|cell|…" of the named columns; a column that is not there gives "-".
inline std::vector<std::string> lines_of(const facts::Frame& frame, const std::vector<std::string>& columns) {
  std::vector<std::string> lines;
  for (size_t row = 0; row < frame.size(); ++row) {
    std::string line;
    for (const std::string& name : columns) {
      const facts::Column* c = frame.find(name);
      line += (line.empty() ? "" : "|") + (c ? facts::cell_text(*c, row) : std::string("-"));
    }
    lines.push_back(line);
  }
  return lines;
}

inline std::vector<std::string> all_facts_of(Store& store, Timestamp known = kNow) {
  return lines_of(store.all_facts(known), {"kpi", "period", "subject", "value"});
}

// Blocks of facts as "kpi period: subject=value …", in the order they are read.
inline Lines blocks(Store& store, DateRange range, Timestamp known = kNow) {
  Lines lines;
  store.facts(range, known)->read([&](const FactBlock& b) {
    std::string line = std::string(b.kpi) + " " + to_string(b.period) + ":";
    for (size_t i = 0; i < b.subjects.size(); ++i)
      line += " " + std::to_string(b.subjects[i]) + "=" + std::to_string(b.values[i]).substr(0, 4);
    lines.push_back(line);
  });
  return lines;
}

// The message key of the hr::Error that `action` throws; "" when it throws none.
template <class Action>
std::string error_of(const Action& action) {
  try {
    action();
  } catch (const Error& e) {
    return e.message();
  }
  return {};
}

}  // namespace hr::store
