#!/bin/sh
# Installs the packages of debian-packages.txt that are missing. Does nothing, quickly, when all are there.
# Root is not asked. Others are asked before sudo is used; TRIPTYCH_YES=1 is the answer where there is no terminal.
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

by_hand() {
    echo "$1 Install them by hand and start again:" >&2
    echo "  apt-get install --no-install-recommends$missing" >&2
    exit 1
}

echo "Triptych needs these packages:$missing"
command -v apt-get >/dev/null || by_hand "There is no apt-get; elsewhere these packages have other names."
root=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || by_hand "You are not root and there is no sudo."
    root=sudo
    if [ "${TRIPTYCH_YES:-0}" != 1 ]; then
        [ -t 0 ] || by_hand "There is no terminal to ask on (TRIPTYCH_YES=1 would mean yes)."
        printf 'Install them with sudo apt-get now? [Y/n] '
        read -r answer || answer=n
        case "$answer" in ""|[YyJj]*) ;; *) by_hand "Nothing was installed." ;; esac
    fi
fi
# A fresh machine may still be updating itself: wait for it.
apt_get() { $root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@"; }
apt_get update || echo "The package lists could not be renewed; going on with those that are there." >&2
# shellcheck disable=SC2086
apt_get install -y --no-install-recommends $missing || by_hand "apt-get could not install the packages."
