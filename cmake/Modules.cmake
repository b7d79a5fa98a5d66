# One line to add a thing: a kernel family, a test source.
include(GoogleTest OPTIONAL)

# Of every test. Several share the cores: threads that wait must sleep, not spin. And nothing is left in anybody's home.
set(TRIPTYCH_TEST_ENVIRONMENT OMP_WAIT_POLICY=passive XDG_CACHE_HOME=${PROJECT_BINARY_DIR}/tests/cache)

# triptych_kernel_family(rms_norm): ops/rms_norm.cpp (checks, costs), cpu/rms_norm.cpp and, where it exists, cuda/rms_norm.cu.
# The global property TRIPTYCH_CUDA_FAMILIES lists those that have a .cu.
function(triptych_kernel_family name)
  target_sources(triptych_cpu_kernels PRIVATE ops/${name}.h ops/${name}.cpp cpu/${name}.cpp)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/cuda/${name}.cu)
    set_property(GLOBAL APPEND PROPERTY TRIPTYCH_CUDA_FAMILIES ${name})
  endif()
endfunction()

# triptych_add_test(target label... [FILTER pattern] [PREFIX text] [ENVIRONMENT variable=value...]): registers the GoogleTest cases
# of a binary, or those that match, with CTest under these labels.
function(triptych_add_test target)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "FILTER;PREFIX" "ENVIRONMENT")
  set(environment ${TRIPTYCH_TEST_ENVIRONMENT} ${arg_ENVIRONMENT})
  string(MAKE_C_IDENTIFIER "${target}${arg_FILTER}_cases" cases)
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST TEST_LIST ${cases}
    TEST_FILTER "${arg_FILTER}" TEST_PREFIX "${arg_PREFIX}"
    PROPERTIES TIMEOUT 600
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}/tests)
  # Lists do not survive the way through the script above, so another one sets them afterwards.
  set(script ${CMAKE_CURRENT_BINARY_DIR}/${cases}.cmake)
  set(labels ${arg_UNPARSED_ARGUMENTS})
  file(WRITE ${script} "if(${cases})\n  set_tests_properties(\${${cases}} PROPERTIES LABELS \"${labels}\"
    ENVIRONMENT \"${environment}\")\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES ${script})
endfunction()
