# hrctl_embed(TARGET NAME BASE FILE...): puts files into TARGET as they are. Generates a source that defines
#   namespace hr::embedded { extern const std::span<const EmbeddedFile> NAME; }   sorted by path
# (see lib/base/embedded.h; whoever uses it declares it so). Paths are relative to BASE.
set(HRCTL_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)
function(hrctl_embed target name base)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DBASE=${base} "-DFILES=${ARGN}" -DOUT=${out} -P ${HRCTL_EMBED_SCRIPT}
    DEPENDS ${ARGN} ${HRCTL_EMBED_SCRIPT} VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()

# hrctl_embed_folder(TARGET NAME FOLDER [GLOB...]): every file below FOLDER (or those that match).
function(hrctl_embed_folder target name folder)
  set(globs ${ARGN})
  if(NOT globs)
    set(globs "*")
  endif()
  list(TRANSFORM globs PREPEND "${folder}/")
  file(GLOB_RECURSE files CONFIGURE_DEPENDS LIST_DIRECTORIES false ${globs})
  list(FILTER files EXCLUDE REGEX "/(__pycache__|[^/]+\\.db[^/]*)(/|$)")
  hrctl_embed(${target} ${name} ${folder} ${files})
endfunction()
