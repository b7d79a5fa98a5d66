// Cards as values, and the names of what they show.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/widgets/card_spec.h"

#include <gtest/gtest.h>

#include <QStringList>

namespace triptych::test {
namespace {

TEST(CardSpec, ComesBackAsItWasSaved)
{
    CardSpec spec;
    spec.series = {{Metric::MainLoss}, {{Metric::LayerMaxVio, 3}}, {{Metric::DomainValLoss, 2}, SeriesReach::All}};
    spec.smoothing = 0.25;
    spec.scale = ValueScale::Logarithmic;
    const auto back = cardSpecOf(toVariant(spec));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, spec);
    for (const CardSpec& first : firstCards()) EXPECT_EQ(*cardSpecOf(toVariant(first)), first);
}

TEST(CardSpec, LeavesOutWhatItDoesNotKnow)
{
    EXPECT_FALSE(cardSpecOf(7));
    EXPECT_FALSE(cardSpecOf(QVariantMap{{"series", QStringList{"tomorrow", "layer.*.nothing", ""}}}));
    const auto some = cardSpecOf(QVariantMap{
        {"series", QStringList{"tomorrow", "loss", "loss", "layer.*.max_vio"}}, {"smoothing", "much"}, {"log", 1}});
    ASSERT_TRUE(some);
    ASSERT_EQ(some->series.size(), 2U) << "each once";
    EXPECT_EQ(some->series[1].reach, SeriesReach::All);
    EXPECT_FALSE(some->smoothing);
    EXPECT_EQ(cardSpecOf(QVariantMap{{"series", QStringList{"loss"}}, {"smoothing", 7}})->smoothing, kMostSmoothing);
}

TEST(SeriesKey, IsCalledAsInFiles)
{
    for (const char* name : {"main_loss", "layer.3.max_vio", "mtp.2.loss", "domain.0.val_loss", "layer.*.max_vio"})
        EXPECT_EQ(seriesKeyText(*seriesKeyOf(name)), QString(name));
    EXPECT_FALSE(seriesKeyOf("*.loss"));
    EXPECT_FALSE(seriesKeyOf("loss.*."));
}

} // namespace
} // namespace triptych::test
