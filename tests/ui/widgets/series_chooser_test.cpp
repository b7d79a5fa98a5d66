// Finding series by typing, marking several, and what comes of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/panel_fixture.h"
#include "ui/widgets/series_chooser.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>

namespace triptych::test {
namespace {

class Chooser : public testing::Test {
protected:
    Chooser()
    {
        QObject::connect(&chooser, &SeriesChooser::chosen,
                         [this](const std::vector<CardSpec>& cards) { chosen = cards; });
    }
    void open()
    {
        fill_feed(rig.feed, {.steps = 100});
        chooser.openAt({0, 0});
    }
    QLineEdit& filter() { return *chooser.findChild<QLineEdit*>("seriesFilter"); }
    QTreeWidget& list() { return *chooser.findChild<QTreeWidget*>("seriesList"); }
    QStringList shown()
    {
        QStringList rows;
        for (QTreeWidgetItemIterator it(&list(), QTreeWidgetItemIterator::NotHidden); *it; ++it)
            if ((*it)->parent() && !(*it)->parent()->isHidden()) rows << (*it)->text(0);
        return rows;
    }

    PanelRig rig{ThemeChoice::Light};
    SeriesChooser chooser{SeriesCatalog(rig.feed, rig.series)};
    std::vector<CardSpec> chosen;
};

TEST_F(Chooser, ListsEveryMetricOfTheRunByGroupWithUnitAndExplanation)
{
    open();
    QStringList groups;
    for (int i = 0; i < list().topLevelItemCount(); ++i) groups << list().topLevelItem(i)->text(0);
    EXPECT_EQ(groups, (QStringList{"Run", "Layers", "MTP modules", "Domains"}));
    EXPECT_EQ(static_cast<std::size_t>(shown().size()), SeriesCatalog(rig.feed, rig.series).keys().size());
    for (QTreeWidgetItemIterator it(&list()); *it; ++it)
        if ((*it)->parent()) {
            EXPECT_FALSE((*it)->text(2).isEmpty()) << (*it)->text(0).toStdString();
        }
    for (const MetricId metric : rig.series.metrics({})) {
        const QString title = SeriesCatalog(rig.feed, rig.series).title({metric});
        EXPECT_TRUE(shown().contains(title)) << title.toStdString();
    }
}

TEST_F(Chooser, TypingFiltersByAllWordsAndEnterAddsTheFirst)
{
    open();
    QTest::keyClicks(&filter(), "layer .max_vio");
    for (const QString& row : shown()) EXPECT_TRUE(row.contains("MaxVio")) << row.toStdString();
    EXPECT_EQ(shown().size(), 5) << "all layers, and the four that route";
    QTest::keyClick(&filter(), Qt::Key_Return);
    ASSERT_EQ(chosen.size(), 1U);
    EXPECT_EQ(seriesKeyText(chosen[0].series.front()), QString("layer.*.max_vio"));
    EXPECT_FALSE(chooser.isVisible());
}

TEST_F(Chooser, SpaceMarksSeveralForOneCardOrACardEach)
{
    for (const char* button : {"addTogether", "addEach"}) {
        open();
        QTest::keyClicks(&filter(), "domain validation");
        QTest::keyClick(&filter(), Qt::Key_Down);
        QTest::keyClick(&list(), Qt::Key_Down);
        QTest::keyClick(&list(), Qt::Key_Space);
        QTest::keyClick(&list(), Qt::Key_Down);
        QTest::keyClick(&list(), Qt::Key_Space);
        chooser.findChild<QPushButton*>(button)->click();
        const bool together = QLatin1String(button) == QLatin1String("addTogether");
        ASSERT_EQ(chosen.size(), together ? 1U : 2U);
        EXPECT_EQ(seriesKeyText(chosen[0].series[0]), QString("domain.0.val_loss"));
        EXPECT_EQ(seriesKeyText(together ? chosen[0].series[1] : chosen[1].series[0]), QString("domain.1.val_loss"));
    }
}

TEST_F(Chooser, NothingFoundAddsNothing)
{
    open();
    QTest::keyClicks(&filter(), "no such thing");
    EXPECT_TRUE(shown().isEmpty());
    QTest::keyClick(&filter(), Qt::Key_Return);
    EXPECT_TRUE(chosen.empty());
    EXPECT_FALSE(chooser.findChild<QPushButton*>("addEach")->isEnabled());
}

} // namespace
} // namespace triptych::test
