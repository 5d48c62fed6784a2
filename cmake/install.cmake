# What `cmake --install` puts where, and the package that find_package(hrctl) reads: target hrctl::core.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS hrctl RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
set_target_properties(hrctl_core PROPERTIES EXPORT_NAME core)
install(TARGETS hrctl_core EXPORT hrctlTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/lib/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hrctl FILES_MATCHING PATTERN "*.h")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/schemas/definitions ${CMAKE_SOURCE_DIR}/schemas/output
  DESTINATION ${CMAKE_INSTALL_DATADIR}/hrctl/schemas FILES_MATCHING PATTERN "*.json")
install(EXPORT hrctlTargets NAMESPACE hrctl:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/hrctl)
configure_package_config_file(${CMAKE_SOURCE_DIR}/cmake/hrctlConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/hrctlConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/hrctl)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/hrctlConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/hrctlConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/hrctlConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/hrctl)

# Manual pages of docs/commands, one a page, where pandoc is there to make them.
find_program(PANDOC pandoc)
if(PANDOC)
  file(GLOB pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/docs/commands/*.md)
  foreach(page IN LISTS pages)
    get_filename_component(name ${page} NAME)
    string(REGEX REPLACE "\\.md$" "" name ${name})
    set(folder man1)
    if(name MATCHES "\\.zh-CN$")
      string(REGEX REPLACE "\\.zh-CN$" "" name ${name})
      set(folder zh_CN/man1)
    endif()
    if(NOT name STREQUAL "hrctl")
      set(name hrctl-${name})
    endif()
    set(out ${CMAKE_CURRENT_BINARY_DIR}/man/${folder}/${name}.1)
    get_filename_component(out_folder ${out} DIRECTORY)
    add_custom_command(OUTPUT ${out}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${out_folder}
      COMMAND ${PANDOC} -s -f gfm -t man -V title=${name} -V section=1 -V footer=hrctl\ ${PROJECT_VERSION} -o ${out} ${page}
      DEPENDS ${page} VERBATIM)
    list(APPEND man_pages ${out})
  endforeach()
  add_custom_target(man ALL DEPENDS ${man_pages})
  install(DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR})
endif()
