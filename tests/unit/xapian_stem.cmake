# The stemmers as a Xapian::StemImplementation, in C++ and from Python: docs/stemmers-xapian.md.
find_package(PkgConfig REQUIRED)
pkg_check_modules(XAPIAN REQUIRED IMPORTED_TARGET xapian-core>=1.4.18)
find_package(Python3 REQUIRED COMPONENTS Interpreter)

add_executable(test_xapian_stem ${CMAKE_CURRENT_LIST_DIR}/test_xapian_stem.cpp)
set_target_properties(test_xapian_stem PROPERTIES
    CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
target_include_directories(test_xapian_stem PRIVATE ${PROJECT_SOURCE_DIR}/plugin/include)
target_link_libraries(test_xapian_stem PRIVATE allonym_stemmer_shared PkgConfig::XAPIAN PkgConfig::CMOCKA)
target_compile_options(test_xapian_stem PRIVATE -Wall -Wextra -Wshadow -Wcast-qual -Wsign-conversion -pedantic)
add_test(NAME unit.xapian_stem COMMAND test_xapian_stem)
set_tests_properties(unit.xapian_stem PROPERTIES TIMEOUT 60)

# Python cannot load a library that wants a sanitizer's runtime. Debian's binding belongs to /usr/bin/python3 alone.
if(NOT CMAKE_C_FLAGS MATCHES "-fsanitize")
    set(python ${Python3_EXECUTABLE})
    if(EXISTS /usr/bin/python3)
        set(python /usr/bin/python3)
    endif()
    add_test(NAME unit.xapian_stem_python COMMAND ${python} ${CMAKE_CURRENT_LIST_DIR}/test_xapian_stem.py
        $<TARGET_FILE:allonym_stemmer_shared> ${PROJECT_SOURCE_DIR}/examples)
    set_tests_properties(unit.xapian_stem_python PROPERTIES TIMEOUT 60 SKIP_RETURN_CODE 77)
endif()
