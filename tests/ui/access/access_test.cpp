// Whoever cannot see the window, or has no mouse: names, the way of the Tab key, the ring around the focus; and a
// window that fits small screens, in German and with longer texts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/cut_texts.h"
#include "tests/support/language_scope.h"
#include "tests/support/qt_print.h"
#include "ui/access/focus_ring.h"
#include "ui/access/tab_order.h"
#include "ui/main_window.h"
#include "ui/widgets/card.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QTranslator>
#include <QVBoxLayout>

namespace triptych::test {
namespace {

QString describe(const QWidget& widget)
{
    QString path;
    for (const QWidget* w = &widget; w; w = w->parentWidget())
        path = QStringLiteral("/%1(%2)").arg(QLatin1String(w->metaObject()->className()), w->objectName()) + path;
    return path;
}

/// Within a spin box or a combo box: the box speaks for it.
bool isPartOfABox(const QWidget& widget)
{
    const QWidget* parent = widget.parentWidget();
    return qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
           widget.objectName().startsWith("qt_") || widget.inherits("QComboBoxPrivateContainer") ||
           (parent && isPartOfABox(*parent));
}

class AccessTest : public testing::Test {
protected:
    void open()
    {
        m_window = std::make_unique<MainWindow>(m_theme);
        m_window->show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
        QTest::qWait(50);
    }

