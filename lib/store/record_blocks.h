// Records of the imported tables other than facts: each import's rows in blocks, put together when read. Internal to
// the store.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "store/database.h"
#include "store/store.h"
#include "store/stored_names.h"

namespace hr::store {

void append_records(Database& database, AllNames& names, model::TableId table, uint32_t source,
                    const facts::Frame& frame);
// `columns`: see Store::records().
std::vector<facts::Frame> read_records(Database& database, AllNames& names, model::TableId table, Timestamp known,
                                       std::span<const std::string_view> columns = {});
// Of all tables but facts; by table, then in order of import.
std::vector<Restatement> record_restatements(Database& database, AllNames& names);

}  // namespace hr::store
