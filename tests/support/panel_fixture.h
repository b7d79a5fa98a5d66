// One panel of the catalog with a feed, a selection and a theme of its own; what it posts is kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/panels/panel_catalog.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QTest>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

namespace triptych::test {

class PanelFixture : public testing::Test {
protected:
    explicit PanelFixture(std::string_view id, ThemeChoice look = ThemeChoice::Dark) : m_theme(look)
    {
        const auto catalog = panelCatalog();
        const auto row = std::find_if(catalog.begin(), catalog.end(), [&](const PanelInfo& p) { return p.id == id; });
        if (row == catalog.end()) throw std::invalid_argument("no panel " + std::string(id));
        m_panel.reset(row->create(
            {m_feed, m_selection, m_theme, [this](Command c) { m_posted.push_back(std::move(c)); }}, nullptr));
        m_panel->resize(420, 460);
        m_panel->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(m_panel.get()));
    }

    RunFeed& feed() { return m_feed; }
    Selection& selection() { return m_selection; }
    Theme& theme() { return m_theme; }
    Panel& panel() { return *m_panel; }
    const std::vector<Command>& posted() const { return m_posted; }

    /// The text of all labels that can be seen, a line each.
    QString visible_text() const
    {
        QStringList lines;
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            if (label->isVisible()) lines << label->text();
        return lines.join('\n');
    }

private:
    RunFeed m_feed;
    Selection m_selection;
    Theme m_theme;
    std::vector<Command> m_posted;
    std::unique_ptr<Panel> m_panel;
};

} // namespace triptych::test
