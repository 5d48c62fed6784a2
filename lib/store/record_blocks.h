// Records of the imported tables other than facts: each import's rows in blocks, put together when read. Internal to
// the store.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "store/column_codec.h"
#include "store/database.h"
#include "store/record_merge.h"
#include "store/store.h"
#include "store/stored_names.h"

namespace hr::store {

void append_records(Database& database, AllNames& names, model::TableId table, uint32_t source,
                    const facts::Frame& frame);
// `columns`: see Store::records().
std::vector<facts::Frame> read_records(Database& database, AllNames& names, model::TableId table, Timestamp known,
                                       std::span<const std::string_view> columns = {});
// Blocks in order of import, as give() hands them out, put together: what read_records() gives of them.
using TakeBlock = std::function<void(const FrameBlock&, uint32_t source)>;
std::vector<facts::Frame> merge_blocks(model::TableId table, NamesByKind names,
                                       std::span<const std::string_view> columns, size_t rows,
                                       const std::function<void(const TakeBlock&)>& give);
// See Store::read_records().
void read_record_parts(Database& database, AllNames& names, model::TableId table, Timestamp known,
                       std::span<const std::string_view> columns, int threads, const facts::TakeRows& take);
std::vector<Source> read_sources_of_records(Database& database, Timestamp earlier);
bool any_record_says(Database& database, model::TableId table, std::string_view column);
// Of all tables but facts; by table, then in order of import.
std::vector<Restatement> record_restatements(Database& database, AllNames& names);

}  // namespace hr::store
