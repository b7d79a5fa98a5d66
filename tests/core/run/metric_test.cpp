// Every metric has a unique name that leads back to it, a unit and a sentence.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/metric.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace triptych {
namespace {

TEST(MetricCatalog, EveryMetricSaysWhatItIs)
{
    for (const auto& info : metric_catalog()) {
        EXPECT_FALSE(info.name.empty());
        EXPECT_FALSE(info.unit.empty()) << info.name;
        EXPECT_TRUE(info.doc.ends_with('.')) << info.name;
        EXPECT_EQ(metric_info(info.metric).name, info.name);
    }
    EXPECT_THROW(metric_info(static_cast<Metric>(9999)), std::out_of_range);
}

TEST(MetricCatalog, NamesAreUniqueAndLeadBack)
{
    std::set<std::string> names;
    for (const auto& info : metric_catalog()) {
        for (const int index : info.scope == MetricScope::Run ? std::vector{0} : std::vector{0, 1, 60, 65535}) {
            const MetricId id(info.metric, index);
            const auto name = metric_name(id);
            EXPECT_TRUE(names.insert(name).second) << name;
            const auto back = metric_from_name(name);
            ASSERT_TRUE(back.has_value()) << name;
            EXPECT_EQ(*back, id) << name;
        }
    }
}

TEST(MetricCatalog, NamesReadLikeTheStepLineOfTheTrainCommand)
{
    EXPECT_EQ(metric_name(Metric::TokensPerSecond), "tokens_per_second");
    EXPECT_EQ(metric_name({Metric::LayerMaxVio, 3}), "layer.3.max_vio");
    EXPECT_EQ(metric_name({Metric::DepthLoss, 1}), "mtp.1.loss");
    EXPECT_EQ(metric_name({Metric::DomainLoss, 2}), "domain.2.loss");
    EXPECT_EQ(metric_name(Metric::MicroMaxVio), "micro_max_vio");
    EXPECT_EQ(metric_name({Metric::DepthAcceptance, 1}), "mtp.1.acceptance");
    EXPECT_EQ(metric_name({Metric::DomainAcceptance, 2}), "domain.2.acceptance");
}

TEST(MetricCatalog, UnknownNamesLeadNowhere)
{
    for (const auto* name :
         {"", "los", "loss ", "layer.", "layer.3", "layer.3.", "layer.x.max_vio", "layer.-1.max_vio",
          "layer.03.max_vio", "layer.65536.max_vio", "layer.3.max_vio.x", "layer.3.loss", "mtp..loss"})
        EXPECT_FALSE(metric_from_name(name).has_value()) << name;
}

} // namespace
} // namespace triptych
