// Where cards stand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/curve_cards.h"

#include "ui/plots/series_legend.h"
#include "ui/widgets/scroll_column.h"

#include <QFrame>
#include <QGridLayout>
#include <QResizeEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace triptych {

namespace {

constexpr int kLeastWidth = 270; // px of a card
constexpr int kGap = 20;         // between columns
constexpr int kRowGap = 10;
/// What decides the group of a card, in the order of the groups.
constexpr std::array kGroups = {"run", "layer", "mtp", "domain"};

QString groupOf(const CurveCard& card)
{
    const MetricScope scope = metric_info(card.spec().series.front().metric.metric).scope;
    return QString::fromUtf8(kGroups[static_cast<std::size_t>(scope) - 1]);
}

} // namespace

CurveCards::CurveCards(const CurveContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_content(new QWidget), m_scroll(scrollColumn(m_content, {}, this)),
      m_grid(new QGridLayout(m_content)), m_dropMark(new QFrame(m_content))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(kGap);
    m_grid->setVerticalSpacing(kRowGap);
    m_dropMark->setFrameShape(QFrame::NoFrame);
    m_dropMark->setStyleSheet(QStringLiteral("background: palette(highlight);"));
    m_dropMark->hide();
}

QSize CurveCards::minimumSizeHint() const
{
    // A row can be seen; others are scrolled to.
    const int row = m_cards.empty() ? 0 : m_cards.front()->minimumSizeHint().height();
    return {kLeastWidth, row};
}

std::vector<CardSpec> CurveCards::specs() const
{
    std::vector<CardSpec> specs;
    for (const CurveCard* card : m_cards) specs.push_back(card->spec());
    return specs;
}

CurveCard* CurveCards::make(const CardSpec& spec)
{
    auto* card = new CurveCard(m_context, spec, m_content);
    card->setSmoothingOfAll(m_smoothing, m_smoothingKind);
    card->setMarks(m_marks);
    connectCard(*card);
    m_cards.push_back(card);
    return card;
}

void CurveCards::connectCard(CurveCard& card)
{
    connect(&card, &CurveCard::specChanged, this, &CurveCards::changed);
    connect(&card, &CurveCard::removeRequested, this, [this, &card] { remove(indexOf(&card)); });
    connect(&card, &CurveCard::exportRequested, this, [this, &card] { emit exportRequested(card); });
    connect(&card, &CurveCard::aloneRequested, this, [this, &card] { showAlone(m_alone ? nullptr : &card); });
    connect(&card, &CurveCard::moveRequested, this, [this, &card](int by) {
        const int from = indexOf(&card);
        move(from, std::clamp(from + by, 0, static_cast<int>(m_cards.size()) - 1));
    });
    connect(&card, &CurveCard::dragged, this, &CurveCards::showDrop);
    connect(&card, &CurveCard::dropped, this, [this, &card](const QPoint& at) {
        m_dropMark->hide();
        move(indexOf(&card), indexAt(at));
    });
    connect(&card.plot(), &TimeSeriesPlot::pointed, this, [this, &card] { emit pointed(&card); });
}

void CurveCards::setSpecs(const std::vector<CardSpec>& specs)
{
    m_alone = nullptr;
    for (CurveCard* card : m_cards) {
        card->hide();
        card->deleteLater();
    }
    m_cards.clear();
    for (const CardSpec& spec : specs)
        if (m_cards.size() < kMostCards) make(spec);
    arrange();
    emit changed();
}

CurveCard* CurveCards::add(const CardSpec& spec)
{
    if (m_cards.size() >= kMostCards) return nullptr;
    m_alone = nullptr;
    CurveCard* card = make(spec);
    arrange();
    emit changed();
    // After the layout has given it its place.
    QMetaObject::invokeMethod(
        card, [this, card] { m_scroll->ensureWidgetVisible(card); }, Qt::QueuedConnection);
    return card;
}

