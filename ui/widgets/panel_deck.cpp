// Tabs and what stands behind them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/panel_deck.h"

#include "ui/widgets/type_follower.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QTabBar>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr int kGap = 4; // px
/// px of pages in a small window: the one that asks for most must not keep the window from being small. Curves below
/// each other's names need more than that to be read.
constexpr QSize kLeastPage(240, 110);
constexpr QSize kLeastCurves(240, 200);
constexpr int kTabEdges = 32;      // px of a tab beside its text, as the theme says
constexpr int kTightTabEdges = 14; // and as kTightTabs says
constexpr auto kTightTabs = "QTabBar::tab { padding: 3px 4px; margin: 0 2px 4px 2px; }";
constexpr auto kSmallTabs = "QTabBar { font-size: %1pt; }";
constexpr double kSpare = 0.97; // widths of letters are not exactly as their sizes
constexpr int kPull = 16; // px that a tab is pulled out of its row before it comes off

bool isSmall(const QString& style)
{
    return style.contains(QLatin1String("font-size"));
}

} // namespace

PanelDeck::PanelDeck(const QString& name, DeckTabs tabs, QWidget* parent)
    : QWidget(parent), m_when(tabs), m_row(new QWidget(this)), m_rowLayout(new QHBoxLayout(m_row)),
      m_tabs(new QTabBar(m_row)), m_pages(new QStackedWidget(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_row);
    layout->addWidget(m_pages, 1);
    m_pages->setMinimumSize(tabs == DeckTabs::Always ? kLeastPage : kLeastCurves);
    m_rowLayout->setContentsMargins(0, 0, 0, 0);
    m_rowLayout->setSpacing(kGap);
    if (!name.isEmpty()) {
        auto* label = new QLabel(name, m_row);
        QFont font = label->font();
        font.setWeight(QFont::DemiBold);
        label->setFont(font);
        label->setContentsMargins(kGap, 0, kGap, kGap);
        m_rowLayout->addWidget(label);
        m_name = label;
    }
    m_rowLayout->addWidget(m_tabs);
    m_rowLayout->addStretch(1);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false); // they have no place beside what they scroll
    m_tabs->setElideMode(Qt::ElideRight);
    m_tabs->setAccessibleName(name);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_tabs, &QTabBar::currentChanged, this, &PanelDeck::currentChanged);
    m_tabs->installEventFilter(this);
    m_tabs->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tabs, &QTabBar::customContextMenuRequested, this, [this](const QPoint& place) {
        if (const int index = m_tabs->tabAt(place); index >= 0)
            emit menuWanted(m_pages->widget(index), m_tabs->mapToGlobal(place));
    });
    if (m_name) followType(*m_name, [this](double) { fitTabs(); });
    refresh();
}

void PanelDeck::addPage(QWidget* page, const QString& tab, const QString& tip)
{
    m_pages->addWidget(page);
    m_tabs->setTabToolTip(m_tabs->addTab(tab), tip);
    refresh();
}

void PanelDeck::setPageTitle(QWidget* page, const QString& tab, const QString& tip)
{
    if (!has(page)) return;
    m_tabs->setTabText(m_pages->indexOf(page), tab);
    m_tabs->setTabToolTip(m_pages->indexOf(page), tip);
    fitTabs();
}

void PanelDeck::hidePage(QWidget* page)
{
    if (has(page)) m_tabs->setTabVisible(m_pages->indexOf(page), false);
    fitTabs();
}

void PanelDeck::takePage(QWidget* page)
{
    if (!has(page)) return;
    const int index = m_pages->indexOf(page);
    m_pages->removeWidget(page);
    m_tabs->removeTab(index);
    m_pages->setCurrentIndex(m_tabs->currentIndex());
    page->setParent(nullptr);
    refresh();
}

QList<QWidget*> PanelDeck::pages() const
{
    QList<QWidget*> pages;
    for (int i = 0; i < m_pages->count(); ++i)
        if (m_tabs->isTabVisible(i)) pages << m_pages->widget(i);
    return pages;
}

void PanelDeck::turn(int places)
{
    const QList<QWidget*> all = pages();
    if (all.size() < 2) return;
    const auto count = static_cast<int>(all.size());
    const int next = (static_cast<int>(all.indexOf(current())) + places) % count;
    raise(all[(next + count) % count]);
}

bool PanelDeck::has(const QWidget* page) const
{
    for (int i = 0; i < m_pages->count(); ++i)
        if (m_pages->widget(i) == page) return true;
    return false;
}

void PanelDeck::raise(QWidget* page)
{
    if (!has(page)) return;
    const int index = m_pages->indexOf(page);
    m_tabs->setTabVisible(index, true);
    fitTabs();
    m_tabs->setCurrentIndex(index);
    setFolded(false);
}

QWidget* PanelDeck::current() const
{
    return m_pages->currentWidget();
}

int PanelDeck::count() const
{
    return m_pages->count();
}

