// The gallery makes what is seen and no more, whatever the model has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/attention_tiles.h"
#include "tests/support/probe_frames.h"
#include "tests/support/qt_print.h"
#include "ui/widgets/head_gallery.h"

#include <gtest/gtest.h>

#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <set>

namespace triptych::test {
namespace {

/// Pictures of 64 x 64 of as many heads as wanted, each with habits of its own; counts what is asked for.
class CountedPictures : public HeadPictures {
public:
    CountedPictures(std::int64_t layers, std::int64_t heads) : m_layers(layers), m_heads(heads) {}

    std::int64_t layers() const override { return m_layers; }
    std::int64_t heads() const override { return m_heads; }
    HeadThumbnail thumbnail(std::int64_t layer, std::int64_t head) const override
    {
        asked.insert({layer, head});
        HeadThumbnail picture = empty_thumbnail(64);
        picture.codes[63 * 64] = 255; // the last token looks at the first
        return picture;
    }
    HeadHabits habits(std::int64_t layer, std::int64_t head) const override
    {
        const double place = static_cast<double>(layer * m_heads + head) / static_cast<double>(m_layers * m_heads);
        return {.self = place, .previous = 1 - place, .first = 0.1, .spread = head == 1 ? 0.9 : 0.2};
    }

    mutable std::set<std::pair<std::int64_t, std::int64_t>> asked;

private:
    std::int64_t m_layers;
    std::int64_t m_heads;
};

class HeadGalleryTest : public testing::Test {
protected:
    HeadGalleryTest()
    {
        gallery.setWidest(140);
        gallery.resize(140, 260);
        gallery.show();
        EXPECT_TRUE(QTest::qWaitForWindowExposed(&gallery));
    }
    std::shared_ptr<CountedPictures> show(std::int64_t layers, std::int64_t heads)
    {
        auto pictures = std::make_shared<CountedPictures>(layers, heads);
        gallery.setPictures(pictures, layers);
        gallery.grab();
        return pictures;
    }