void CurveCards::remove(int index)
{
    if (index < 0 || index >= static_cast<int>(m_cards.size())) return;
    CurveCard* card = m_cards[static_cast<std::size_t>(index)];
    if (m_alone == card) m_alone = nullptr;
    const bool hadFocus = card->isAncestorOf(focusWidget()) || card->plot().surface()->hasFocus();
    m_cards.erase(m_cards.begin() + index);
    card->hide();
    card->deleteLater(); // its own menu may have asked for it
    arrange();
    if (hadFocus && !m_cards.empty())
        m_cards[std::min(static_cast<std::size_t>(index), m_cards.size() - 1)]->plot().setFocus();
    emit pointed(nullptr);
    emit changed();
}

void CurveCards::move(int from, int to)
{
    const auto count = static_cast<int>(m_cards.size());
    if (from < 0 || to < 0 || from >= count || to >= count || from == to) return;
    CurveCard* card = m_cards[static_cast<std::size_t>(from)];
    m_cards.erase(m_cards.begin() + from);
    m_cards.insert(m_cards.begin() + to, card);
    arrange();
    emit changed();
}

void CurveCards::setSmoothing(double weight, SmoothingKind kind)
{
    m_smoothing = weight;
    m_smoothingKind = kind;
    for (CurveCard* card : m_cards) card->setSmoothingOfAll(weight, kind);
}

void CurveCards::setMarks(std::vector<PlotMark> marks)
{
    m_marks = std::move(marks);
    for (CurveCard* card : m_cards) card->setMarks(m_marks);
}

void CurveCards::setFilter(const QString& words)
{
    if (words == m_filter) return;
    m_filter = words;
    arrange();
}

void CurveCards::setGroups(CardGroups groups)
{
    if (groups == m_groups) return;
    m_groups = groups;
    arrange();
    emit changed();
}

QStringList CurveCards::folded() const
{
    QStringList names(m_folded.begin(), m_folded.end());
    names.sort();
    return names;
}

void CurveCards::setFolded(const QStringList& groups)
{
    m_folded.clear();
    for (const char* known : kGroups)
        if (groups.contains(QLatin1String(known))) m_folded.insert(QLatin1String(known));
    arrange();
    emit changed();
}

void CurveCards::showAlone(CurveCard* card)
{
    if (card == m_alone) return;
    m_alone = card;
    arrange();
    emit changed();
}

bool CurveCards::passes(const CurveCard& card) const
{
    if (m_alone) return m_alone == &card;
    return card.matches(m_filter);
}

std::vector<CurveCard*> CurveCards::shown() const
{
    std::vector<CurveCard*> shown;
    for (int row = 0; row < m_grid->rowCount(); ++row)
        for (int column = 0; column < m_grid->columnCount(); ++column)
            if (QLayoutItem* item = m_grid->itemAtPosition(row, column))
                if (auto* card = qobject_cast<CurveCard*>(item->widget())) shown.push_back(card);
    return shown;
}

void CurveCards::arrange()
{
    while (QLayoutItem* item = m_grid->takeAt(0)) delete item;
    for (QWidget* heading : m_headings) {
        heading->hide();
        heading->deleteLater();
    }
    m_headings.clear();
    for (int row = 0; row < m_grid->rowCount(); ++row) m_grid->setRowStretch(row, 0);

    std::vector<CurveCard*> passing;
    std::copy_if(m_cards.begin(), m_cards.end(), std::back_inserter(passing),
                 [this](const CurveCard* card) { return passes(*card); });
    int row = 0;
    if (m_groups == CardGroups::None || m_alone) {
        arrangeGroup(passing, row);
    } else {
        for (const char* group : kGroups) {
            std::vector<CurveCard*> of;
            std::copy_if(passing.begin(), passing.end(), std::back_inserter(of),
                         [group](const CurveCard* card) { return groupOf(*card) == QLatin1String(group); });
            if (of.empty()) continue;
            addHeading(QLatin1String(group), of.size(), row++);
            if (!m_folded.contains(QLatin1String(group))) arrangeGroup(of, row);
        }
        m_grid->setRowStretch(row, shown().empty() ? 1 : 0);
    }
    const std::vector<CurveCard*> now = shown();
    for (CurveCard* card : m_cards) card->setVisible(std::find(now.begin(), now.end(), card) != now.end());
    orderKeys();
    updateGeometry();
}

