// What imported frames say of objectives and key results, row by row. Internal to okrs.cpp.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "facts/cells.h"
#include "facts/code_map.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/objective.h"

namespace hr::facts {

// The texts of a column, to be put into another one.
struct CopiedTexts {
  const Column* column;
  CodeMap codes;

  CopiedTexts(const Column* from, TextColumn& to) : column(from) {
    if (column != nullptr) codes = add_codes(to.texts, column->dictionary);
  }
  void copy(size_t row, TextColumn& to, size_t at) const {
    if (!has_cell(column, row)) return;  // rows beyond the end have none
    if (at >= to.size()) to.codes.resize(at + 1, kMissingCode);
    to.codes[at] = codes[column->codes[row]];
  }
};

// What a frame says of its objectives.
struct ObjectiveCells {
  const Column* weight;
  CopiedTexts title, supports;
};

// Of the choices of the column; whatever is no other type is a committed one.
inline model::KeyResultType key_result_type(std::string_view text) {
  using model::KeyResultType;
  if (text == "aspirational") return KeyResultType::aspirational;
  if (text == "learning") return KeyResultType::learning;
  if (text == "guardrail") return KeyResultType::guardrail;
  return KeyResultType::committed;
}

// What a frame says of its key results.
struct KeyResultCells {
  const Column *type, *weight, *start, *target;
  CopiedTexts title, kpi;
  std::vector<model::KeyResultType> types;  // by code

  KeyResultCells(const Frame& part, Okrs& okrs)
      : type(part.find("type")),
        weight(part.find("weight")),
        start(part.find("start")),
        target(part.find("target")),
        title(part.find("title"), okrs.key_result_title),
        kpi(part.find("kpi"), okrs.kpi) {
    for (uint32_t code = 0; type != nullptr && code < type->dictionary.size(); ++code)
      types.push_back(key_result_type(type->dictionary[code]));
  }
};

}  // namespace hr::facts
