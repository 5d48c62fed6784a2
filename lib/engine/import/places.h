// Where rows and fields of the file being imported stand: findings of later steps know a row of the frame and a column,
// people need line, column and heading.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/import/checks.h"
#include "engine/import/import.h"
#include "facts/frame.h"
#include "ingest/read.h"

namespace hr::engine {

// A file under way, as the steps of its import share it.
struct Reading {
  const ingest::Input& input;
  ingest::ReadOptions options;
  std::string sheet;  // of a workbook
  std::vector<std::string> headings;
  std::map<std::string, size_t> heading_of;  // see ingest::ReadResult
  std::string sha256 = {};                   // of the file whose rows are tried again; empty: of the input
};

// Moves faulty rows from the frame to the rows set aside, the first of them (ReadOptions::most_told) with their fields
// as read. A row of a wide file gives several records: they go together, for the first fault found.
void set_aside(ImportedFile& file, facts::Frame& frame, const std::vector<RowFault>& faults, const Reading& reading);
// The same when the rows of these first ones are at hand; `rows`: one a fault.
void set_aside(ImportedFile& file, facts::Frame& frame, const std::vector<RowFault>& faults,
               std::vector<ingest::RawRow> rows, const Reading& reading);

// Adds what is doubtful about rows that are taken to the file's diagnostics.
void add_warnings(ImportedFile& file, const facts::Frame& frame, std::vector<RowFault> warnings,
                  const Reading& reading);

// Gives findings about lines of the file the place of the field that each is about.
void find_fields(std::vector<Diagnostic*> findings, const Reading& reading);

}  // namespace hr::engine
