// A main window without a session behind it: with a filled feed, or with none.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/main_window.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QTest>

#include <memory>

namespace triptych::test {

/// Before there is a run.
class EmptyWindow : public testing::Test {
protected:
    EmptyWindow() : window(std::make_unique<MainWindow>(theme))
    {
        window->resize(1280, 800);
        window->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(window.get()));
    }
    RunFeed& feed() { return window->feed(); }

    Theme theme{ThemeChoice::Dark};
    std::unique_ptr<MainWindow> window;
};

class WindowFixture : public EmptyWindow {
protected:
    WindowFixture()
    {
        fill_feed(window->feed());
        window->activateWindow();
        QTest::qWait(1);
    }
    QAction& action(const char* name)
    {
        QAction* found = window->actionCatalog().find(QString::fromLatin1(name));
        if (!found) throw std::invalid_argument(name);
        return *found;
    }
    void press(int key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QWidget* focus = window->focusWidget() ? window->focusWidget() : window.get();
        QTest::keyClick(focus, static_cast<Qt::Key>(key), with);
    }
    bool shows(const char* panel) { return window->panel(QString::fromLatin1(panel))->isVisible(); }
};

} // namespace triptych::test
