// One panel of the catalog with a feed, a selection and a theme of its own; what it posts is kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/qt_print.h"
#include "tests/support/synthetic_feed.h"
#include "ui/bridge/run_list.h"
#include "ui/panels/panel_catalog.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QTest>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

namespace triptych::test {

/// All that a panel is given, around a feed of its own.
struct PanelRig {
    explicit PanelRig(ThemeChoice look) : theme(look) {}

    PanelContext context()
    {
        return {feed, selection, theme, [this](Command c) { posted.push_back(std::move(c)); }, moment, series, clock,
                &runs};
    }

    RunFeed feed;
    Selection selection;
    Theme theme;
    Moment moment;
    SeriesHub series{feed};
    FrameClock clock;
    RunList runs{feed, series};
    std::vector<Command> posted;
};

inline const PanelInfo& panel_info(std::string_view id)
{
    const auto catalog = panelCatalog();
    const auto row = std::find_if(catalog.begin(), catalog.end(), [&](const PanelInfo& p) { return p.id == id; });
    if (row == catalog.end()) throw std::invalid_argument("no panel " + std::string(id));
    return *row;
}

class PanelFixture : public testing::Test {
protected:
    explicit PanelFixture(std::string_view id, ThemeChoice look = ThemeChoice::Dark)
        : m_rig(look), m_panel(panel_info(id).create(m_rig.context(), nullptr))
    {
        m_panel->resize(420, 460);
        m_panel->show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(m_panel.get()));
    }

    PanelRig& rig() { return m_rig; }
    RunFeed& feed() { return m_rig.feed; }
    Selection& selection() { return m_rig.selection; }
    Theme& theme() { return m_rig.theme; }
    Moment& moment() { return m_rig.moment; }
    FrameClock& clock() { return m_rig.clock; }
    Panel& panel() { return *m_panel; }
    const std::vector<Command>& posted() const { return m_rig.posted; }

    /// The text of all labels that can be seen, a line each.
    QString visible_text() const
    {
        QStringList lines;
        for (const QLabel* label : m_panel->findChildren<QLabel*>())
            if (label->isVisible()) lines << label->text();
        return lines.join('\n');
    }

private:
    PanelRig m_rig;
    std::unique_ptr<Panel> m_panel;
};

} // namespace triptych::test
