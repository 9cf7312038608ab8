# The package: allonymConfig.cmake with its targets, and allonym.pc. The folders install their own files.
set_target_properties(allonym_shared PROPERTIES EXPORT_NAME allonym)
set_target_properties(allonym_static PROPERTIES EXPORT_NAME static)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/allonym)

install(EXPORT allonym NAMESPACE allonym:: FILE allonymTargets.cmake DESTINATION ${package_dir})
if(ALLONYM_XAPIAN)
    set_target_properties(allonym-xapian PROPERTIES EXPORT_NAME xapian)
    install(TARGETS allonym-xapian EXPORT allonym-xapian LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
    install(EXPORT allonym-xapian NAMESPACE allonym:: FILE allonymXapianTargets.cmake DESTINATION ${package_dir})
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/allonymConfig.cmake.in ${PROJECT_BINARY_DIR}/allonymConfig.cmake
    INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/allonymConfigVersion.cmake COMPATIBILITY SameMinorVersion)
configure_file(${PROJECT_SOURCE_DIR}/allonym.pc.in ${PROJECT_BINARY_DIR}/allonym.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/allonymConfig.cmake ${PROJECT_BINARY_DIR}/allonymConfigVersion.cmake DESTINATION ${package_dir})
install(FILES ${PROJECT_BINARY_DIR}/allonym.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
