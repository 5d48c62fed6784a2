// From a path to a connection that is known to be a store of this version, or to an Error that says what is there
// instead. Internal to the store.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "base/embedded.h"
#include "store/database.h"
#include "store/store.h"

namespace hr::store {

std::unique_ptr<Database> open_database(const std::string& path, const OpenOptions& options,
                                        std::span<const EmbeddedFile> migrations);

}  // namespace hr::store
