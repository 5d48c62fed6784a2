// Definition files (YAML) → model::Definitions, with every problem at once. See docs/formats/definitions.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/definitions.h"

namespace hr::defs {

struct DefinitionFile {
  std::string path;  // as shown in diagnostics, relative to the workspace, '/' separated
  std::string text;
};

struct Loaded {
  model::Definitions definitions;  // usable only when diagnostics has no errors
  Diagnostics diagnostics;         // in order of file, line, column
};

// Reads and checks all files together: syntax, keys, types, references, weights, bands, expressions, cycles.
// Bounds: 4 MiB a file, nesting 64, 100,000 nodes.
// Items of `replacing` take the place of those of the same list and id in `files`; its other items are added.
Loaded load_definitions(const std::vector<DefinitionFile>& files, const std::vector<DefinitionFile>& replacing = {});

// Whether a line of the text begins with this key, as written with its colon.
bool has_top_key(std::string_view text, std::string_view key);
// Whether a YAML file of a workspace holds definitions: no line begins with `calibration:`, `what_if:` or `report:`,
// the keys that calibration files, what-if files and custom reports have.
bool holds_definitions(std::string_view text);

// By file, in the order of `files`, then line and column.
void sort_by_place(const std::vector<DefinitionFile>& files, Diagnostics& diagnostics);

// SHA-256 over the files in order of path: the same definitions have the same hash wherever they lie.
std::string content_hash(std::vector<DefinitionFile> files);

}  // namespace hr::defs
