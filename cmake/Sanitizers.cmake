# Two ways to run tests under sanitizers: a whole build of its own, or a few binaries within the normal one.

# TRIPTYCH_SANITIZE=address,undefined or thread: every target of ours is compiled and linked with these sanitizers.
if(TRIPTYCH_SANITIZE)
  target_compile_options(triptych_flags INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-fsanitize=${TRIPTYCH_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined>)
  target_link_options(triptych_flags INTERFACE -fsanitize=${TRIPTYCH_SANITIZE})
endif()

# Appends to `result` the sources of a target whose path from the root matches one of the patterns.
function(_triptych_matching_sources target result)
  get_target_property(all ${target} SOURCES)
  foreach(source ${all})
    cmake_path(IS_ABSOLUTE source absolute)
    if(NOT absolute)
      get_target_property(folder ${target} SOURCE_DIR)
      set(source ${folder}/${source})
    endif()
    file(RELATIVE_PATH path ${PROJECT_SOURCE_DIR} ${source})
    foreach(pattern ${ARGN})
      if(path MATCHES "${pattern}" AND path MATCHES "\\.cpp$")
        list(APPEND ${result} ${source})
        break()
      endif()
    endforeach()
  endforeach()
  set(${result} ${${result}} PARENT_SCOPE)
endfunction()

# triptych_sanitized_test(name SANITIZERS address,undefined CODE pattern... TESTS pattern... [SEVERAL filter]): a test binary in
# which the sources of triptych_core and of core_test that match are compiled a second time, with these sanitizers; the rest of the
# core is linked as it is. Its cases have the label sanitizer, those named Fuzz the label fuzz too. The thread
# sanitizer cannot see into OpenMP: there all cases but those that the GoogleTest filter SEVERAL names have one thread of it, so that
# the threads are ours alone.
function(triptych_sanitized_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "SANITIZERS;SEVERAL" "CODE;TESTS")
  set(sources)
  _triptych_matching_sources(triptych_core sources ${arg_CODE})
  _triptych_matching_sources(core_test sources ${arg_TESTS})
  foreach(source ${sources})
    get_source_file_property(definitions ${source} TARGET_DIRECTORY triptych_core COMPILE_DEFINITIONS)
    if(definitions)
      set_source_files_properties(${source} PROPERTIES COMPILE_DEFINITIONS "${definitions}")
    endif()
  endforeach()
  add_executable(${name} ${sources} ${PROJECT_SOURCE_DIR}/tests/support/sanitizer_options.cpp)
  # Whatever the build type: quickest to compile, line numbers, assertions on.
  target_compile_options(${name} PRIVATE -O0 -g1 -UNDEBUG -fno-omit-frame-pointer -fsanitize=${arg_SANITIZERS}
    -fno-sanitize-recover=undefined)
  target_link_options(${name} PRIVATE -fsanitize=${arg_SANITIZERS})
  target_link_libraries(${name} PRIVATE triptych_core nlohmann_json::nlohmann_json fmt::fmt SQLite::SQLite3 PkgConfig::PCRE2
    GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE TRIPTYCH_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set_target_properties(${name} PROPERTIES CXX_CLANG_TIDY "")
  set(alone)
  if(arg_SANITIZERS STREQUAL thread)
    set(alone ENVIRONMENT OMP_THREAD_LIMIT=1)
  endif()
  set(others "-*Fuzz*")
  if(arg_SEVERAL)
    string(APPEND others ":${arg_SEVERAL}")
    triptych_add_test(${name} sanitizer PREFIX ${name}. FILTER ${arg_SEVERAL})
  endif()
  triptych_add_test(${name} sanitizer PREFIX ${name}. FILTER ${others} ${alone})
  triptych_add_test(${name} sanitizer fuzz PREFIX ${name}. FILTER *Fuzz* ${alone})
endfunction()