void CurveCards::arrangeGroup(const std::vector<CurveCard*>& cards, int& row)
{
    if (cards.empty()) return;
    const int count = static_cast<int>(cards.size());
    const int most = std::max(1, (width() + kGap) / (kLeastWidth + kGap));
    // As even as can be: six cards where there is room for four a row are two rows of three.
    const int rows = (count + most - 1) / most;
    const int columns = m_groups == CardGroups::None || m_alone ? (count + rows - 1) / rows : most;
    m_columns = columns;
    for (int column = 0; column < m_grid->columnCount(); ++column)
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
    for (int i = 0; i < count; ++i)
        m_grid->addWidget(cards[static_cast<std::size_t>(i)], row + i / columns, i % columns);
    for (int column = 0; column < columns; ++column) m_grid->setColumnStretch(column, 1);
    for (int last = row + rows; row < last; ++row) m_grid->setRowStretch(row, 1);
}

void CurveCards::addHeading(const QString& group, std::size_t count, int row)
{
    const auto scope = static_cast<std::size_t>(
        std::find_if(kGroups.begin(), kGroups.end(), [&](const char* g) { return group == QLatin1String(g); }) -
        kGroups.begin());
    Metric any = Metric::Loss;
    for (const MetricInfo& info : metric_catalog())
        if (static_cast<std::size_t>(info.scope) == scope + 1) any = info.metric;
    const bool folded = m_folded.contains(group);
    auto* heading = new QToolButton(m_content);
    heading->setObjectName(QStringLiteral("group:") + group);
    heading->setText(tr("%1 %2 · %n card(s)", "", static_cast<int>(count))
                         .arg(folded ? QStringLiteral("▸") : QStringLiteral("▾"), SeriesCatalog::group({any})));
    heading->setToolTip(folded ? tr("Shows the cards of this group again") : tr("Folds the cards of this group away"));
    heading->setStyleSheet(QStringLiteral("QToolButton { border-color: transparent; padding: 1px 4px; }"));
    connect(heading, &QToolButton::clicked, this, [this, group] {
        if (!m_folded.remove(group)) m_folded.insert(group);
        arrange();
        emit changed();
    });
    m_grid->addWidget(heading, row, 0, 1, -1, Qt::AlignLeft);
    heading->show();
    m_headings.push_back(heading);
}

/// The key Tab goes through cards as they are seen.
void CurveCards::orderKeys()
{
    QWidget* before = nullptr;
    for (CurveCard* card : shown())
        for (QWidget* next : {card->plot().surface(), static_cast<QWidget*>(&card->menuButton())})
            if (QWidget* last = std::exchange(before, next)) setTabOrder(last, next);
}

int CurveCards::indexOf(const CurveCard* card) const
{
    const auto found = std::find(m_cards.begin(), m_cards.end(), card);
    return found == m_cards.end() ? -1 : static_cast<int>(found - m_cards.begin());
}

/// Of the card nearest to a point of the screen.
int CurveCards::indexAt(const QPoint& screen) const
{
    const QPoint at = m_content->mapFromGlobal(screen);
    const auto away = [&](const CurveCard* card) { return (card->geometry().center() - at).manhattanLength(); };
    const std::vector<CurveCard*> candidates = shown();
    const auto nearest = std::min_element(candidates.begin(), candidates.end(),
                                          [&](const auto* a, const auto* b) { return away(a) < away(b); });
    return nearest == candidates.end() ? -1 : indexOf(*nearest);
}

void CurveCards::showDrop(const QPoint& at)
{
    const int index = indexAt(at);
    if (index < 0) return;
    const QRect place = m_cards[static_cast<std::size_t>(index)]->geometry();
    m_dropMark->setGeometry(place.left() - kGap / 2, place.top(), 3, place.height());
    m_dropMark->raise();
    m_dropMark->show();
}

void CurveCards::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width()) arrange();
}

} // namespace triptych
