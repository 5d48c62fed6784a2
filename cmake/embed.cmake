# hrctl_embed(TARGET NAME FILE...): compiles files into TARGET as text. Generates NAME.h, which declares
#   namespace hr::embedded { extern const std::span<const File> NAME; }   sorted by path
# (see lib/base/embedded.h), the path being relative to the folder of the first argument BASE.
function(hrctl_embed target name base)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DBASE=${base} "-DFILES=${ARGN}" -DOUT=${out} -P ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
