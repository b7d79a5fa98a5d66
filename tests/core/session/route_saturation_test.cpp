// Which of the experts chosen then are chosen still.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/route_saturation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace triptych {
namespace {

ProbeFrame routed(std::vector<std::vector<std::int32_t>> routes)
{
    ProbeFrame frame;
    frame.tokens.assign(routes.size(), 7);
    frame.routes = {{}, std::move(routes)};
    return frame;
}

TEST(RouteSaturation, IsTheShareOfChoicesThatStayed)
{
    const ProbeFrame then = routed({{0, 1}, {2, 3}});
    EXPECT_EQ(route_saturation(then, then)[1], 1);
    EXPECT_EQ(route_saturation(then, routed({{1, 0}, {3, 5}}))[1], 0.75) << "their order is no change";
    EXPECT_EQ(route_saturation(then, routed({{4, 5}, {6, 7}}))[1], 0);
}

TEST(RouteSaturation, IsNoNumberForDenseLayersAndOtherTexts)
{
    const ProbeFrame then = routed({{0, 1}, {2, 3}});
    EXPECT_TRUE(std::isnan(route_saturation(then, then)[0]));
    ProbeFrame other = then;
    other.tokens[0] = 8;
    EXPECT_TRUE(std::isnan(route_saturation(then, other)[1]));
    EXPECT_TRUE(std::isnan(route_saturation(then, ProbeFrame{})[1]));
}

} // namespace
} // namespace triptych
