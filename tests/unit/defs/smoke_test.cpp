#include <doctest/doctest.h>
#include "defs/load.h"
TEST_CASE("an empty set of files is sound") { CHECK(hr::defs::load_definitions({}).diagnostics.empty()); }
