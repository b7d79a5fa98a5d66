#!/bin/sh
# Draws the pictures of README.md and docs/studio.md anew, all but those of clusters and of prices: trains three runs
# for about five minutes, shows them, and takes the tour. Usage, from the root: docs/images/draw.sh [FOLDER of the runs]
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
here=docs/images
bin=$PWD/build/release/bin
runs=${1:-$(mktemp -d)}
mkdir -p "$runs"
# 256 experts in each of 31 layers, so narrow that a CPU trains them in a minute.
sed -e 's/"hidden_size": 256/"hidden_size": 64/' -e 's/"num_hidden_layers": 4/"num_hidden_layers": 32/' \
  -e 's/"moe_intermediate_size": 64/"moe_intermediate_size": 16/' -e 's/"intermediate_size": 688/"intermediate_size": 128/' \
  resources/model_presets/bench-x.json >"$runs/deep.json"
train() { # run, model, options; in its folder, so that no picture names a place of this machine
  [ -d "$runs/$1" ] || (cd "$runs" && "$bin/triptych" train --data builtin:mixed --run "$1" --model "$2" "$3" "$4" $5)
}
train tiny tiny --minutes 3 ""
train no-bias tiny --steps 300 "--set seed=2 --set bias_update_speed=0"
train deep deep.json --steps 60 "--set sequence_length=64 --set batch_size=4"

QT_QPA_PLATFORM=offscreen
export QT_QPA_PLATFORM
shots=$runs/pictures
draw() { # name, theme, runs
  name=$1
  theme=$2
  shift 2
  "$bin/triptych-studio" screenshots "$@" --out "$shots/$name" --theme "$theme" --size 1280x800 --lang en >/dev/null
}
draw dark dark "$runs/tiny"
draw light light "$runs/tiny"
draw two dark "$runs/tiny" "$runs/no-bias"
cp "$shots/dark/window.png" $here/window-dark.png
cp "$shots/light/window.png" $here/window-light.png
page() { # panel, run, size in cm, file
  "$bin/triptych-studio" export "$runs/$2" --panel "$1" --size "$3" --dpi 110 --theme dark --out "$here/$4.png" >/dev/null
}
page attention tiny 24x16 attention
page moe deep 24x16 moe-256-experts
page moe-groups deep 22x18 page-moe-groups
page journey tiny 22x6 page-journey
for panel in moe-history moe-domains moe-pairs latent forms cache mtp mtp-acceptance; do
  page $panel tiny 22x14 page-$panel
done
cp "$shots/two/runs.png" $here/page-runs.png
cp "$shots/two/predella.png" $here/page-predella.png

"$bin/studio_tour" --pictures "$shots/tour" >/dev/null
for stop in words memory-again back-in-time playground-two-lanes fork-in-the-table palette key-map presenter-mla export-dialog long-text; do
  cp "$shots/tour/"[0-9][0-9][0-9]"-$stop.png" $here/tour-$stop.png
done
