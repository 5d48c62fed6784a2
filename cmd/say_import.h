// What people are told of an import under way or done.
#pragma once

#include <cstddef>

#include "engine/import/import.h"
#include "session.h"

namespace hr::cmd {

inline constexpr size_t kMostTold = 20;  // rows set aside that are told one by one; --rejects of `import` has all

// To standard error: of each file its findings, the first of the rows set aside, its counts; then what the organisation
// as a whole leaves in doubt. Lines of the files are read again for excerpts.
void say_import(const Session& session, const engine::ImportOutcome& outcome);

}  // namespace hr::cmd
