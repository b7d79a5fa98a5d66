# Finds nvcc and its headers. Sets TRIPTYCH_HAVE_CUDA (compile .cu for the GPU) and TRIPTYCH_CUDA_INCLUDE (headers,
# enough for the emulated tests). Without them both are off and the configure log says so.
set(TRIPTYCH_HAVE_CUDA OFF)
find_program(TRIPTYCH_NVCC nvcc HINTS ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda/bin)
if(NOT TRIPTYCH_CUDA STREQUAL "OFF" AND TRIPTYCH_NVCC)
  set(CMAKE_CUDA_COMPILER ${TRIPTYCH_NVCC} CACHE FILEPATH "")
  set(CMAKE_CUDA_ARCHITECTURES 90a CACHE STRING "")
  enable_language(CUDA)
  # CMake 3.25 does not know C++20 for nvcc.
  if(NOT DEFINED CMAKE_CUDA20_STANDARD_COMPILE_OPTION)
    set(CMAKE_CUDA20_STANDARD_COMPILE_OPTION "-std=c++20")
    set(CMAKE_CUDA20_EXTENSION_COMPILE_OPTION "-std=c++20")
  endif()
  set(TRIPTYCH_HAVE_CUDA ON)
elseif(TRIPTYCH_CUDA STREQUAL "ON")
  message(FATAL_ERROR "TRIPTYCH_CUDA is ON but nvcc was not found: install the CUDA toolkit or set CUDA_HOME.")
endif()
get_filename_component(_nvcc_real "${TRIPTYCH_NVCC}" REALPATH)
get_filename_component(_nvcc_folder "${_nvcc_real}" DIRECTORY)
find_path(TRIPTYCH_CUDA_INCLUDE cuda_runtime.h HINTS ${_nvcc_folder}/../include ${_nvcc_folder}/../targets/x86_64-linux/include
  /usr/local/cuda/include)
message(STATUS "CUDA backend: ${TRIPTYCH_HAVE_CUDA}; headers for the emulated tests: ${TRIPTYCH_CUDA_INCLUDE}")
