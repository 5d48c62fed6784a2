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

// As path: a database without a name, which SQLite keeps in a file of its own as far as it does not fit into its cache.
inline constexpr const char* kTemporary = ":temporary:";

std::unique_ptr<Database> open_database(const std::string& path, const OpenOptions& options,
                                        std::span<const EmbeddedFile> migrations);

}  // namespace hr::store
