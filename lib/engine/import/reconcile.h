// Incoming records against stored ones: what is new, what says something else, what says the same. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "facts/frame.h"
#include "model/imported_table.h"

namespace hr::engine {

// Finds stored records by their natural key. Keeps a reference to the frames.
class RecordIndex {
 public:
  RecordIndex(model::TableId table, const std::vector<facts::Frame>& stored);

  struct Place {
    const facts::Frame* frame = nullptr;  // nullptr: there is none
    size_t row = 0;
  };
  std::vector<Place> find(const facts::Frame& incoming) const;  // by row
  bool empty() const;                                           // nothing is stored
  const std::vector<facts::Frame>& frames() const { return stored_; }
  bool is_key(std::string_view column) const;

 private:
  model::TableId table_;
  const std::vector<facts::Frame>& stored_;
};

enum class Change : uint8_t { added, changed, unchanged };

// One verdict a row of `incoming`, whose stored records are `stored`. A column that the incoming file does not carry is
// not compared.
std::vector<Change> reconcile(const RecordIndex& index, const facts::Frame& incoming,
                              const std::vector<RecordIndex::Place>& stored);

// By row: 1 where a column of incoming rows says something else than their stored records; 0 where there are none.
std::vector<uint8_t> changed_cells(const facts::Column& column, const std::vector<RecordIndex::Place>& stored);

// Keeps the rows whose byte is not 0.
void keep_rows(facts::Frame& frame, const std::vector<uint8_t>& keep);
void keep_marked(std::vector<uint8_t>& values, const std::vector<uint8_t>& keep);  // the same of a value a row

// Key columns of a record as one text: two records with equal keys are the same one. For assignments the set of
// carried columns belongs to the key, because each file has a timeline of its own.
std::string record_key(model::TableId table, const facts::Frame& frame, size_t row);
// The same for people: "E1 · 2026-01-01".
std::string readable_key(model::TableId table, const facts::Frame& frame, size_t row);

bool same_cell(const facts::Column& a, size_t row_a, const facts::Column& b, size_t row_b);

}  // namespace hr::engine
