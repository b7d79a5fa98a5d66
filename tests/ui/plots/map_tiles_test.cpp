// Maps of tiles: the hottest cell is seen at every zoom, what is not made yet is stood in for, memory stays small.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_print.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/map_tiles.h"
#include "ui/theme/color_maps.h"

#include <gtest/gtest.h>

#include <QTest>

#include <set>

namespace triptych::test {
namespace {

constexpr std::int64_t kTokens = 4096;

/// Attention that is nearly everywhere nothing, with one hot cell.
std::shared_ptr<AttentionTiles> long_attention(std::int64_t hotQuery, std::int64_t hotKey)
{
    auto tiles = std::make_shared<AttentionTiles>(kTokens);
    std::vector<float> block;
    for (std::int64_t first = 0; first < kTokens; first += 256) {
        block.assign(static_cast<std::size_t>(256 * kTokens), 1e-4F);
        if (hotQuery >= first && hotQuery < first + 256)
            block[static_cast<std::size_t>((hotQuery - first) * kTokens + hotKey)] = 1;
        EXPECT_TRUE(tiles->append(block).ok());
    }
    return tiles;
}

bool near(const QColor& a, const QColor& b)
{
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 12;
}

/// Tiles that are made when asked to be.
class SlowTiles : public TileSource {
public:
    QSize size() const override { return {1024, 1024}; }
    int levels() const override { return 3; }
    QImage tile(int level, int row, int column) override
    {
        if (level < m_made) return {};
        asked.insert({level, row, column});
        QImage image(kTile, kTile, QImage::Format_Grayscale8);
        image.fill(static_cast<uint>(100 + level));
        return image;
    }
    /// This level and the coarser ones are there.
    void make(int level)
    {
        m_made = level;
        emit ready();
    }

    std::set<std::tuple<int, int, int>> asked;

private:
    int m_made = 99;
};

TEST(MapTiles, TheLevelHasACellForEachPixelAndAtMostTwoASide)
{
    EXPECT_EQ(tileLevel(0.01, 5), 0);
    EXPECT_EQ(tileLevel(1.99, 5), 0);
    EXPECT_EQ(tileLevel(2, 5), 1);
    EXPECT_EQ(tileLevel(9, 5), 3);
    EXPECT_EQ(tileLevel(1e9, 5), 4);
}

TEST(MapTiles, APartIsPutTogetherFromAllTilesThatItTouches)
{
    auto tiles = std::make_shared<AttentionTiles>(600);
    std::vector<float> weights(600 * 600);
    for (std::size_t q = 0; q < 600; ++q)
        for (std::size_t k = 0; k <= q; ++k) weights[q * 600 + k] = static_cast<float>((q * 7 + k * 13) % 101) / 101;
    ASSERT_TRUE(tiles->append(weights).ok());
    AttentionTileSource source(tiles);
    const CodeRegion region = gatherTiles(source, 0, QRect(200, 240, 120, 60));
    ASSERT_EQ(region.codes.size(), 120U * 60U);
    for (int r = 0; r < 60; ++r)
        for (int c = 0; c < 120; ++c) {
            const auto q = static_cast<std::size_t>(240 + r), k = static_cast<std::size_t>(200 + c);
            ASSERT_EQ(region.codes[static_cast<std::size_t>(r * 120 + c)],
                      k > q ? 0 : attention_code(weights[q * 600 + k]));
        }
}

TEST(MapTiles, WhatIsNotMadeYetIsTakenFromACoarserLevelOrEmpty)
{
    SlowTiles source;
    EXPECT_EQ(gatherTiles(source, 0, QRect(500, 500, 2, 2)).codes, std::vector<MapCode>(4, 0));
    source.make(2);
    EXPECT_EQ(gatherTiles(source, 0, QRect(500, 500, 2, 2)).codes, std::vector<MapCode>(4, 102));
    source.make(0);
    EXPECT_EQ(gatherTiles(source, 0, QRect(500, 500, 2, 2)).codes, std::vector<MapCode>(4, 100));
}

class TiledMapTest : public testing::Test {
protected:
    TiledMapTest() : m_plot(m_theme, HeatmapScale::Weight, &ThemeColors::mla)
    {
        m_plot.setZoom(HeatmapZoom::Free);
        m_plot.resize(400, 380);
        m_plot.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&m_plot));
    }
    QImage draw()
    {
        QTest::qWait(1); // the queued drawing
        return m_plot.grab().toImage();
    }
    bool sees(const QColor& color)
    {
        const QImage image = draw();
        const QRect map = m_plot.mapRect();
        for (int y = map.top(); y <= map.bottom(); ++y)
            for (int x = map.left(); x <= map.right(); ++x)
                if (near(image.pixelColor(x, y), color)) return true;
        return false;
    }

