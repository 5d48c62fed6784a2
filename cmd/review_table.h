// The review queue as tables: all items a row each, and everything about one.
#pragma once

#include <vector>

#include "engine/review/imported_places.h"
#include "engine/review/items.h"
#include "i18n/message.h"
#include "table/table.h"

namespace hr::cmd {

table::Table review_table(const std::vector<engine::Item>& items, i18n::Language language);
table::Table review_item_table(const engine::Item& item, const engine::ImportedPlaces& places, i18n::Language language);

}  // namespace hr::cmd
