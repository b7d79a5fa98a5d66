# Finds what the CUDA backend needs. Sets
#   TRIPTYCH_HAVE_CUDA      compile the .cu files with nvcc and link the backend
#   TRIPTYCH_CUDA_INCLUDE   folder of the toolkit's headers, which is all that the emulated tests need; empty without them
# Both without the other are fine; without either everything else is built, and the configure log says so.
set(TRIPTYCH_HAVE_CUDA OFF)
set(TRIPTYCH_CUDA_MINIMUM 12.0) # the first that knows C++20 and sm_90a

find_program(TRIPTYCH_NVCC nvcc HINTS ENV CUDA_HOME ENV CUDA_PATH PATHS /usr/local/cuda/bin)
set(_missing "nvcc was not found")
if(TRIPTYCH_NVCC)
  execute_process(COMMAND ${TRIPTYCH_NVCC} --version OUTPUT_VARIABLE _nvcc_text ERROR_QUIET)
  string(REGEX MATCH "release ([0-9]+\\.[0-9]+)" _ "${_nvcc_text}")
  set(_missing "")
  if(NOT CMAKE_MATCH_1 OR CMAKE_MATCH_1 VERSION_LESS TRIPTYCH_CUDA_MINIMUM)
    set(_missing "${TRIPTYCH_NVCC} is CUDA '${CMAKE_MATCH_1}', expected ${TRIPTYCH_CUDA_MINIMUM} or newer")
  endif()
endif()

if(TRIPTYCH_CUDA STREQUAL "OFF")
  set(_missing "TRIPTYCH_CUDA is OFF")
elseif(TRIPTYCH_CUDA STREQUAL "AUTO" AND NOT _missing AND NOT CMAKE_CUDA_COMPILER)
  # nvcc refuses host compilers that are newer than itself: then build without it instead of stopping here.
  set(ENV{CUDACXX} ${TRIPTYCH_NVCC})
  include(CheckLanguage)
  check_language(CUDA)
  if(NOT CMAKE_CUDA_COMPILER)
    set(_missing "${TRIPTYCH_NVCC} cannot compile with this C++ compiler")
  endif()
endif()

if(NOT _missing)
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
  message(FATAL_ERROR "TRIPTYCH_CUDA is ON, but ${_missing}: install the CUDA toolkit or set CUDA_HOME.")
endif()

get_filename_component(_nvcc_real "${TRIPTYCH_NVCC}" REALPATH)
get_filename_component(_nvcc_folder "${_nvcc_real}" DIRECTORY)
find_path(TRIPTYCH_CUDA_INCLUDE cuda_runtime.h HINTS ${_nvcc_folder}/../include
  ${_nvcc_folder}/../targets/x86_64-linux/include /usr/local/cuda/include)
if(TRIPTYCH_CUDA_INCLUDE)
  file(STRINGS ${TRIPTYCH_CUDA_INCLUDE}/cuda_runtime_api.h _cudart_version REGEX "define CUDART_VERSION +[0-9]+")
  string(REGEX MATCH "[0-9]+$" _cudart_version "${_cudart_version}")
  if(_cudart_version LESS 12000)
    set(TRIPTYCH_CUDA_INCLUDE "") # too old for C++20
  endif()
else()
  set(TRIPTYCH_CUDA_INCLUDE "")
endif()

if(TRIPTYCH_HAVE_CUDA)
  message(STATUS "CUDA backend: yes, CUDA ${CMAKE_CUDA_COMPILER_VERSION} for sm_${CMAKE_CUDA_ARCHITECTURES}")
else()
  message(STATUS "CUDA backend: no, ${_missing}")
endif()
