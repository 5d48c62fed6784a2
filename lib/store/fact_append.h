// Takes a frame of facts into the store: only what is new or says something else. Internal to the store.
#pragma once

#include <span>

#include "facts/frame.h"
#include "store/database.h"
#include "store/names.h"
#include "store/store.h"

namespace hr::store {

FactsAppended append_facts(Database& database, Names& subjects, uint32_t source, const facts::Frame& frame,
                           std::span<const Period> replace);

}  // namespace hr::store