    Theme m_theme{ThemeChoice::Light};
    HeatmapPlot m_plot;
};

TEST_F(TiledMapTest, TheHottestOf16MillionCellsIsSeenAtEveryZoom)
{
    m_plot.setTiles(std::make_shared<AttentionTileSource>(long_attention(2999, 1234)));
    EXPECT_EQ(m_plot.rows(), kTokens);
    const QColor hot = colorAt(sequentialMap(m_theme.colors(), m_theme.colors().mla), 1);
    m_plot.setSelected(2999, 1234); // + zooms about it
    m_plot.setSelected(-1, -1);     // and its mark must not be what is seen
    for (int zoom = 0; zoom < 18; ++zoom) {
        ASSERT_TRUE(sees(hot)) << "after " << zoom << " zooms, " << m_plot.view().visible().width() << " cells";
        m_plot.setSelected(2999, 1234);
        QTest::keyClick(m_plot.focusProxy(), Qt::Key_Plus);
        m_plot.setSelected(-1, -1);
    }
    EXPECT_EQ(m_plot.view().visible().width(), MapView::kFewest);
    draw();
    EXPECT_TRUE(near(draw().pixelColor(m_plot.cellCentre(2999, 1234)), hot));
}

TEST_F(TiledMapTest, HoldsNoNumberOfACell)
{
    m_plot.setTiles(std::make_shared<AttentionTileSource>(long_attention(1, 0)));
    draw();
    EXPECT_EQ(m_plot.data().values.capacity(), 0U);
}

TEST_F(TiledMapTest, AsksForTheTilesThatAreSeenAndDrawsThemWhenTheyAreReady)
{
    auto source = std::make_shared<SlowTiles>();
    m_plot.setTiles(source);
    EXPECT_EQ(draw().pixelColor(m_plot.mapRect().center()), m_theme.colors().card);
    source->make(0);
    EXPECT_NE(draw().pixelColor(m_plot.mapRect().center()), m_theme.colors().card) << "within one drawing";
    for (const auto& [level, row, column] : source->asked)
        EXPECT_EQ(level, tileLevel(1024.0 / m_plot.mapRect().width() / m_plot.devicePixelRatioF(), 3));
    for (int i = 0; i < 12; ++i) QTest::keyClick(m_plot.focusProxy(), Qt::Key_Plus);
    draw();
    source->asked.clear();
    source->make(0);
    draw();
    EXPECT_LE(source->asked.size(), 4U) << "a few cells lie in at most four tiles";
    for (const auto& [level, row, column] : source->asked) EXPECT_EQ(level, 0);
}

TEST_F(TiledMapTest, AMatrixAfterTilesIsAMatrixAgain)
{
    m_plot.setTiles(std::make_shared<SlowTiles>());
    HeatmapData data;
    data.rows = 2;
    data.columns = 2;
    data.values = {1, 1, 1, 1};
    m_plot.setData(data);
    const QColor hot = colorAt(sequentialMap(m_theme.colors(), m_theme.colors().mla), 1);
    draw();
    EXPECT_TRUE(near(draw().pixelColor(m_plot.cellCentre(0, 0)), hot));
}

} // namespace
} // namespace triptych::test
