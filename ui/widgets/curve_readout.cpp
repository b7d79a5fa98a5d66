// Sorting and writing the values.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/curve_readout.h"

#include "ui/plots/run_sign.h"
#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kWidth = 236; // px
constexpr int kSwatch = 16;
constexpr int kLookRole = Qt::UserRole; ///< what the icon of a row was painted of

QIcon swatch(const PlotReading& reading, double ratio)
{
    QPixmap picture(QSize(kSwatch, kSwatch) * ratio);
    picture.setDevicePixelRatio(ratio);
    picture.fill(Qt::transparent);
    if (reading.style) {
        QPainter painter(&picture);
        const QPointF middle(kSwatch / 2.0, kSwatch / 2.0);
        if (*reading.style == CurveStyle::Dots) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(QPen(reading.color, 1.5));
            painter.drawEllipse(middle, 3.5, 3.5);
        } else {
            painter.setPen(swatchPen(reading.color, *reading.style));
            painter.drawLine(QPointF(0, middle.y()), QPointF(kSwatch, middle.y()));
        }
    }
    return picture;
}

} // namespace

CurveReadout::CurveReadout(const CurveContext& context, CurveCards& cards, QWidget* parent)
    : QWidget(parent), m_context(context), m_cards(cards), m_place(new QLabel(this)), m_pin(new QToolButton(this)),
      m_table(new QTreeWidget(this))
{
    setFixedWidth(kWidth);
    m_place->setObjectName(QStringLiteral("readoutPlace"));
    m_pin->setObjectName(QStringLiteral("pin"));
    m_pin->setText(tr("Pin"));
    m_pin->setCheckable(true);
    m_pin->setToolTip(tr("Holds the crosshair where it is, wherever the mouse goes (P over a curve)"));
    m_pin->setAccessibleName(tr("Pin the crosshair"));
    m_pin->setStyleSheet(QStringLiteral("QToolButton { padding: 0 6px; }"));
    m_table->setObjectName(QStringLiteral("readout"));
    m_table->setAccessibleName(tr("Values at the crosshair"));
    m_table->setColumnCount(2);
    m_table->setHeaderHidden(true);
    m_table->setRootIsDecorated(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setUniformRowHeights(true);
    m_table->setTextElideMode(Qt::ElideMiddle); // names differ at their ends
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_table->setMinimumHeight(0);

    auto* head = new QHBoxLayout;
    head->addWidget(m_place, 1);
    head->addWidget(m_pin);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);

    StepView& view = context.axis.view();
    connect(&view, &StepView::cursorChanged, this, &CurveReadout::refresh);
    connect(&view, &StepView::pinnedChanged, this, &CurveReadout::showPlace);
    connect(&context.axis, &SharedAxis::changed, this, &CurveReadout::refresh);
    connect(&context.feed, &RunFeed::numbersChanged, this, &CurveReadout::refresh);
    connect(&context.theme, &Theme::changed, this, &CurveReadout::refresh);
    connect(&cards, &CurveCards::changed, this, &CurveReadout::refresh);
    connect(&cards, &CurveCards::pointed, this, [this](CurveCard* card) {
        m_under = card;
        refresh();
    });
    connect(m_pin, &QToolButton::clicked, this, [&view](bool pin) { pin ? view.pinCursor() : view.unpinCursor(); });
    context.clock.add(*this, [this] { draw(); });
    showPlace();
}

void CurveReadout::refresh()
{
    m_context.clock.ask(*this);
}

std::vector<CurveReadout::Row> CurveReadout::rows() const
{
    std::vector<Row> rows;
    for (CurveCard* card : m_cards.shown())
        for (PlotReading& reading : card->plot().readings()) {
            if (card != m_under) reading.distance = std::nan("");
            rows.push_back({card->title(), std::move(reading)});
        }
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        const bool near = std::isfinite(a.reading.distance);
        const bool other = std::isfinite(b.reading.distance);
        return near && other ? a.reading.distance < b.reading.distance : near && !other;
    });
    return rows;
}

void CurveReadout::fillRow(QTreeWidgetItem& item, const Row& row) const
{
    const PlotReading& reading = row.reading;
    const QString name = reading.name == row.card ? row.card : row.card + QStringLiteral(" · ") + reading.name;
    const bool near = std::isfinite(reading.distance);
    QFont weight = font();
    weight.setWeight(near ? QFont::DemiBold : QFont::Normal);
    // Numbers change with each frame, samples of the curves seldom.
    const QVariantList look = {reading.color, reading.style ? static_cast<int>(*reading.style) : -1,
                               devicePixelRatioF()};
    if (item.data(0, kLookRole) != QVariant(look)) {
        item.setData(0, kLookRole, look);
        item.setIcon(0, swatch(reading, devicePixelRatioF()));
    }
    item.setText(0, name);
    item.setText(1, reading.text);
    item.setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    for (int column = 0; column < 2; ++column) {
        item.setFont(column, weight);
        item.setToolTip(column, QStringLiteral("%1 · %2: %3").arg(name, reading.run, reading.text));
    }
}

void CurveReadout::draw()
{
    showPlace();
    const std::vector<Row> now = rows();
    const int count = static_cast<int>(now.size());
    while (m_table->topLevelItemCount() > count) delete m_table->takeTopLevelItem(count);
    while (m_table->topLevelItemCount() < count) m_table->addTopLevelItem(new QTreeWidgetItem);
    for (int i = 0; i < count; ++i) fillRow(*m_table->topLevelItem(i), now[static_cast<std::size_t>(i)]);
}

void CurveReadout::showPlace()
{
    const StepView& view = m_context.axis.view();
    const XAxis axis = m_context.axis.shown();
    const QString where =
        !view.cursor() ? tr("newest values")
                       : (axis == XAxis::Step ? tr("step %1") : QStringLiteral("%1")).arg(xText(axis, *view.cursor()));
    m_place->setText(view.isPinned() ? tr("%1 · pinned").arg(where) : where);
    m_pin->setChecked(view.isPinned());
    m_pin->setEnabled(view.cursor().has_value());
}

QString CurveReadout::asText() const
{
    QString text;
    for (const Row& row : rows())
        text += QStringList{row.card, row.reading.name, row.reading.run, row.reading.text}.join(QLatin1Char('\t')) +
                QLatin1Char('\n');
    return text;
}

} // namespace triptych
