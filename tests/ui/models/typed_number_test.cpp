// What people type and paste as a number, in both languages; what could be two numbers is none.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/language_scope.h"
#include "ui/models/typed_number.h"

#include <gtest/gtest.h>

#include <optional>

namespace triptych::test {
namespace {

std::optional<double> number(const QString& text)
{
    const auto read = typedNumber(text);
    return read ? std::optional(*read) : std::nullopt;
}

std::string advice(const QString& text)
{
    const auto read = typedNumber(text);
    return read ? std::string() : read.error().what + ". " + read.error().hint;
}

TEST(TypedNumber, IsReadAsPeopleWriteIt)
{
    const LanguageScope english(LanguageChoice::English);
    EXPECT_EQ(number("2048"), 2048);
    EXPECT_EQ(number(" 2,048 "), 2048);
    EXPECT_EQ(number("2\u202f048"), 2048) << "as a page may have it";
    EXPECT_EQ(number("14.8T"), 14.8e12);
    EXPECT_EQ(number("14.8e12"), 14.8e12);
    EXPECT_EQ(number("2 M"), 2e6);
    EXPECT_EQ(number("-3"), -3);
    EXPECT_EQ(number("-1,234,567.5"), -1234567.5);
    EXPECT_EQ(number("0.062"), 0.062);
}

TEST(TypedNumber, MayBePastedWithSignsOfMoneyAndPercent)
{
    const LanguageScope english(LanguageChoice::English);
    EXPECT_EQ(number("$2.95"), 2.95);
    EXPECT_EQ(number("2.95 USD"), 2.95);
    EXPECT_EQ(number("$5.576 M"), 5.576e6);
    EXPECT_EQ(number("-$2"), -2);
    EXPECT_EQ(number("62 %"), 0.62);
}

TEST(TypedNumber, NonsenseIsNone)
{
    const LanguageScope english(LanguageChoice::English);
    for (const char* nonsense : {"", " ", "T", "%", "$", "many", "1e999", "nan", "inf", "0x10", "1.2.3", "--5", "2 h",
                                 ",5", "1,23,456", "1.5e308T"})
        EXPECT_EQ(number(nonsense), std::nullopt) << nonsense;
    EXPECT_LT(advice(QString(1'000'000, '7') + "x").size(), 200U) << "what was pasted is not repeated at length";
}

TEST(TypedNumber, ADecimalCommaInEnglishIsNoSignOfThousands)
{
    const LanguageScope english(LanguageChoice::English);
    EXPECT_EQ(number("2,95"), std::nullopt) << "not 295";
    EXPECT_NE(advice("2,95").find("2.95"), std::string::npos) << advice("2,95");
    EXPECT_EQ(number("14,8T"), std::nullopt) << "not 148T";
}

TEST(TypedNumber, GermanHasAComma)
{
    const LanguageScope german(LanguageChoice::German);
    EXPECT_EQ(number("14,8 T"), 14.8e12);
    EXPECT_EQ(number("1.234,5"), 1234.5);
    EXPECT_EQ(number("1.234.567"), 1234567);
    EXPECT_EQ(number("14.8T"), 14.8e12) << "as programs write it";
    EXPECT_EQ(number("0.125"), 0.125);
    EXPECT_EQ(number("2,048"), 2.048);
}

TEST(TypedNumber, WhatCouldBeTwoNumbersIsRefusedWithBoth)
{
    const LanguageScope german(LanguageChoice::German);
    EXPECT_EQ(number("33.800"), std::nullopt) << "neither 33.8 nor 33,800 in silence";
    EXPECT_NE(advice("33.800").find("33800"), std::string::npos) << advice("33.800");
    EXPECT_NE(advice("33.800").find("33,8"), std::string::npos) << advice("33.800");
}

} // namespace
} // namespace triptych::test
