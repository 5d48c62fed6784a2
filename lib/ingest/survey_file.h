// The survey of a file of any format, and how it must be read again.
#pragma once

#include <string>
#include <vector>

#include "ingest/read.h"
#include "ingest/sheet_survey.h"

namespace hr::ingest {

struct SurveyedFile {
  SheetSurvey survey;
  std::string encoding;     // for a mapping; empty: UTF-8
  char delimiter = 0;       // for a mapping; 0: that of the ending
  std::string sheet;        // for a mapping: of a workbook that has several; else empty
  Diagnostics diagnostics;  // errors: nothing can be read
};

SurveyedFile survey_file(const Input& input, const ReadOptions& options);

}  // namespace hr::ingest
