#include "engine/review/retry.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/error.h"
#include "ingest/row_text.h"

namespace hr::engine {

using store::ItemKind;
using store::Verdict;

namespace {

bool is_dropped(const Item& item) {
  return item.decision() != nullptr && item.decision()->verdict == Verdict::drop;
}

// Cells of a workbook whose text is no value, which the text alone does not tell any more.
bool shows_no_value(const Item& item) {
  const bool corrected = item.decision() != nullptr && item.decision()->verdict == Verdict::correct;
  return !corrected && (item.row.code == "excel-error" || item.row.code == "formula-without-value");
}

// Rows of a file that say different things of one record are tried together: alone, any of them would go in.
bool stands_in_the_way(const Item& other, const Item& item) {
  return item.row.code == "duplicate-row" && other.row.code == item.row.code && other.row.source == item.row.source &&
         other.key == item.key && !is_dropped(other) && !other.taken;
}

std::vector<const Item*> chosen(std::vector<Item>& items, const std::vector<std::string>& names) {
  std::vector<const Item*> chosen;
  if (names.empty()) {
    for (const Item& item : items) {
      if (item.kind == ItemKind::row && !item.is_in_store() && !is_dropped(item)) chosen.push_back(&item);
    }
    return chosen;
  }
  for (const std::string& name : names) {
    const Item& item = find_item(items, name);
    if (item.kind != ItemKind::row) throw Error(ErrorKind::rejected, "review-no-row", {item.name()});
    if (is_dropped(item)) throw Error(ErrorKind::rejected, "review-dropped", {item.name()});
    if (item.taken) continue;
    for (const Item& other : items) {
      const bool is_meant = &other == &item || stands_in_the_way(other, item);
      if (is_meant && std::find(chosen.begin(), chosen.end(), &other) == chosen.end()) chosen.push_back(&other);
    }
  }
  return chosen;
}

// The rows by their files: people before what refers to them, and files in the order in which they came.
struct FileAgain {
  RowsAgain rows;
  std::vector<std::string> names;  // of the items, parallel
};

std::vector<FileAgain> by_file(const std::vector<const Item*>& items, Retried& out) {
  using Of = std::tuple<model::TableId, uint32_t, std::vector<std::string>, std::string>;
  std::map<Of, std::vector<const Item*>> files;
  for (const Item* item : items) {
    const ingest::RowFields row = ingest::read_row_text(item->row.fields);
    if (shows_no_value(*item))
      out.aside.push_back(item->name());
    else if (row.is_whole())
      files[{item->table, item->source.id, row.headings, row.given}].push_back(item);
    else
      out.broken.push_back(item->name());
  }
  std::vector<FileAgain> again;
  for (auto& [of, rows] : files) {
    std::stable_sort(rows.begin(), rows.end(), [](const Item* a, const Item* b) { return a->row.line < b->row.line; });
    FileAgain file;
    file.rows.source = rows.front()->source;
    file.rows.rows.headings = std::get<2>(of);
    file.rows.given = std::get<3>(of);
    for (const Item* item : rows) {
      file.rows.rows.rows.push_back({item->row.line, ingest::read_row_text(item->row.fields).fields});
      file.rows.items.push_back(item->ids.front());
      file.names.push_back(item->name());
    }
    again.push_back(std::move(file));
  }
  return again;
}

}  // namespace

Retried retry(store::Store& store, const model::Definitions* definitions, const std::vector<std::string>& names,
              const WhoWhen& who_when, const Progress& progress) {
  Retried out;
  std::vector<FileAgain> files;
  const auto choose = [&] {
    std::vector<Item> items = review_items(store, definitions);
    files = by_file(chosen(items, names), out);
    std::vector<RowsAgain> rows;
    for (const FileAgain& file : files) rows.push_back(file.rows);
    return rows;
  };
  out.import = import_again(store, choose, definitions, who_when, progress);
  for (size_t i = 0; i < files.size(); ++i) {
    std::set<uint32_t> taken;
    for (const store::RowUse& use : out.import.files[i].uses) taken.insert(use.item);
    for (size_t row = 0; row < files[i].names.size(); ++row)
      (taken.count(files[i].rows.items[row]) > 0 ? out.taken : out.aside).push_back(files[i].names[row]);
  }
  return out;
}

}  // namespace hr::engine
