#!/bin/sh
# Installs the packages of debian-packages.txt that are missing. Does nothing, quickly, when all are there.
# Asks before it uses sudo; with TRIPTYCH_YES=1, as root or without a terminal it does not ask.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
wanted=$(grep -v '^#' "$here/debian-packages.txt")
# One query for all: it lists what dpkg knows, and we keep what is really installed.
# shellcheck disable=SC2086
installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' || true)
missing=""
for package in $wanted; do
    echo "$installed" | grep -qx "$package" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null; then
    echo "Triptych needs these Debian packages, and there is no apt-get to install them:$missing" >&2
    exit 1
fi
root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "Missing packages. Run as root: apt-get install$missing" >&2; exit 1; }
    root=sudo
fi
echo "Triptych needs these packages:$missing"
if [ -n "$root" ] && [ "${TRIPTYCH_YES:-0}" != 1 ] && [ -t 0 ]; then
    printf 'Install them with sudo apt-get now? [Y/n] '
    read -r answer
    case "$answer" in n*|N*) echo "Nothing was installed. Later: sudo apt-get install$missing"; exit 1 ;; esac
fi
$root apt-get update -q
# shellcheck disable=SC2086
$root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
