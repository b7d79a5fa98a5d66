// Another language for the time of a test.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/language/language.h"

namespace triptych::test {

/// Numbers are those of Germany or the United States, whatever machine the test runs on.
class LanguageScope {
public:
    explicit LanguageScope(LanguageChoice choice) : m_before(chosenLanguage()), m_numbers(QLocale())
    {
        chooseLanguage(choice);
        QLocale::setDefault(choice == LanguageChoice::German ? QLocale(QLocale::German, QLocale::Germany)
                                                             : QLocale(QLocale::English, QLocale::UnitedStates));
    }
    ~LanguageScope()
    {
        chooseLanguage(m_before == LanguageChoice::System ? LanguageChoice::English : m_before);
        QLocale::setDefault(m_numbers);
    }
    LanguageScope(const LanguageScope&) = delete;
    LanguageScope& operator=(const LanguageScope&) = delete;

private:
    LanguageChoice m_before;
    QLocale m_numbers;
};

} // namespace triptych::test
