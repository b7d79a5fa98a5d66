// Every panel of the catalog: made, fed, resized, saved, restored, recoloured, destroyed. A new panel is tested by its
// row.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/widgets/card.h"

#include <gtest/gtest.h>

#include <QTest>

#include <set>

namespace triptych {

void PrintTo(const PanelInfo& info, std::ostream* out)
{
    *out << info.id;
}

namespace test {
namespace {

class EveryPanel : public testing::TestWithParam<PanelInfo> {
protected:
    std::unique_ptr<Panel> make() { return std::unique_ptr<Panel>(GetParam().create(m_rig.context(), nullptr)); }
    static void show(Panel& panel, int width, int height)
    {
        panel.resize(width, height);
        panel.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
        QTest::qWait(1);
        const QImage picture = panel.grab().toImage();
        EXPECT_FALSE(picture.isNull());
    }

    PanelRig m_rig{ThemeChoice::Light};
    RunFeed& m_feed = m_rig.feed;
    Selection& m_selection = m_rig.selection;
    Theme& m_theme = m_rig.theme;
};

INSTANTIATE_TEST_SUITE_P(Catalog, EveryPanel, testing::ValuesIn(panelCatalog().begin(), panelCatalog().end()),
                         [](const auto& p) {
                             std::string name = p.param.id;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(EveryPanel, ShowsARunAtAnySizeAndInBothLooks)
{
    const auto panel = make();
    fill_feed(m_feed);
    show(*panel, 200, 150);
    show(*panel, 1600, 900);
    m_theme.choose(ThemeChoice::Dark);
    show(*panel, 410, 420);
}

TEST_P(EveryPanel, ShowsNothingWithoutARunAndSaysSo)
{
    const auto panel = make();
    show(*panel, 410, 420);
    m_feed.take(synthetic_start());
    show(*panel, 410, 420);
}

TEST_P(EveryPanel, TakesEdgeCases)
{
    const auto panel = make();
    SyntheticRun dense;
    dense.layers = 1;
    dense.mtp_depth = 0;
    dense.probe = "x";
    dense.domains.clear();
    dense.steps = 2;
    fill_feed(m_feed, dense);
    show(*panel, 410, 420);
    SyntheticRun large;
    large.layers = 58;
    large.experts = 256;
    large.heads = 16;
    large.mtp_depth = 2;
    large.steps = 2;
    large.probe = std::string(96, 'e');
    fill_feed(m_feed, large);
    m_selection.setExpertOfLayer(57, 255);
    m_selection.setHead(15);
    m_selection.setToken(95);
    show(*panel, 410, 420);
    fill_feed(m_feed, dense); // the selection points beyond everything now
    show(*panel, 410, 420);
}

TEST_P(EveryPanel, IsThereWithDataThatCameBeforeIt)
{
    fill_feed(m_feed);
    show(*make(), 410, 420);
}

TEST_P(EveryPanel, LivesInACardWithItsControlsBesideTheTitleAndDiesWithIt)
{
    auto card = std::make_unique<Card>(m_theme, GetParam().accent);
    Panel* panel = GetParam().create(m_rig.context(), card.get());
    card->setContent(panel);
    if (QWidget* controls = panel->headerWidget()) card->addHeaderWidget(controls);
    card->resize(1200, 300);
    card->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(card.get()));
    fill_feed(m_feed);
    if (QWidget* controls = panel->headerWidget()) {
        EXPECT_EQ(controls->parentWidget(), card.get());
        EXPECT_TRUE(controls->isVisible());
    }
    card.reset();
    m_theme.choose(ThemeChoice::Dark);
    fill_feed(m_feed);
}

TEST_P(EveryPanel, RestoresWhatItSavedAndIgnoresNonsense)
{
    const auto panel = make();
    fill_feed(m_feed);
    const QVariantMap saved = panel->saveState();
    panel->restoreState({{"head", "no number"}, {"smoothing", QVariantList{1, 2}}, {"unknown", 7}});
    panel->restoreState(saved);
    EXPECT_EQ(panel->saveState(), saved);
}

TEST(PanelCatalog, HasAPanelForEachPlaceOfTheTriptych)
{
    std::set<PanelPlace> places;
    std::set<std::string> ids;
    for (const PanelInfo& info : panelCatalog()) {
        places.insert(info.place);
        EXPECT_TRUE(ids.insert(info.id).second) << info.id << " is there twice";
        EXPECT_FALSE(panelTitle(info).isEmpty());
        EXPECT_FALSE(panelShortTitle(info).isEmpty());
    }
    EXPECT_EQ(places.size(), 5U);
}

} // namespace
} // namespace test
} // namespace triptych
