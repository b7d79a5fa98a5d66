#!/bin/sh
# Installs into an empty folder and runs the programs from there, as a user of the package would.
# Usage: install_smoke.sh SOURCE_FOLDER BUILD_FOLDER CMAKE
set -eu
source=$1
build=$2
cmake=$3

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
stage="$scratch/a prefix with spaces"
fail() { echo "FAILED: $*" >&2; exit 1; }

"$cmake" --install "$build" --prefix "$stage" >"$scratch/install.log" 2>&1 || { cat "$scratch/install.log"; fail "cmake --install"; }

# Nothing of this machine's settings, another folder, an empty home.
mkdir "$scratch/home"
run() {
    program=$1
    shift
    (cd "$scratch" && env -i PATH=/usr/bin:/bin HOME="$scratch/home" OMP_WAIT_POLICY=passive "$stage/bin/$program" "$@") || fail "$program $*"
}

echo "Resources: all data of the source tree, and no program that looks for it there."
for folder in "$source"/resources/*/; do
    name=$(basename "$folder")
    case $name in icons|styles|translations) continue ;; esac # compiled into the studio
    diff -r "$folder" "$stage/share/triptych/$name" || fail "share/triptych/$name is not what resources/$name is"
done
for program in "$stage"/bin/*; do
    if grep -qF "$source/resources" "$program"; then fail "$program knows $source/resources"; fi
done

if [ -x "$stage/bin/triptych" ]; then
    echo "The command line program trains, saves and reads what it saved."
    run triptych --version
    for command in $(run triptych --help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        gzip -dc "$stage/share/man/man1/triptych.1.gz" | grep -q "^\.B $command\$" || fail "triptych(1) has no $command"
    done
    run triptych inspect deepseek-v3 >"$scratch/inspect.txt"
    run triptych train --model tiny --data builtin:mixed --run "$scratch/run" --steps 2 --json >"$scratch/train.jsonl"
    grep -q '"event":"end"' "$scratch/train.jsonl" || fail "train --json tells no end"
    run triptych inspect "$scratch/run" >"$scratch/inspect.txt"
    run triptych generate --checkpoint "$scratch/run" --prompt "The " --max-new-tokens 4
fi

if [ -x "$stage/bin/triptych-studio" ]; then
    echo "The studio trains and draws without a display."
    run triptych-studio --version
    run triptych-studio --demo --minutes 0.05
    [ -n "$(find "$scratch/home" -name window.png -size +0)" ] || fail "the demo drew no window.png"
    if [ -d "$scratch/run" ]; then
        run triptych-studio screenshots "$scratch/run" --out "$scratch/pictures"
        [ -s "$scratch/pictures/window.png" ] || fail "screenshots drew no window.png"
    fi

    grep -q '^Exec=triptych-studio$' "$stage/share/applications/triptych.desktop" || fail "the desktop file starts something else"
    [ -s "$stage/share/icons/hicolor/scalable/apps/triptych.svg" ] || fail "no icon"
    if command -v desktop-file-validate >/dev/null; then
        desktop-file-validate "$stage/share/applications/triptych.desktop" || fail "desktop-file-validate"
    fi
    if command -v appstreamcli >/dev/null; then
        appstreamcli validate --no-net "$stage/share/metainfo/triptych.metainfo.xml" || fail "appstreamcli validate"
    fi
fi
echo "The installation works."
