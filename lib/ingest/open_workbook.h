// A workbook → the rows of the one sheet that is read.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "ingest/records.h"

namespace hr::ingest {

struct OpenedSheet {
  std::unique_ptr<RecordSource> records;  // none: see the errors
  std::string name;
  Diagnostics diagnostics;
};

// `wanted`: the name of a sheet, or its number from 1 as the tabs stand; empty: the first that shows, has something
// in it and is none that explains another. The bytes live as long as what is returned.
OpenedSheet open_workbook(std::string_view bytes, const std::string& file, const std::string& wanted);

}  // namespace hr::ingest
