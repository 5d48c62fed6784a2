// The numbered steps that bring a store from any older form to the one this program knows. Internal to the store.
#pragma once

#include <span>

#include "base/embedded.h"
#include "store/database.h"

namespace hr::store {

// schemas/store/NNNN_….sql, sorted; compiled in.
std::span<const EmbeddedFile> store_migrations();
int latest_version(std::span<const EmbeddedFile> migrations);

// From the version that the file says it has (0: empty) to the latest, in one transaction. An older store is first
// copied to a file beside it, PATH.v1.backup. Does nothing when another process was quicker.
void migrate(Database& database, std::span<const EmbeddedFile> migrations);

}  // namespace hr::store
