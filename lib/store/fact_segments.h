// Segments: what one import said of one KPI, period and block of 65,536 subjects. The facts of a store are all its
// segments, one over the other: the later import wins cell by cell, and a missing value withdraws what was before.
// Internal to the store.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/period.h"
#include "store/column_codec.h"
#include "store/database.h"

namespace hr::store {

inline constexpr uint32_t kOffsetMask = (1U << kBlockBits) - 1;

struct SegmentKey {
  int64_t kpi = 0;
  Period period;
  uint32_t block = 0;
  int64_t id = 0;  // ascending in order of import
  uint32_t source = 0;
  size_t count = 0;
};

struct SegmentCells {
  std::vector<uint32_t> offsets;  // of subjects in the block, ascending
  std::vector<Decimal> values;    // scale −1 = withdrawn
};

// KPI ids by their number in the store.
std::map<int64_t, std::string> read_kpis(Database& database);

// Of all KPIs, or of one; by KPI, period, block, order of import. Checks that none is lost when asked for all.
std::vector<SegmentKey> segment_keys(Database& database, int64_t kpi = 0);
// Splits keys in runs of one KPI, those in runs of one KPI and period, and those in runs of one block.
using SegmentRun = std::span<const SegmentKey>;
std::vector<SegmentRun> runs_of_kpis(SegmentRun keys);
std::vector<SegmentRun> runs_of_periods(SegmentRun keys);
std::vector<SegmentRun> runs_of_blocks(SegmentRun keys);

class SegmentReader {
 public:
  explicit SegmentReader(Database& database);
  void read(const SegmentKey& key, SegmentCells& cells);
  void read(const SegmentKey& key, std::vector<uint32_t>& offsets, LazyDecimals& values);
  // Doubles instead of decimals; `missing` as decode_doubles.
  void read(const SegmentKey& key, std::vector<uint32_t>& offsets, std::vector<double>& values,
            std::vector<uint8_t>& missing);
  // The subjects alone; until the next call. Of the same segment again nothing is read.
  const std::vector<uint32_t>& offsets(const SegmentKey& key);
  std::vector<uint32_t> lines(const SegmentKey& key);  // one a cell; 0 where it withdraws

 private:
  template <class Decode>
  void load(const SegmentKey& key, const Decode& decode);

  Database& database_;
  Statement cells_;
  Statement origins_;
  int64_t offsets_of_ = 0;  // the segment of offsets_
  std::vector<uint32_t> offsets_;
};

// A segment as it is stored.
struct EncodedSegment {
  size_t count = 0;
  std::string cells;
  std::string lines;
};
EncodedSegment encode_segment(const SegmentCells& cells, std::span<const uint32_t> lines);  // one line a cell

class SegmentWriter {
 public:
  SegmentWriter(Database& database, uint32_t source);
  void write(int64_t kpi, const Period& period, uint32_t block, const EncodedSegment& segment);

 private:
  uint32_t source_;
  int64_t next_id_;
  RowWriter segments_;
  RowWriter origins_;
};

// What all segments of one block come to.
class BlockState {
 public:
  // Of a run of one block; the segments' cells one over the other.
  void load(SegmentReader& reader, SegmentRun run);
  uint32_t size() const { return static_cast<uint32_t>(newest_.size()); }  // nothing is known of offsets from here on
  Decimal value(uint32_t offset) const;                                    // scale −1 = none

 private:
  struct Segment {
    uint32_t first = 0;  // place of its first cell among those of all
    LazyDecimals values;
  };
  std::vector<Segment> segments_;
  // 1 + cell by offset, 0 = none. As long as it must be: a few people with a fact each day are many small blocks.
  std::vector<uint32_t> newest_;
  std::vector<uint32_t> offsets_;
};

}  // namespace hr::store
