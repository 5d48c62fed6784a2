// The first is implied by the second only where doctest.h has not been read before (HRCTL_PRECOMPILED).
#define DOCTEST_CONFIG_IMPLEMENT
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
