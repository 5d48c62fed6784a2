// The files that `score --data` takes its records from.
#pragma once

#include <string>
#include <vector>

#include "model/imported_table.h"

namespace hr::cmd {

struct DataFile {
  model::TableId table = model::TableId::employees;
  std::string path;
  std::string mapping;  // id; empty = built-in heading synonyms
};

// Each word is a folder, whose files are named after tables (employees.csv, facts.tsv, feedback.jsonl), or
// TABLE=FILE[:MAPPING], which stands in for that table of folders. In the order in which tables build on each other,
// files of one table as given. Throws Error(usage), Error(rejected) where there is nothing.
std::vector<DataFile> data_input(const std::vector<std::string>& words);

}  // namespace hr::cmd
