// Small windows: pages give way in an order, are scrolled, and cut nothing.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cut_texts.h"
#include "tests/support/language_scope.h"
#include "tests/support/window_fixture.h"
#include "ui/widgets/card.h"

#include <QLabel>
#include <QScrollArea>

namespace triptych::test {
namespace {

/// What of a card in sight stands beyond its edge, or is wider than the place where it is scrolled.
QStringList beyond(const Card& card)
{
    QStringList found;
    for (const auto* widget : card.findChildren<QWidget*>()) {
        const auto* label = qobject_cast<const QLabel*>(widget);
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        if (!widget->isVisible() || (!label && !button)) continue;
        const QRect place(widget->mapTo(&card, QPoint()), widget->size());
        if (place.left() < 0 || place.right() >= card.width()) found << (label ? label->text() : button->text());
    }
    for (const auto* scroll : card.findChildren<QScrollArea*>())
        if (scroll->isVisible() && scroll->widget()->width() > scroll->viewport()->width())
            found << scroll->accessibleName() + QStringLiteral(": wider than its place");
    return found;
}

class LowWindowTest : public WindowFixture, public testing::WithParamInterface<std::pair<LanguageChoice, QSize>> {
protected:
    LanguageScope m_language{GetParam().first};
};

TEST_P(LowWindowTest, NoPageCutsItsTextsOrStandsBeyondItsCard)
{
    window.reset(); // made in the language
    window = std::make_unique<MainWindow>(theme);
    window->resize(GetParam().second);
    window->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(window.get()));
    fill_feed(window->feed());
    for (const PanelInfo& info : panelCatalog()) {
        const QString id = QString::fromLatin1(info.id);
        window->showPanel(id);
        QTest::qWait(40);
        const Card& card = *window->card(id);
        EXPECT_EQ(cutTexts(card), QStringList()) << info.id;
        EXPECT_EQ(beyond(card), QStringList()) << info.id;
    }
    EXPECT_EQ(cutTexts(*window), QStringList()) << "bars and tabs";
}

INSTANTIATE_TEST_SUITE_P(Sizes, LowWindowTest,
                         testing::Values(std::pair(LanguageChoice::English, QSize(1024, 700)),
                                         std::pair(LanguageChoice::German, QSize(1024, 700)),
                                         std::pair(LanguageChoice::English, QSize(1280, 800)),
                                         std::pair(LanguageChoice::German, QSize(1280, 800))));

TEST(LowWindow, TheMapOfGroupsKeepsItsHeightAndTheRestIsScrolled)
{
    Theme theme(ThemeChoice::Dark);
    MainWindow window(theme);
    window.resize(1024, 700);
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    SyntheticRun grouped;
    grouped.groups = 4;
    fill_feed(window.feed(), grouped);
    window.showPanel(QStringLiteral("moe-groups"));
    QTest::qWait(40);
    const auto* map = window.card(QStringLiteral("moe-groups"))->findChild<QWidget*>(QStringLiteral("groupMap"));
    ASSERT_NE(map, nullptr);
    ASSERT_TRUE(map->isVisible());
    EXPECT_GE(map->height(), 100);
}

} // namespace
} // namespace triptych::test
