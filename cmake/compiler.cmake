# Warnings, sanitizers, compiler cache and linker: what every target shares.

add_library(convene_options INTERFACE)
target_compile_options(convene_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
# GCC 12 reports false positives of these inside libstdc++ once the
# sanitizers have rewritten the code they look at.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(convene_options INTERFACE
    -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-array-bounds -Wno-dangling-pointer)
else()
  # GCC's warnings are the rule; clang, which builds the fuzz targets, has other opinions.
  target_compile_options(convene_options INTERFACE -Wno-error)
endif()

if(CONVENE_SANITIZE)
  target_compile_options(convene_options INTERFACE
    -fsanitize=${CONVENE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(convene_options INTERFACE -fsanitize=${CONVENE_SANITIZE})
  if(CONVENE_SANITIZE MATCHES "thread")
    # Asio uses fences that the thread sanitizer announces it cannot follow.
    target_compile_options(convene_options INTERFACE -Wno-tsan)
  endif()
endif()

find_program(CONVENE_CCACHE ccache)
if(CONVENE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Paths relative to the checkout, so that a second clone finds the first one's results.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CONVENE_CCACHE})
endif()

find_program(CONVENE_MOLD mold)
if(CONVENE_MOLD)
  target_link_options(convene_options INTERFACE -fuse-ld=mold)
endif()
