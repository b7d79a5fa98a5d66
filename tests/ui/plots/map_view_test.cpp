// The part of a map that is seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plots/map_view.h"

#include <gtest/gtest.h>

namespace triptych::test {
namespace {

MapView view_of(int columns, int rows)
{
    MapView view;
    view.setCells({columns, rows});
    return view;
}

TEST(MapView, ZoomKeepsThePlaceUnderTheMouse)
{
    MapView view = view_of(256, 64);
    EXPECT_TRUE(view.zoom(4, {64, 16}));
    EXPECT_EQ(view.visible(), QRectF(48, 12, 64, 16));
    EXPECT_FALSE(view.isWhole());
    EXPECT_TRUE(view.zoom(0.25, {64, 16}));
    EXPECT_TRUE(view.isWhole());
}

TEST(MapView, NeverShowsFewerThanFourCellsNorAnythingBeyond)
{
    MapView view = view_of(256, 2);
    view.zoom(1e6, {256, 1});
    EXPECT_EQ(view.visible(), QRectF(252, 0, 4, 2));
    EXPECT_FALSE(view.zoom(2, {255, 1}));
    EXPECT_FALSE(view.pan({3, 0}));
    EXPECT_TRUE(view.pan({-1e9, 5}));
    EXPECT_EQ(view.visible(), QRectF(0, 0, 4, 2));
    EXPECT_FALSE(view.zoom(0, {0, 0}));
    EXPECT_TRUE(view.showAll());
    EXPECT_FALSE(view.showAll());
}

TEST(MapView, ShowsACellByAsLittlePanningAsItNeeds)
{
    MapView view = view_of(100, 100);
    view.zoom(10, {0, 0});
    EXPECT_FALSE(view.show(9, 9));
    EXPECT_TRUE(view.show(5, 12));
    EXPECT_EQ(view.visible(), QRectF(3, 0, 10, 10));
    EXPECT_FALSE(view.show(-1, -1)) << "no cell";
}

TEST(MapView, AnotherSizeShowsEverythingTheSameKeepsThePart)
{
    MapView view = view_of(100, 100);
    view.zoom(2, {0, 0});
    view.setCells({100, 100});
    EXPECT_FALSE(view.isWhole());
    view.setCells({100, 99});
    EXPECT_TRUE(view.isWhole());
    view.setCells({0, 0});
    EXPECT_TRUE(view.isWhole());
}

} // namespace
} // namespace triptych::test
