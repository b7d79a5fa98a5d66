// Which language a choice means, what changes with it, and that the core's texts are all in the list.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/model_config_fields.h"
#include "core/config/train_config.h"
#include "core/cost/run_meter.h"
#include "core/data/synthetic_tasks.h"
#include "core/routing/router_catalog.h"
#include "core/run/metric.h"
#include "tests/support/language_scope.h"
#include "ui/language/core_texts.h"
#include "ui/language/language.h"
#include "ui/widgets/number_text.h"

#include <gtest/gtest.h>

#include <set>

namespace triptych::test {
namespace {

TEST(Language, OfTheSystemIsTheFirstThatTheProgramSpeaks)
{
    const auto ofSystem = [](const QStringList& preferred) { return languageFor(LanguageChoice::System, preferred); };
    EXPECT_EQ(ofSystem({"de-CH", "en"}), QLocale::German);
    EXPECT_EQ(ofSystem({"fr-FR", "de-DE", "en-US"}), QLocale::German);
    EXPECT_EQ(ofSystem({"en-GB", "de"}), QLocale::English);
    EXPECT_EQ(ofSystem({"fr"}), QLocale::English);
    EXPECT_EQ(ofSystem({}), QLocale::English);
    EXPECT_EQ(languageFor(LanguageChoice::English, {"de"}), QLocale::English);
    EXPECT_EQ(languageFor(LanguageChoice::German, {"en"}), QLocale::German);
}

TEST(Language, WritesNumbersAsTheDesktopDoesWhereItSpeaksTheLanguage)
{
    const QLocale swiss(QLocale::German, QLocale::Switzerland);
    EXPECT_EQ(localeFor(QLocale::German, swiss), swiss);
    EXPECT_EQ(localeFor(QLocale::English, swiss), QLocale(QLocale::English, QLocale::UnitedStates));
    EXPECT_EQ(localeFor(QLocale::German, QLocale::c()), QLocale(QLocale::German, QLocale::Germany));
}

TEST(Language, IsKnownByItsIdThereAndBack)
{
    std::set<QString> names;
    for (const LanguageInfo& info : languageCatalog()) {
        EXPECT_EQ(languageFromId(QString::fromLatin1(info.id)), info.choice);
        EXPECT_EQ(languageId(info.choice), QString::fromLatin1(info.id));
        EXPECT_FALSE(languageName(info).isEmpty());
        names.insert(languageName(info));
    }
    EXPECT_EQ(names.size(), languageCatalog().size());
    EXPECT_EQ(languageFromId("klingon"), LanguageChoice::System);
    EXPECT_EQ(languageFromId(""), LanguageChoice::System);
}

TEST(Language, ChangesTextsAndSeparatorsThereAndBack)
{
    const LanguageScope german(LanguageChoice::German);
    EXPECT_EQ(coreText("Learning rate"), QString("Lernrate"));
    EXPECT_EQ(countText(1234567), QString("1.234.567"));
    EXPECT_EQ(percentText(0.125), QString("12,5") + QChar(0x202f) + "%");
    {
        const LanguageScope english(LanguageChoice::English);
        EXPECT_EQ(coreText("Learning rate"), QString("Learning rate"));
        EXPECT_EQ(countText(1234567), QString("1,234,567"));
    }
    EXPECT_EQ(coreText("Learning rate"), QString("Lernrate"));
}

TEST(Language, LeavesTheNumbersOfTheCoreAlone)
{
    const LanguageScope german(LanguageChoice::German);
    EXPECT_EQ(to_string(FieldValue(0.5)), "0.5");
    const auto value = parse_field_value("learning_rate", "2.5e-4", FieldValue(0.0));
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(std::get<double>(*value), 2.5e-4);
}

/// Everything that the catalogs of the core say to people; units "1" are none.
std::set<std::string> saidByTheCore()
{
    std::set<std::string> said;
    const auto note = [&said](std::string_view text) {
        if (!text.empty() && text != "1") said.emplace(text);
    };
    for (const auto& field : train_config_fields())
        for (const char* text : {field.title, field.unit, field.doc}) note(text);
    for (const auto& field : model_config_fields())
        for (const char* text : {field.unit, field.doc}) note(text);
    for (const auto& field : yarn_config_fields())
        for (const char* text : {field.unit, field.doc}) note(text);
    for (const MetricInfo& metric : metric_catalog())
        for (const std::string_view text : {metric.doc, metric.unit}) note(text);
    for (const RouterInfo& router : router_catalog())
        for (const std::string_view text : {router.title, router.doc}) note(text);
    for (const SyntheticDomain& domain : synthetic_domains()) note(domain.title);
    for (const NamedPriceInput& input : named_inputs(RunPrices::h100())) note(input.title);
    return said;
}

TEST(CoreTexts, AreThoseOfTheCatalogsOfTheCore)
{
    std::set<std::string> listed;
    for (const char* text : coreTexts()) EXPECT_TRUE(listed.insert(text).second) << "twice: " << text;
    const std::set<std::string> said = saidByTheCore();
    for (const std::string& text : said)
        EXPECT_TRUE(listed.contains(text)) << "no row in ui/language/core_texts.cpp: " << text;
    for (const std::string& text : listed) EXPECT_TRUE(said.contains(text)) << "the core no longer says: " << text;
}

TEST(CoreTexts, HaveAGermanTextEach)
{
    const LanguageScope german(LanguageChoice::German);
    // The same in both languages.
    const std::set<QString> same = {"Batch", "Router", "Beta 1", "Beta 2", "s", "USD", "FLOP", "Threads"};
    for (const char* text : coreTexts())
        EXPECT_TRUE(same.contains(QString::fromUtf8(text)) || coreText(text) != QString::fromUtf8(text)) << text;
}

} // namespace
} // namespace triptych::test
