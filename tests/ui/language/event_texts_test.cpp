// Lines of a run's log in German: all that the core writes has a form, and no number is lost.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/routing/routing_control.h"
#include "core/session/event_text.h"
#include "core/train/health.h"
#include "tests/support/language_scope.h"
#include "tests/support/qt_print.h"
#include "ui/language/event_texts.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QRegularExpression>

#include <cmath>
#include <limits>
#include <set>

namespace triptych::test {
namespace {

/// Numbers in it, sorted, with a point whatever the language.
QStringList numbers(const QString& text)
{
    static const QRegularExpression number("[0-9]+([.,][0-9]+)?");
    QStringList all;
    for (auto found = number.globalMatch(text); found.hasNext();)
        all << found.next().captured().replace(QLatin1Char(','), QLatin1Char('.'));
    all.sort();
    return all;
}

void expect_german(const QString& english)
{
    {
        const LanguageScope scope(LanguageChoice::English);
        EXPECT_EQ(eventText(english), english);
    }
    const LanguageScope scope(LanguageChoice::German);
    const QString german = eventText(english);
    EXPECT_NE(german, english) << english.toStdString();
    EXPECT_FALSE(german.contains("step ")) << german.toStdString();
    EXPECT_EQ(numbers(german), numbers(english)) << german.toStdString();
}

/// What the health of a run tells where one thing after the other goes wrong in layer 3.
std::vector<HealthNote> troubles()
{
    std::vector<HealthNote> notes;
    const auto go = [&notes](const std::vector<std::int64_t>& bad, double max_vio, double loss) {
        HealthMonitor monitor;
        for (std::int64_t step = 1; step <= 300; ++step) {
            const bool now = step > 150;
            StepReport report;
            report.step = step;
            report.main_loss = report.loss = now ? loss : 2 + 0.02 * std::sin(static_cast<double>(step));
            report.grad_norm = 1;
            report.max_vio = now ? max_vio : 0.2;
            report.loads = {{.layer = 3, .counts = now ? bad : std::vector<std::int64_t>(16, 1000), .bias = {}}};
            for (HealthNote& note : monitor.check(report)) notes.push_back(std::move(note));
        }
    };
    const std::vector<std::int64_t> even(16, 1000);
    go(even, 0.2, std::numeric_limits<double>::quiet_NaN());
    go(even, 0.2, 3.5);
    go(even, 6, 2);
    std::vector<std::int64_t> halves(16, 100);
    std::fill(halves.begin(), halves.begin() + 8, 1900);
    go(halves, 0.2, 2);
    std::vector<std::int64_t> starved = even;
    starved[2] = 10;
    go(starved, 0.2, 2);
    starved[2] = 0;
    go(starved, 0.2, 2);
    std::vector<std::int64_t> few(16, 1);
    std::fill(few.begin(), few.begin() + 4, 1000);
    go(few, 0.2, 2);
    return notes;
}

TEST(EventTexts, EveryTroubleOfATrainingIsToldInGerman)
{
    std::set<std::string> kinds;
    for (const HealthNote& note : troubles()) {
        kinds.insert(note.kind);
        expect_german(QString::fromStdString(note.message));
    }
    EXPECT_EQ(kinds, (std::set<std::string>{"dead_experts", "entropy", "imbalance", "loss_spike", "nan",
                                            "starved_experts", "variation"}));
}

TEST(EventTexts, WhatHappensToARunIsToldInGerman)
{
    event::RunStarted started;
    started.model = "tiny on top"; // as a file may be called
    started.data = {"builtin:mixed"};
    started.parameters = 2'210'000;
    started.device = "CPU, 2 threads, f32";
    started.tokens_per_step = 2048;
    for (const Event& event : std::initializer_list<Event>{
             started, event::Validation{100, 2.4626, 3.553, 0.89}, event::CheckpointSaved{400, "runs/a/step-000400"},
             event::SettingChanged{7, "learning_rate", 0.002, 1},
             event::RoutingChanged{8, {}, "layer 3, expert 9 is off"}, event::RoutingChanged{8, {}, control_text({})},
             event::StateChanged{SessionState::Finished, "stopped"},
             event::StateChanged{SessionState::Finished, "max steps reached"},
             event::StateChanged{SessionState::Paused, {}}, event::MemoryPlanned{nullptr, 146'000'000}})
        expect_german(QString::fromStdString(to_text(event).message));
}

TEST(EventTexts, NumbersAreWrittenAsTheLanguageDoes)
{
    const LanguageScope scope(LanguageChoice::German);
    EXPECT_EQ(eventText("step 101: the loss jumped to 3.500 from about 2.001 nats."),
              "Schritt 101: der Loss sprang auf 3,500 von etwa 2,001 nats.");
    EXPECT_EQ(eventText("step 400: saved runs/v1.5/step-000400"), "Schritt 400: gespeichert: runs/v1.5/step-000400");
}

TEST(EventTexts, WhatHasNoFormStaysAsItIs)
{
    const LanguageScope scope(LanguageChoice::German);
    for (const char* text : {"", "the disk is full. Make room.", "ERROR db: saved layer 3", "step 3: something new"})
        EXPECT_EQ(eventText(text), text);
}

TEST(EventTexts, NoTranslationLosesAPlace)
{
    const LanguageScope scope(LanguageChoice::German);
    static const QRegularExpression hole("%[1-9]");
    for (const char* form : eventForms()) {
        const QString german = QCoreApplication::translate("EventText", form);
        EXPECT_NE(german, form);
        EXPECT_EQ(german.count(hole), QString(form).count(hole)) << form;
    }
}

} // namespace
} // namespace triptych::test
