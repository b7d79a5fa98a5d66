// The German window with a run in it, page by page on a small screen: no English is left, and nothing is cut.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cut_texts.h"
#include "tests/support/training_window.h"
#include "tests/support/translation_rows.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QComboBox>
#include <QTabBar>
#include <QTest>

#include <set>

namespace triptych::test {
namespace {

class GermanWindow : public TrainingWindow {
protected:
    GermanWindow() : TrainingWindow(LanguageChoice::German, {"sequence_length=64", "batch_size=16"}) {}

    void SetUp() override
    {
        m_window->resize(1280, 800);
        m_window->controller().start(m_request);
        ASSERT_TRUE(waits_for([this] { return feed().series().latestStep() > 12; }));
        m_window->controller().playAction()->trigger();
        ASSERT_TRUE(reaches(SessionState::Paused));
    }
    /// Each page of the catalog in turn.
    template <typename F>
    void onEachPage(const F& look)
    {
        for (const QString& id : m_window->arrangement().ids()) {
            m_window->showPanel(id);
            QTest::qWait(60);
            look(id);
        }
    }
};

/// Everything that widgets and actions say, or would say to who points at them or cannot see them.
QStringList said(const QWidget& window)
{
    QStringList all;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        all << widget->toolTip() << widget->accessibleName() << widget->accessibleDescription();
        if (const auto* label = qobject_cast<const QLabel*>(widget)) all << label->text();
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) all << button->text();
        if (const auto* tabs = qobject_cast<const QTabBar*>(widget))
            for (int i = 0; i < tabs->count(); ++i) all << tabs->tabText(i) << tabs->tabToolTip(i);
        if (const auto* box = qobject_cast<const QComboBox*>(widget))
            for (int i = 0; i < box->count(); ++i) all << box->itemText(i);
    }
    for (const QAction* action : window.findChildren<QAction*>()) all << action->text() << action->toolTip();
    return all;
}

TEST_F(GermanWindow, SaysNothingThatHasAGermanTextInEnglish)
{
    std::set<QString> english;
    std::set<QString> german = {"loss"}; // the name of a metric in files, to choose runs by
    for (const TranslationRow& row :
         translationRows(QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources/translations/triptych_de.ts"))) {
        english.insert(row.source);
        for (const QString& text : row.translations) german.insert(text);
    }
    ASSERT_GT(english.size(), 700U);
    std::set<QString> left;
    std::set<QString> told;
    onEachPage([&](const QString&) {
        for (const QString& text : said(*m_window)) {
            if (german.contains(text)) told.insert(text);
            if (!text.isEmpty() && english.contains(text) && !german.contains(text)) left.insert(text);
        }
    });
    EXPECT_GT(told.size(), 200U);
    for (const QString& text : left) ADD_FAILURE() << "still in English: " << qPrintable(text);
}

TEST_F(GermanWindow, CutsNoTextOnAnyPageOfASmallScreen)
{
    QStringList cut;
    onEachPage([&](const QString& id) {
        for (const QString& text : cutTexts(*m_window)) cut << id + QStringLiteral(": ") + text;
    });
    cut.removeDuplicates();
    EXPECT_EQ(cut, QStringList());
}

} // namespace
} // namespace triptych::test
