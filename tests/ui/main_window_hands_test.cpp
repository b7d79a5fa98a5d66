// Hands on a real training: what a key or a drag of the history page asks for is what the model does.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/training_window.h"
#include "ui/widgets/bias_editor.h"
#include "ui/widgets/routing_hands.h"

#include <gtest/gtest.h>

#include <QLineEdit>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace triptych::test {
namespace {

class MainWindowHandsTest : public TrainingWindow {
protected:
    MainWindowHandsTest()
    {
        m_window->resize(1280, 800);
        m_window->controller().start(m_request);
        EXPECT_TRUE(waits_for([&] { return feed().isTraining() && feed().loads(); }));
        m_window->showPanel(QStringLiteral("moe-history"));
        m_layer = feed().loads()->layers.front().layer;
        m_window->selection().setExpertOfLayer(m_layer, 1);
    }

    Panel& page() { return *m_window->panel(QStringLiteral("moe-history")); }
    /// Of the layer, in the newest frame.
    const LayerLoad& load() { return feed().liveLoads()->layers.front(); }
    bool logs(const QString& text)
    {
        return waits_for([&] {
            return std::any_of(feed().log().begin(), feed().log().end(), [&](const LogEntry& entry) {
                return entry.kind == "routing" && entry.text.contains(text);
            });
        });
    }

    std::int64_t m_layer = -1;
};

TEST_F(MainWindowHandsTest, TheKeyXSwitchesTheChosenExpertOffFromTheNextStepOn)
{
    auto* strip = page().findChild<BiasStrip*>("biasStrip");
    strip->setFocus();
    ASSERT_TRUE(waits_for([&] { return load().counts[1] > 0; }));
    QTest::keyClick(strip, Qt::Key_X);
    ASSERT_TRUE(waits_for([&] { return feed().control().is_off(m_layer, 1); }));
    ASSERT_TRUE(waits_for([&] { return feed().liveLoads()->control.is_off(m_layer, 1); }));
    EXPECT_EQ(load().counts[1], 0);
    EXPECT_TRUE(logs(QStringLiteral("layer %1, expert 1 is off").arg(m_layer)));
    QTest::keyClick(strip, Qt::Key_X);
    ASSERT_TRUE(waits_for([&] { return feed().control().empty(); }));
    EXPECT_TRUE(logs(QStringLiteral("layer %1, expert 1 is on").arg(m_layer)));
    EXPECT_TRUE(waits_for([&] { return load().counts[1] > 0; }));
}

TEST_F(MainWindowHandsTest, ADragOfADotEndsInTheBiasOfTheModel)
{
    auto* strip = page().findChild<BiasStrip*>("biasStrip");
    auto* editor = page().findChild<BiasEditor*>();
    ASSERT_TRUE(waits_for([&] { return !strip->bias().empty() && strip->isVisible(); }));
    // Down to far below what the controller could have done meanwhile.
    const QPoint from = strip->placeOf(1).toPoint();
    QTest::mousePress(strip, Qt::LeftButton, {}, from);
    for (int way = 5; way <= 400; way += 5) QTest::mouseMove(strip, from + QPoint(0, way));
    QTest::mouseRelease(strip, Qt::LeftButton, {}, from + QPoint(0, 400));
    const double asked = strip->requested().at(1);
    EXPECT_LT(asked, -0.03);
    ASSERT_TRUE(waits_for([&] { return editor->state() == LiveSettingState::InForce; }));
    const QString told = QStringLiteral("layer %1, expert 1 has a bias of %2").arg(m_layer).arg(asked, 0, 'g', 6);
    ASSERT_TRUE(logs(told));
    const auto line = std::find_if(feed().log().begin(), feed().log().end(),
                                   [&](const LogEntry& entry) { return entry.text.contains(told); });
    ASSERT_NE(line, feed().log().end());
    const std::int64_t obeyed = line->step;
    ASSERT_TRUE(waits_for([&] { return feed().liveLoads()->step > obeyed; }));
    const auto steps = static_cast<double>(feed().liveLoads()->step - obeyed);
    const double speed = feed().setting("bias_update_speed").value_or(0);
    EXPECT_NEAR(load().bias[1], asked, (steps + 1) * speed + 1e-6) << "from there the controller goes on";
}

TEST_F(MainWindowHandsTest, ForcedBalanceDealsTheTokensOutEvenlyAndIsTakenBack)
{
    auto* hands = page().findChild<RoutingHands*>();
    hands->forceButton()->click();
    ASSERT_TRUE(waits_for([&] { return feed().liveLoads()->control.balancing == Balancing::Forced; }));
    const auto [least, most] = std::minmax_element(load().counts.begin(), load().counts.end());
    EXPECT_LE(*most - *least, 1);
    ASSERT_TRUE(waits_for([&] { return hands->clearButton()->isEnabled(); }));
    hands->clearButton()->click();
    EXPECT_TRUE(waits_for([&] { return feed().liveLoads()->control.empty(); }));
    EXPECT_TRUE(logs("balancing is forced"));
    EXPECT_TRUE(logs("all experts are on, balancing is learned"));
}

TEST_F(MainWindowHandsTest, TheKeyBGoesToTheBiasOfTheChosenExpert)
{
    auto* strip = page().findChild<BiasStrip*>("biasStrip");
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_B);
    EXPECT_TRUE(page().findChild<QLineEdit*>("bias")->hasFocus());
}

} // namespace
} // namespace triptych::test
