#include "data_input.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"

namespace hr::cmd {

namespace fs = std::filesystem;
using model::TableId;

namespace {

// Units before the people in them, people before what is said of them, objectives before their key results.
constexpr TableId kOrder[] = {TableId::org_units, TableId::employees, TableId::assignments, TableId::leaves,
                              TableId::targets,   TableId::facts,     TableId::objectives,  TableId::key_results,
                              TableId::checkins,  TableId::feedback,  TableId::recognitions};
static_assert(std::size(kOrder) == model::kTables);

DataFile named_file(const std::string& word, size_t equals) {
  const std::string table = word.substr(0, equals);
  const auto id = model::find_imported_table(table);
  if (!id) {
    throw Error(ErrorKind::usage, "usage/unknown-table",
                {escape_controls(table), listed(model::imported_tables(), &model::ImportedTable::name)});
  }
  const std::string rest = word.substr(equals + 1);
  const size_t colon = rest.rfind(':');
  if (colon == std::string::npos) return {*id, rest, ""};
  return {*id, rest.substr(0, colon), rest.substr(colon + 1)};
}

// The files of a folder that are named after `table`.
std::vector<DataFile> files_of(const std::string& folder, TableId table) {
  std::vector<DataFile> files;
  std::error_code ignored;
  for (const char* ending : {".csv", ".tsv", ".jsonl"}) {
    const fs::path path =
        (fs::path(folder) / (std::string(model::imported_table(table).name) + ending)).lexically_normal();
    if (fs::exists(path, ignored)) files.push_back({table, path.string(), ""});
  }
  return files;
}

}  // namespace

std::vector<DataFile> data_input(const std::vector<std::string>& words) {
  std::vector<DataFile> named;
  std::vector<std::string> folders;
  std::error_code ignored;
  for (const std::string& word : words) {
    const size_t equals = word.find('=');
    if (fs::is_directory(word, ignored))
      folders.push_back(word);
    else if (equals != std::string::npos)
      named.push_back(named_file(word, equals));
    else
      throw Error(ErrorKind::rejected, "folder-missing", {escape_controls(word)});
  }
  std::vector<DataFile> all;
  for (const TableId table : kOrder) {
    const auto is_of_table = [&](const DataFile& file) { return file.table == table; };
    std::copy_if(named.begin(), named.end(), std::back_inserter(all), is_of_table);
    if (std::any_of(named.begin(), named.end(), is_of_table)) continue;
    for (const std::string& folder : folders) {
      const std::vector<DataFile> files = files_of(folder, table);
      all.insert(all.end(), files.begin(), files.end());
    }
  }
  if (all.empty()) throw Error(ErrorKind::rejected, "no-data-files", {escape_controls(words.front())});
  return all;
}

}  // namespace hr::cmd