    Theme theme{ThemeChoice::Dark};
    HeadGallery gallery{theme, &ThemeColors::mla};
};

TEST_F(HeadGalleryTest, OfALargeModelOnlyWhatIsSeenIsMadeAndItStaysWithinItsBytes)
{
    const auto pictures = show(61, 128);
    EXPECT_EQ(gallery.count(), 61 * 128);
    EXPECT_GT(gallery.madeCount(), 4);
    EXPECT_LT(gallery.madeCount(), 100);
    QScrollBar& bar = *gallery.verticalScrollBar();
    ASSERT_GT(bar.maximum(), 1000);
    for (int y = 0; y < bar.maximum() + gallery.height(); y += gallery.height() / 2) {
        bar.setValue(y); // ends at the maximum
        gallery.grab();
        ASSERT_LE(gallery.madeBytes(), 35'000'000);
    }
    EXPECT_EQ(pictures->asked.size(), 61U * 128U) << "each was seen on the way";
    EXPECT_LE(gallery.madeCount(), static_cast<int>(HeadGallery::kMostKept) + 100);
}

TEST_F(HeadGalleryTest, ASmallModelFitsWithoutScrollingAndPicturesDoNotOverlap)
{
    for (const auto& [layers, heads] : {std::pair{4, 4}, {1, 4}, {5, 4}, {2, 8}, {1, 1}}) {
        show(layers, heads);
        EXPECT_EQ(gallery.verticalScrollBar()->maximum(), 0) << layers << ' ' << heads;
        std::vector<QRect> places;
        for (int layer = 0; layer < layers; ++layer)
            for (int head = 0; head < heads; ++head) {
                const QRect place = gallery.headRect(layer, head);
                EXPECT_TRUE(gallery.rect().contains(place)) << layer << ' ' << head;
                EXPECT_GE(place.width(), GalleryGrid::kSmallest);
                for (const QRect& other : places) EXPECT_FALSE(place.intersects(other));
                places.push_back(place);
            }
    }
    show(1, 4);
    EXPECT_GT(gallery.headRect(0, 0).width(), 50) << "one column, or two: as large as there is room for";
}

TEST_F(HeadGalleryTest, AClickAndKeysChooseAmongAllLayersAndTheChosenOneComesIntoView)
{
    show(61, 128);
    QSignalSpy chosen(&gallery, &HeadGallery::chosen);
    QObject::connect(&gallery, &HeadGallery::chosen, &gallery, &HeadGallery::setSelected);
    QTest::mouseClick(gallery.viewport(), Qt::LeftButton, {}, gallery.headRect(0, 1).center());
    EXPECT_EQ(chosen.takeLast(), (QVariantList{0, 1}));
    QTest::keyClick(&gallery, Qt::Key_Left);
    EXPECT_EQ(chosen.takeLast(), (QVariantList{0, 0}));
    QTest::keyClick(&gallery, Qt::Key_Down);
    EXPECT_EQ(gallery.headRect(0, gallery.selectedHead()).left(), gallery.headRect(0, 0).left())
        << "a line further down";
    EXPECT_GT(gallery.selectedHead(), 0);
    QTest::keyClick(&gallery, Qt::Key_Up);
    EXPECT_EQ(gallery.selectedHead(), 0);
    QTest::keyClick(&gallery, Qt::Key_Right);
    QTest::keyClick(&gallery, Qt::Key_End);
    EXPECT_EQ(gallery.selectedLayer(), 60);
    EXPECT_EQ(gallery.selectedHead(), 127);
    EXPECT_TRUE(gallery.viewport()->rect().contains(gallery.headRect(60, 127)));
    QTest::keyClick(&gallery, Qt::Key_Right);
    EXPECT_EQ(gallery.selectedHead(), 127) << "the last one";
    QTest::keyClick(&gallery, Qt::Key_Home);
    EXPECT_TRUE(gallery.viewport()->rect().contains(gallery.headRect(0, 0)));
}

TEST_F(HeadGalleryTest, OrderedByHabitTheStrongestComesFirstAndNothingMovesWithTheNextFrame)
{
    show(4, 4);
    gallery.setOrder(Habit::Self);
    EXPECT_EQ(gallery.headRect(3, 3).topLeft(), QPoint(0, 0));
    gallery.setOrder(Habit::Previous);
    EXPECT_EQ(gallery.headRect(0, 0).topLeft(), QPoint(0, 0));
    gallery.setOrder(Habit::Spread);
    EXPECT_EQ(gallery.headRect(0, 1).topLeft(), QPoint(0, 0)) << "of those alike the first";
    const QRect place = gallery.headRect(2, 1);
    gallery.setPictures(std::make_shared<ProbePictures>(probe_frame("The old house", {.layers = 4, .mtp_depth = 0})),
                        4);
    EXPECT_EQ(gallery.headRect(2, 1), place);
    gallery.setOrder(std::nullopt);
    EXPECT_LT(gallery.headRect(0, 3).left(), gallery.headRect(0, 3).right());
    EXPECT_GT(gallery.headRect(1, 0).top(), gallery.headRect(0, 0).top());
}

TEST_F(HeadGalleryTest, APeakOfOneCellIsSeenInASmallPicture)
{
    show(8, 8);
    gallery.setWidest(280);
    gallery.resize(280, 260);
    const QRect place = gallery.headRect(3, 3);
    ASSERT_LT(place.width(), 64);
    const QImage picture = gallery.grab().toImage();
    const QColor ground = picture.pixelColor(place.center() + QPoint(0, 6));
    EXPECT_NE(picture.pixelColor(place.bottomLeft() + QPoint(1, -1)), ground);
}

TEST_F(HeadGalleryTest, TheChosenHeadIsDescribedInWords)
{
    show(4, 4);
    gallery.setSelected(3, 2);
    EXPECT_TRUE(gallery.accessibleDescription().startsWith("Layer 3, head 2 of 4, counted from 0: looks at itself."))
        << gallery.accessibleDescription().toStdString();
    gallery.setSelected(0, 0);
    EXPECT_TRUE(gallery.accessibleDescription().contains("looks at the token before"));
}

} // namespace
} // namespace triptych::test
