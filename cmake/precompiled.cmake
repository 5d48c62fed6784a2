# hrctl_precompile(TARGET OWNER [HEADER…]): with HRCTL_PRECOMPILED, TARGET reads cmake/precompiled.h and the HEADERs
# compiled once, by OWNER, which is compiled with the same flags. Builds of the sanitizers take two thirds of the time.
option(HRCTL_PRECOMPILED "Compile the headers of the standard library once" OFF)
function(hrctl_precompile target owner)
  if(NOT HRCTL_PRECOMPILED)
    return()
  endif()
  if(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()
