// Another language while a training goes on: nothing is lost, everything speaks it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/training_window.h"
#include "ui/export/card_hands.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/time_series_plot.h"
#include "ui/shell/floating_window.h"
#include "ui/widgets/card.h"
#include "ui/widgets/played_text.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <string_view>

namespace triptych::test {
namespace {

class MainWindowLanguageTest : public TrainingWindow {
protected:
    MainWindowLanguageTest() : TrainingWindow(LanguageChoice::English, {"sequence_length=64", "batch_size=16"}) {}

    bool trains()
    {
        m_window->controller().start(m_request);
        return waits_for([&] { return m_window->feed().isTraining() && m_window->feed().series().latestStep() > 3; });
    }
    QString menuTitle(int index) { return m_window->menuBar()->actions().at(index)->text(); }
    void choose(const char* id)
    {
        QAction* action = m_window->actionCatalog().find(QStringLiteral("language-") + QLatin1String(id));
        ASSERT_NE(action, nullptr);
        action->trigger();
        // The window is built anew when the event loop comes round.
        ASSERT_TRUE(waits_for([&] { return menuTitle(0) == (id == std::string_view("de") ? "&Datei" : "&File"); }));
        QTest::qWait(20);
    }

};

TEST_F(MainWindowLanguageTest, AllMenusPagesAndControlsSpeakTheOtherLanguageAtOnce)
{
    ASSERT_EQ(menuTitle(0), "&File");
    choose("de");
    EXPECT_EQ(menuTitle(0), "&Datei");
    EXPECT_EQ(m_window->controller().playAction()->text(), QString("Trainieren"));
    EXPECT_EQ(m_window->card("moe")->accessibleName(), QString("MoE · Last der Experten"));
    EXPECT_TRUE(m_window->actionCatalog().find("language-de")->isChecked());
    EXPECT_EQ(m_window->actionCatalog().faults(), QStringList());
    const auto smoothing = [this] { return m_window->findChild<QDoubleSpinBox*>("smoothing")->text(); };
    EXPECT_TRUE(smoothing().contains(',')) << smoothing().toStdString();
    choose("en");
    EXPECT_EQ(menuTitle(0), "&File");
    EXPECT_TRUE(smoothing().contains('.')) << smoothing().toStdString();
    EXPECT_EQ(m_window->controller().playAction()->text(), QString("Train"));
    EXPECT_EQ(m_window->card("moe")->accessibleName(), QString("MoE · expert load"));
}

/// Letters that two entries of one menu share, with the menu's name.
QStringList sharedLetters(const QString& name, const QList<QAction*>& actions)
{
    QStringList shared;
    QString letters;
    for (const QAction* action : actions) {
        static const QRegularExpression mnemonic(QStringLiteral("&([^&])"));
        const QString letter = mnemonic.match(action->text()).captured(1).toLower();
        if (!letter.isEmpty() && letters.contains(letter)) shared << name + QStringLiteral(": ") + action->text();
        letters += letter;
        if (action->menu()) shared += sharedLetters(action->text(), action->menu()->actions());
    }
    return shared;
}

TEST_F(MainWindowLanguageTest, NoTwoEntriesOfAMenuHaveTheSameLetter)
{
    for (const char* id : {"en", "de"}) {
        choose(id);
        EXPECT_EQ(sharedLetters("bar", m_window->menuBar()->actions()), QStringList()) << id;
    }
}

TEST_F(MainWindowLanguageTest, TheTrainingGoesOnAsTheSameRunAndNoStepIsMissing)
{
    ASSERT_TRUE(trains());
    RunFeed& feed = m_window->feed();
    const std::string folder = feed.run()->run_folder;
    for (const char* id : {"de", "en", "de"}) {
        const std::int64_t before = feed.series().latestStep();
        choose(id);
        ASSERT_TRUE(waits_for([&] { return feed.series().latestStep() > before + 3; })) << "after the switch to " << id;
    }
    EXPECT_EQ(m_window->controller().playAction()->text(), QString("Pause"));
    m_window->controller().playAction()->trigger();
    ASSERT_TRUE(waits_for([&] { return feed.state() == SessionState::Paused; }));
    m_window->controller().bridge().poll();
    EXPECT_EQ(feed.run()->run_folder, folder);
    EXPECT_EQ(feed.run()->first_step, 0) << "it was never begun again";
    const auto& steps = feed.series().series(Metric::MainLoss).steps;
    ASSERT_GT(steps.size(), 12U);
    for (std::size_t i = 1; i < steps.size(); ++i) ASSERT_EQ(steps[i], steps[i - 1] + 1) << "a step is missing";
    EXPECT_EQ(static_cast<std::int64_t>(steps.back()), feed.series().latestStep());
}

/// Another value of the same type, so that a state differs from that of a new panel.
QVariant other(const QVariant& value)
{
    switch (value.typeId()) {
    case QMetaType::Bool: return !value.toBool();
    case QMetaType::Int: return value.toInt() == 1 ? 0 : 1;
    case QMetaType::LongLong: return value.toLongLong() + 1;
    case QMetaType::Double: return value.toDouble() / 2 + 0.125;
    case QMetaType::QString: return QStringLiteral("loss");
    case QMetaType::QVariantMap: {
        QVariantMap map = value.toMap();
        for (QVariant& inner : map) inner = other(inner);
        return map;
    }
    default: return value;
    }
}

TEST_F(MainWindowLanguageTest, WhatWasChosenInAPageStaysInEveryPageOfTheCatalog)
{
    ASSERT_TRUE(trains());
    std::map<QString, QVariantMap> before;
    int differ = 0;
    for (const PanelInfo& info : panelCatalog()) {
        const QString id = QString::fromLatin1(info.id);
        Panel& panel = *m_window->panel(id);
        const QVariantMap fresh = panel.saveState();
        panel.restoreState(other(fresh).toMap());
        differ += panel.saveState() != fresh ? 1 : 0;
    }
    EXPECT_GE(differ, 8) << "the test chooses next to nothing";
    for (const PanelInfo& info : panelCatalog()) { // when all have what they have of each other
        const QString id = QString::fromLatin1(info.id);
        before[id] = m_window->panel(id)->saveState();
    }
    for (const char* language : {"de", "en"}) {
        choose(language);
        for (const auto& [id, state] : before)
            EXPECT_EQ(m_window->panel(id)->saveState(), state) << qPrintable(id) << " after " << language;
    }
}

TEST_F(MainWindowLanguageTest, TablesMapsAxesAndScrollBarsShowThePartThatTheyShowed)
{
    ASSERT_TRUE(trains());
    ASSERT_TRUE(waits_for([&] { return m_window->feed().series().latestStep() > 40; }));
    m_window->resize(1280, 900);
    m_window->controller().playAction()->trigger();
    ASSERT_TRUE(waits_for([&] { return m_window->feed().state() == SessionState::Paused; }));
    auto* map = m_window->findChild<HeatmapPlot*>("loadMap");
    QTest::qWait(50);
    QTest::keyClick(map->focusProxy(), Qt::Key_Plus);
    const QRectF part = map->view().visible();
    ASSERT_FALSE(map->view().isWhole());
    EXPECT_EQ(m_window->feed().series().series(Metric::Loss).steps.front(), 1) << "a busy window loses no step";
    m_window->findChild<TimeSeriesPlot*>("lossPlot")->view().setRange(10, 25);
    m_window->hands("log").showTable(true);
    m_window->showPanel("memory");
    QTest::qWait(50);
    const auto scrolled = [this]() -> QScrollBar* {
        for (QScrollBar* bar : m_window->panel("memory")->findChildren<QScrollBar*>())
            if (bar->orientation() == Qt::Vertical && bar->maximum() > 0) return bar;
        return nullptr;
    };
    ASSERT_NE(scrolled(), nullptr);
    const int place = scrolled()->maximum() / 2;
    scrolled()->setValue(place);
    choose("de");
    QTest::qWait(50);
    EXPECT_EQ(m_window->findChild<HeatmapPlot*>("loadMap")->view().visible(), part);
    const StepView& view = m_window->findChild<TimeSeriesPlot*>("lossPlot")->view();
    EXPECT_EQ(view.lower(), 10);
    EXPECT_EQ(view.upper(), 25);
    EXPECT_FALSE(view.isFollowing());
    EXPECT_TRUE(m_window->hands("log").isTable());
    ASSERT_NE(scrolled(), nullptr);
    EXPECT_EQ(scrolled()->value(), place);
    EXPECT_EQ(m_window->card("log")->findChildren<QToolButton*>("cardMenu").size(), 1) << "no menu is left over";
}

TEST_F(MainWindowLanguageTest, ATextThatIsWrittenGoesOn)
{
    ASSERT_TRUE(trains());
    m_window->controller().post(command::SaveCheckpoint{});
    m_window->showPanel("playground");
    const auto generate = [this] { return m_window->panel("playground")->findChild<QPushButton*>("generate"); };
    const auto tokens = [this] { return m_window->panel("playground")->findChild<PlayedText*>("text")->tokenCount(); };
    ASSERT_TRUE(waits_for([&] { return generate()->isEnabled(); }));
    m_window->panel("playground")->findChild<QSpinBox*>("count")->setValue(24);
    generate()->click();
    ASSERT_TRUE(waits_for([&] { return tokens() > 0; }));
    const int before = tokens();
    choose("de");
    ASSERT_TRUE(waits_for([&] { return generate()->text() == QString("Erzeugen"); })) << qPrintable(generate()->text());
    const int written = tokens();
    EXPECT_GE(written, before) << "a model of no learning may end its text before the 24th token";
    choose("en");
    QTest::qWait(20);
    EXPECT_EQ(tokens(), written);
}

TEST_F(MainWindowLanguageTest, LayoutsOfTheProgramHaveNamesOfTheLanguageAndKeepTheirOwnInFiles)
{
    const auto text = [this] { return m_window->actionCatalog().find("layoutCompare")->text(); };
    EXPECT_EQ(text(), "Layout Compare");
    choose("de");
    EXPECT_EQ(text(), "Anordnung Vergleich");
    EXPECT_TRUE(m_window->showLayout("Money"));
    EXPECT_FALSE(m_window->layouts().keepAs("Vergleich")) << "there would be two of one name";
    EXPECT_EQ(m_window->layouts().currentName(), "Money");
    EXPECT_EQ(LayoutKeeper::title("mine"), "mine");
    choose("en");
    EXPECT_EQ(text(), "Layout Compare");
}

TEST_F(MainWindowLanguageTest, SelectionMomentLayoutAndWindowsOfPagesStay)
{
    ASSERT_TRUE(trains());
    Selection& selection = m_window->selection();
    selection.setExperts(1, {2, 0});
    selection.setHead(1);
    selection.setToken(3);
    m_window->arrangement().floatOut("log");
    m_window->showPanel("memory");
    m_window->moment().show(2);
    QTest::qWait(50); // the rows are shared out when the event loop comes round
    const LayoutState before = m_window->arrangement().state();
    const int steps = m_window->layouts().history().count();
    choose("de");
    const LayoutState after = m_window->arrangement().state();
    EXPECT_TRUE(sameStructure(after, before));
    EXPECT_EQ(after.inFront, before.inFront);
    ASSERT_EQ(after.rows.size(), before.rows.size());
    for (qsizetype i = 0; i < after.rows.size(); ++i) EXPECT_NEAR(after.rows[i], before.rows[i], 3); // a pixel
    EXPECT_EQ(after.panels.at("predella"), before.panels.at("predella"));
    EXPECT_EQ(after.panels.at("memory"), before.panels.at("memory"));
    EXPECT_EQ(m_window->layouts().history().count(), steps);
    EXPECT_EQ(selection.layer(), 1);
    EXPECT_EQ(selection.experts(), (std::vector<std::int64_t>{2, 0}));
    EXPECT_EQ(selection.head(), 1);
    EXPECT_EQ(selection.token(), 3);
    EXPECT_EQ(m_window->moment().step(), 2);
    auto* page = qobject_cast<FloatingWindow*>(m_window->card("log")->window());
    ASSERT_NE(page, nullptr);
    EXPECT_EQ(page->windowTitle(), QString("Protokoll des Laufs"));
    EXPECT_TRUE(page->actions().contains(m_window->actionCatalog().find("palette"))) << "keys of the window";
}

TEST_F(MainWindowLanguageTest, ThereAndBackPaintsTheSamePicture)
{
    m_window->setFocus();
    QTest::qWait(50);
    const QImage before = m_window->grab().toImage();
    choose("de");
    choose("en");
    m_window->setFocus();
    // When all of it is laid out and drawn again.
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->grab().toImage() == before; }, 10000));
}

TEST_F(MainWindowLanguageTest, ThePresenterModeStaysOn)
{
    m_window->presenter().enter();
    choose("de");
    EXPECT_TRUE(m_window->presenter().isOn());
    EXPECT_TRUE(m_window->menuBar()->isHidden());
    m_window->presenter().leave();
    EXPECT_FALSE(m_window->menuBar()->isHidden());
}

} // namespace
} // namespace triptych::test
