// The language of the program: texts, and how numbers on the screen are separated.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

#include <span>

namespace triptych {

/// System: German where the desktop prefers it to English, else English.
enum class LanguageChoice : std::uint8_t { System = 1, English, German };

struct LanguageInfo {
    LanguageChoice choice;
    const char* id;   ///< in settings and on the command line: "system", "en", "de"
    const char* name; ///< in that language itself; of System to be translated in the context "Language"
};

/// In the order of menus.
std::span<const LanguageInfo> languageCatalog();
/// System for an id that is none.
LanguageChoice languageFromId(const QString& id);
QString languageId(LanguageChoice choice);
/// For menus.
QString languageName(const LanguageInfo& info);

/// A program has one language, as Qt has it. Takes effect at once: windows get QEvent::LanguageChange and make their
/// texts anew. Nothing happens where it is in force already. Files, CSV and the command line stay in the C locale.
void chooseLanguage(LanguageChoice choice);
LanguageChoice chosenLanguage();

/// What a choice means on a desktop that prefers these languages ("de-CH", "en"), best first.
QLocale::Language languageFor(LanguageChoice choice, const QStringList& preferred);
/// How numbers are written: as the desktop does where it speaks the language, else as its largest country.
QLocale localeFor(QLocale::Language language, const QLocale& desktop);

} // namespace triptych
