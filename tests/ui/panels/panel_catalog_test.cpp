// Every panel of the catalog: made, fed, resized, saved, restored, recoloured, destroyed. A new panel is tested by its
// row.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"

#include <gtest/gtest.h>

#include <QAbstractItemView>
#include <QImage>
#include <QLabel>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>

namespace triptych {

void PrintTo(const PanelInfo& info, std::ostream* out)
{
    *out << info.id;
}

namespace test {
namespace {

/// The pixels of a picture that are not its ground, which is the colour that most of it has.
int ink(const QImage& picture)
{
    std::map<QRgb, int> pixels;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x) ++pixels[picture.pixel(x, y)];
    int ground = 0;
    for (const auto& [color, count] : pixels) ground = std::max(ground, count);
    return picture.width() * picture.height() - ground;
}

class EveryPanel : public testing::TestWithParam<PanelInfo> {
protected:
    std::unique_ptr<Panel> make() { return std::unique_ptr<Panel>(GetParam().create(m_rig.context(), nullptr)); }
    /// Something is drawn: more than a button or a few words.
    static void show(Panel& panel, int width, int height)
    {
        panel.resize(width, height);
        panel.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&panel));
        QTest::qWait(1);
        const QImage picture = panel.grab().toImage();
        ASSERT_FALSE(picture.isNull());
        EXPECT_GT(ink(picture), kLeastInk) << width << " x " << height;
    }
    /// Whether a page without numbers says something that can be seen: a sentence, what is to come, or a line of a
    /// table. The planner needs a moment.
    static bool saysSomething(const Panel& panel)
    {
        const auto seen = [](const QWidget* widget) { return !widget->visibleRegion().isEmpty(); };
        return QTest::qWaitFor([&] {
            const auto labels = panel.findChildren<QLabel*>();
            const auto lines = panel.findChildren<ElidedLabel*>();
            const auto views = panel.findChildren<QAbstractItemView*>();
            const auto isSentence = [&](const auto* label) { return seen(label) && label->text().size() > kSentence; };
            return std::any_of(labels.begin(), labels.end(), isSentence) ||
                   std::any_of(lines.begin(), lines.end(), isSentence) ||
                   std::any_of(views.begin(), views.end(), [&](const QAbstractItemView* view) {
                       return seen(view) && view->model() && view->model()->rowCount() > 0;
                   });
        });
    }
    static constexpr int kLeastInk = 500; // px
    static constexpr int kSentence = 25;  // characters

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
    EXPECT_TRUE(saysSomething(*panel));
    m_feed.take(synthetic_start());
    show(*panel, 410, 420);
    EXPECT_TRUE(saysSomething(*panel));
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