    LanguageScope m_english{LanguageChoice::English};
    Theme m_theme{ThemeChoice::Dark};
    std::unique_ptr<MainWindow> m_window;
};

TEST_F(AccessTest, WhateverTakesTheFocusHasAName)
{
    open();
    int named = 0;
    for (QWidget* widget : m_window->findChildren<QWidget*>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() || isPartOfABox(*widget)) continue;
        // Those that have nothing to say yet.
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        const auto* label = qobject_cast<QLabel*>(widget);
        if ((button && button->text().isEmpty() && button->icon().isNull() &&
             !(button->isVisible() && button->isEnabled())) ||
            (label && label->text().isEmpty()))
            continue;
        QWidget* parent = widget->parentWidget();
        QWidget& speaker =
            parent && parent->focusProxy() == widget && widget->accessibleName().isEmpty() ? *parent : *widget;
        QAccessibleInterface* told = QAccessible::queryAccessibleInterface(&speaker);
        ASSERT_NE(told, nullptr) << qPrintable(describe(*widget));
        EXPECT_FALSE(told->text(QAccessible::Name).trimmed().isEmpty()) << qPrintable(describe(*widget));
        ++named;
    }
    EXPECT_GT(named, 40);
}

TEST_F(AccessTest, TabGoesThroughAllOfItAsOneReads)
{
    open();
    const QList<QWidget*> wanted = readingOrder(*m_window);
    ASSERT_GT(wanted.size(), 20);
    QList<QWidget*> met;
    for (QWidget* w = wanted.front();;) {
        if (wanted.contains(w)) met << w;
        w = w->nextInFocusChain();
        if (w == wanted.front()) break;
    }
    EXPECT_EQ(met, wanted);
    // Whole places one after the other: the wings from left to right, then what is below them.
    QStringList pages;
    for (const QWidget* widget : wanted)
        for (const QString& id : m_window->arrangement().ids())
            if (m_window->card(id)->isAncestorOf(widget) && (pages.isEmpty() || pages.back() != id)) pages << id;
    EXPECT_EQ(pages.removeDuplicates(), 0) << "Tab leaves a page and comes back to it";
    EXPECT_LT(pages.indexOf("moe"), pages.indexOf("attention"));
    EXPECT_LT(pages.indexOf("attention"), pages.indexOf("mtp"));
    EXPECT_LT(pages.indexOf("mtp"), pages.indexOf("predella"));
    EXPECT_LT(pages.indexOf("predella"), pages.indexOf("log"));
}

TEST(TabOrder, FollowsLayoutsAndPlacesNotTheOrderOfCreation)
{
    QWidget root;
    auto* last = new QPushButton("c", &root);
    auto* second = new QPushButton("b", &root);
    auto* first = new QPushButton("a", &root);
    auto* layout = new QVBoxLayout(&root);
    for (QWidget* w : {first, second, last}) layout->addWidget(w);
    ASSERT_EQ(readingOrder(root), (QList<QWidget*>{first, second, last}));
    tabAsOneReads(root);
    QList<QWidget*> met;
    QWidget* w = first;
    do {
        if (w != &root) met << w;
        w = w->nextInFocusChain();
    } while (w != first);
    EXPECT_EQ(met, (QList<QWidget*>{first, second, last}));
}

TEST_F(AccessTest, ARingLiesAroundTheFocusAndNowhereElse)
{
    open();
    auto* ring = m_window->findChild<FocusRing*>(QString(), Qt::FindDirectChildrenOnly);
    ASSERT_NE(ring, nullptr);
    EXPECT_TRUE(ring->isHidden());
    QTabBar* tabs = m_window->findChild<QTabBar*>();
    ASSERT_NE(tabs, nullptr);
    m_window->activateWindow();
    tabs->setFocus(Qt::TabFocusReason);
    ASSERT_TRUE(QTest::qWaitFor([ring] { return ring->isVisible(); }, 5000));
    EXPECT_EQ(ring->target(), tabs);
    EXPECT_EQ(ring->geometry(), QRect(tabs->mapTo(m_window.get(), QPoint()), tabs->size()));
    const QImage picture = ring->grab().toImage().convertToFormat(QImage::Format_ARGB32);
    EXPECT_EQ(picture.pixelColor(picture.width() / 2, 0).rgb(), m_theme.colors().mla.rgb());
    EXPECT_EQ(picture.pixelColor(picture.width() / 2, 1).rgb(), m_theme.colors().mla.rgb());
    // A page's own words begin at its edge, so that the ring keeps off them.
    QWidget* page = m_window->panel("memory");
    m_window->showPanel("memory");
    page->setFocus(Qt::OtherFocusReason);
    ASSERT_TRUE(QTest::qWaitFor([&] { return ring->target() == page && ring->isVisible(); }, 5000));
    EXPECT_TRUE(QTest::qWaitFor(
        [&] {
            const QRect seen = page->visibleRegion().boundingRect();
            const QRect words(page->mapTo(m_window.get(), seen.topLeft()), seen.size());
            return ring->geometry() == words.adjusted(-5, -5, 5, 5).intersected(m_window->rect());
        },
        5000));
    m_window->setFocus();
    EXPECT_TRUE(ring->isHidden());
}

/// Longer by two fifths, with accents: a text that was not translated has none.
class PseudoLanguage : public QTranslator {
public:
    QString translate(const char*, const char* source, const char*, int) const override
    {
        QString text = QString::fromUtf8(source);
        const auto words = text.size();
        if (text.contains('<') || text.contains('\t') || words == 0) return text;
        const QString more = QString("é").repeated(static_cast<int>(2 * words / 5));
        return text.endsWith(QChar(0x2026)) ? text.chopped(1) + more + QChar(0x2026) : text + more;
    }
    bool isEmpty() const override { return false; }
};

TEST_F(AccessTest, TextsLongerByTwoFifthsCutNextToNothing)
{
    constexpr int kMostCut = 6; // tabs of a wing may scroll then
    PseudoLanguage pseudo;
    QCoreApplication::installTranslator(&pseudo);
    open();
    m_window->resize(1280, 800);
    QTest::qWait(50);
    const QStringList cut = cutTexts(*m_window);
    std::printf("cut when longer by two fifths: %d\n", static_cast<int>(cut.size()));
    EXPECT_LE(cut.size(), kMostCut) << cut.join(QStringLiteral("; ")).toStdString();
    m_window.reset();
    QCoreApplication::removeTranslator(&pseudo);
}

TEST_F(AccessTest, TheWindowFitsSmallScreensInBothLanguages)
{
    for (const LanguageChoice choice : {LanguageChoice::English, LanguageChoice::German}) {
        const LanguageScope language(choice);
        open();
        for (const QSize size : {QSize(1280, 800), QSize(1024, 700)}) {
            m_window->resize(size);
            QTest::qWait(50);
            EXPECT_EQ(m_window->size(), size) << qPrintable(languageId(choice));
        }
        m_window.reset();
    }
}

} // namespace
} // namespace triptych::test