bool PanelDeck::eventFilter(QObject* watched, QEvent* event)
{
    return watched == m_tabs && drag(event) ? true : QWidget::eventFilter(watched, event);
}

void PanelDeck::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
    if (event->type() == QEvent::FontChange) fitTabs();
}

void PanelDeck::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitTabs();
}

/// Where there is no room for all texts, first the tabs come closer, then the name of the place goes: its colour is
/// there still, then type that was made larger. Only then texts are cut.
void PanelDeck::fitTabs()
{
    const QFontMetrics metrics(font()); // that of the tabs may be smaller already
    int texts = 0;
    int tabs = 0;
    for (int i = 0; i < m_tabs->count(); ++i) {
        if (!m_tabs->isTabVisible(i)) continue;
        texts += metrics.horizontalAdvance(m_tabs->tabText(i));
        ++tabs;
    }
    const int name = m_name ? m_name->sizeHint().width() + kGap : 0;
    const int room = width() - (m_fold ? m_fold->sizeHint().width() + kGap : 0);
    const bool tight = name + texts + tabs * kTabEdges > room;
    QString style = tight ? QString::fromLatin1(kTightTabs) : QString();
    const double size = font().pointSizeF();
    const bool small = isSmall(m_tabs->styleSheet());
    const double least = QFontDatabase::systemFont(QFontDatabase::GeneralFont).pointSizeF();
    const int forTexts = room - tabs * kTightTabEdges;
    if (texts > forTexts && least > 0 && size > least)
        style += QString::fromLatin1(kSmallTabs).arg(std::max(least, kSpare * size * forTexts / texts), 0, 'f', 1);
    if (style != m_tabs->styleSheet()) m_tabs->setStyleSheet(style);
    if (small && !isSmall(style)) m_tabs->setFont(font()); // which may have grown meanwhile
    if (m_name) m_name->setVisible(!tight || name + texts + tabs * kTightTabEdges <= room);
}

bool PanelDeck::drag(QEvent* event)
{
    const auto* mouse = dynamic_cast<QMouseEvent*>(event);
    if (!mouse) return false;
    if (event->type() == QEvent::MouseButtonPress && mouse->button() == Qt::LeftButton) {
        const int index = m_tabs->tabAt(mouse->position().toPoint());
        m_pulled = index >= 0 ? m_pages->widget(index) : nullptr;
        m_dragging = false;
    } else if (event->type() == QEvent::MouseMove && m_pulled) {
        const QRect row = m_tabs->rect().adjusted(-kPull, -kPull, kPull, kPull);
        m_dragging = m_dragging || !row.contains(mouse->position().toPoint());
        if (m_dragging) emit dragged(m_pulled, mouse->globalPosition().toPoint());
    } else if (event->type() == QEvent::MouseButtonRelease && m_pulled) {
        QWidget* page = std::exchange(m_pulled, nullptr);
        // After the tabs have seen the release: the drop may take the page out of them.
        if (std::exchange(m_dragging, false))
            QMetaObject::invokeMethod(
                this, [this, page, at = mouse->globalPosition().toPoint()] { emit dropped(page, at); },
                Qt::QueuedConnection);
    }
    return false;
}

void PanelDeck::setCaption(QWidget* caption)
{
    // It is cut before the tabs are.
    caption->setSizePolicy(QSizePolicy::Ignored, caption->sizePolicy().verticalPolicy());
    m_rowLayout->insertWidget(m_rowLayout->indexOf(m_tabs) + 1, caption, 1000); // all that the tabs leave
}

void PanelDeck::setFoldable()
{
    if (m_fold) return;
    m_fold = new QToolButton(m_row);
    m_fold->setObjectName(QStringLiteral("fold"));
    m_fold->setProperty("flat", true);
    m_rowLayout->addWidget(m_fold);
    connect(m_fold, &QToolButton::clicked, this, [this] { setFolded(!m_folded); });
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int index) {
        if (index >= 0) setFolded(index == m_tabs->currentIndex() && !m_folded);
    });
    refresh();
}

void PanelDeck::setFolded(bool folded)
{
    if (!m_fold || folded == m_folded || (folded && m_alone)) return;
    m_folded = folded;
    refresh();
    emit foldedChanged(folded);
}

void PanelDeck::setAlone(bool alone)
{
    m_alone = alone;
    if (alone) setFolded(false);
    refresh();
}

void PanelDeck::refresh()
{
    fitTabs();
    m_row->setVisible(m_when == DeckTabs::Always || count() > 1);
    m_pages->setVisible(!m_folded);
    setMaximumHeight(m_folded ? m_row->sizeHint().height() : QWIDGETSIZE_MAX);
    if (!m_fold) return;
    m_fold->setVisible(!m_alone);
    m_fold->setText(m_folded ? tr("▴ Show") : tr("▾ Fold"));
    m_fold->setToolTip(m_folded ? tr("Shows the page below") : tr("Leaves the tabs alone; the wings get the room"));
}

} // namespace triptych
