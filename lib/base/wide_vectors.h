// Loops over whole columns, compiled twice.
#pragma once

#include <cstddef>  // says which C library this is

// Before a function: it and all that it calls are compiled for any x86-64 processor, and once more for those with
// vectors of 256 bits (AVX2); the loader picks one of the two as the program starts. They are one source, and give the
// same results: no floating-point operation is fused (-ffp-contract=off). Other compilers make the first alone, which
// is what the sanitizers see. For functions that go over thousands of values and call little else: all that they call
// is there twice.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define HR_WIDE_VECTORS [[gnu::flatten, gnu::target_clones("avx2", "default")]]
#else
#define HR_WIDE_VECTORS
#endif
