# Flags that every target of the project compiles with.
add_library(hrctl_flags INTERFACE)
target_compile_options(hrctl_flags INTERFACE
  -ffp-contract=off   # a figure may not depend on whether the machine has fused multiply-add
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
  -Wno-restrict)      # g++ 12 sees overlaps in std::string that are not there (GCC bug 105651)
if(HRCTL_WERROR)
  target_compile_options(hrctl_flags INTERFACE -Werror)
endif()
if(HRCTL_SANITIZE)
  target_compile_options(hrctl_flags INTERFACE -fsanitize=${HRCTL_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(hrctl_flags INTERFACE -fsanitize=${HRCTL_SANITIZE})
endif()
