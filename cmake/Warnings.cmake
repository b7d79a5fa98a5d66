# Flags that every target of ours gets, by linking triptych_flags. No global CMAKE_CXX_FLAGS.
add_library(triptych_flags INTERFACE)
target_include_directories(triptych_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(triptych_flags INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  # g++ 12 at -O3 sees uninitialised reads in std::variant and overlapping copies in std::string that are not there.
  -Wno-maybe-uninitialized $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  # The f64 kernels must give the same bits on every CPU, so no silent fusing of a*b+c.
  -ffp-contract=off>
  # A kernel that spills registers is slower than it looks.
  $<$<COMPILE_LANGUAGE:CUDA>:-Xcompiler=-Wall,-Wextra,-Wshadow -Xptxas=-warn-spills>)
if(TRIPTYCH_WERROR)
  target_compile_options(triptych_flags INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Werror>
    $<$<COMPILE_LANGUAGE:CUDA>:-Werror=all-warnings -Xcompiler=-Werror>)
endif()
