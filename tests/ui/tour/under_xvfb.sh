#!/bin/sh
# The tour on an X11 display of its own: what a platform without windows cannot show, as focus, clipboard and popups.
# Usage, from the root: tests/ui/tour/under_xvfb.sh [PROGRAM] [options of studio_tour]; needs xvfb and xauth.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
program=build/release/bin/studio_tour
if [ $# -gt 0 ] && [ -x "$1" ]; then
  program=$1
  shift
fi
exec xvfb-run -a -s "-screen 0 2880x1700x24" env QT_QPA_PLATFORM=xcb "$program" "$@"
