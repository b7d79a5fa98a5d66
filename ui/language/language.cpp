// Translators and the default locale.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QTranslator>

#include <algorithm>
#include <array>
#include <memory>

static void loadTranslations()
{
    Q_INIT_RESOURCE(triptych_translations); // must stand outside of a namespace
}

namespace triptych {

namespace {

constexpr std::array kCatalog = {
    LanguageInfo{LanguageChoice::System, "system", QT_TRANSLATE_NOOP("Language", "Language of the system")},
    LanguageInfo{LanguageChoice::English, "en", "English"}, LanguageInfo{LanguageChoice::German, "de", "Deutsch"}};

/// Nothing of it is there before a choice: English texts, the locale of the desktop.
struct InForce {
    LanguageChoice choice = LanguageChoice::System;
    QLocale::Language language = QLocale::English;
    std::unique_ptr<QTranslator> texts;
    std::unique_ptr<QTranslator> dialogs; ///< those of Qt
};

InForce& inForce()
{
    static InForce state;
    return state;
}

void remove(std::unique_ptr<QTranslator>& translator)
{
    if (!translator) return;
    QCoreApplication::removeTranslator(translator.get());
    translator.reset();
}

void install(std::unique_ptr<QTranslator>& translator, const QString& name, const QString& folder)
{
    auto made = std::make_unique<QTranslator>();
    if (!made->load(name, folder)) return; // the texts of Qt's own dialogs are a package of their own
    translator = std::move(made);
    QCoreApplication::installTranslator(translator.get());
}

} // namespace

std::span<const LanguageInfo> languageCatalog()
{
    return kCatalog;
}

LanguageChoice languageFromId(const QString& id)
{
    for (const LanguageInfo& info : kCatalog)
        if (id == QLatin1String(info.id)) return info.choice;
    return LanguageChoice::System;
}

QString languageId(LanguageChoice choice)
{
    for (const LanguageInfo& info : kCatalog)
        if (info.choice == choice) return QString::fromLatin1(info.id);
    return {};
}

QString languageName(const LanguageInfo& info)
{
    return info.choice == LanguageChoice::System ? QCoreApplication::translate("Language", info.name)
                                                 : QString::fromUtf8(info.name);
}

QLocale::Language languageFor(LanguageChoice choice, const QStringList& preferred)
{
    if (choice != LanguageChoice::System) return choice == LanguageChoice::German ? QLocale::German : QLocale::English;
    for (const QString& name : preferred) {
        const QLocale::Language language = QLocale(name).language();
        if (language == QLocale::German || language == QLocale::English) return language;
    }
    return QLocale::English;
}

QLocale localeFor(QLocale::Language language, const QLocale& desktop)
{
    if (desktop.language() == language) return desktop;
    return {language, language == QLocale::German ? QLocale::Germany : QLocale::UnitedStates};
}

void chooseLanguage(LanguageChoice choice)
{
    loadTranslations();
    InForce& state = inForce();
    state.choice = choice;
    const QLocale desktop = QLocale::system();
    const QLocale::Language language = languageFor(choice, desktop.uiLanguages());
    QLocale::setDefault(localeFor(language, desktop));
    if (language == state.language) return;
    state.language = language;
    remove(state.texts);
    remove(state.dialogs);
    if (language != QLocale::German) return;
    install(state.dialogs, QStringLiteral("qtbase_de"), QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(state.texts, QStringLiteral("triptych_de"), QStringLiteral(":/translations"));
}

LanguageChoice chosenLanguage()
{
    return inForce().choice;
}

} // namespace triptych
