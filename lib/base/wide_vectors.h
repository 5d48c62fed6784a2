// Loops over whole columns, compiled several times.
#pragma once

#include <cstddef>  // says which C library this is

// Before the definition of a function (not a declaration in a header): it and what it calls, as far as that stands in
// the same file or in headers, are compiled for any x86-64 processor, and once more each for those with vectors of 256
// bits (AVX2) and of 512 (x86-64-v4); the loader picks one of them as the program starts. They are one source, and give
// the same results: no floating-point operation is fused (-ffp-contract=off). Clang and sanitizers make the first
// alone. For functions that go over many values and call little else.
//
// A function of the same file that calls an annotated one must be annotated, too: g++ 12 takes such a call for one that
// cannot throw, and an exception ends the program there. So these files are never compiled together with others.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define HR_WIDE_VECTORS [[gnu::flatten, gnu::target_clones("arch=x86-64-v4", "avx2", "default")]]
#else
#define HR_WIDE_VECTORS
#endif
