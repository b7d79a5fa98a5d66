#!/bin/sh
# Builds everything, or the targets named, in build/release. Configures when that was never done, or when the folder was moved or copied here.
set -eu
cd "$(dirname "$0")/.."
build=build/release
configured_for=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' $build/CMakeCache.txt 2>/dev/null || true)
if ! [ -f $build/build.ninja ]; then
    cmake --preset release
elif [ "$(realpath -q "$configured_for")" != "$(realpath .)" ]; then
    cmake --fresh --preset release
fi
# ccache refuses to compile where it cannot keep its cache.
[ -n "${CCACHE_DIR:-}" ] || [ -w "${HOME:-/nonexistent}" ] || export CCACHE_DISABLE=1
[ $# = 0 ] || set -- --target "$@"
cmake --build --preset release "$@"
