# Flags that every target of the project compiles with.
add_library(hrctl_flags INTERFACE)
target_compile_options(hrctl_flags INTERFACE
  -ffp-contract=off   # a figure may not depend on whether the machine has fused multiply-add
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  # g++ 12 at -O3 sees both in std::string and std::optional where neither is (GCC bugs 105651, 80635)
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-maybe-uninitialized>)
# Not with sanitizers: what they put in makes g++ 12 warn of conversions that nobody wrote.
if(HRCTL_WERROR)
  target_compile_options(hrctl_flags INTERFACE -Werror)
endif()
if(HRCTL_SANITIZE)
  target_compile_options(hrctl_flags INTERFACE -fsanitize=${HRCTL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(hrctl_flags INTERFACE -fsanitize=${HRCTL_SANITIZE})
endif()
