#!/bin/sh
# Brings resources/translations/*.ts up to the texts of the sources: new ones are added unfinished, those that are gone
# are left out. Then translate what is unfinished; the test Translations counts it.
set -eu
cd "$(dirname "$0")/.."
lupdate=/usr/lib/qt6/bin/lupdate
[ -x "$lupdate" ] || lupdate=$(command -v lupdate6 || command -v lupdate) ||
    { echo "lupdate of Qt 6 is missing: apt-get install qt6-l10n-tools" >&2; exit 1; }
for texts in "${1:-resources/translations/triptych_de.ts}"; do
    "$lupdate" -silent -recursive ui -I . -locations none -no-obsolete -source-language en -ts "$texts"
done
