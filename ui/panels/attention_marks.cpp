// Placing a band and a list.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/attention_marks.h"

#include <QRubberBand>

#include <algorithm>

namespace triptych {

namespace {

/// The corner of the map without values tells of the chosen token from this size on.
constexpr QSize kRoomForLooks{84, 56}; // px
/// Favourites of the chosen token that are listed at most.
constexpr int kMostLooks = 8;

} // namespace

AttentionMarks::AttentionMarks(const Theme& theme, HeatmapPlot& map)
    : m_map(map), m_looks(new LookList(theme, &ThemeColors::mla, &map)),
      m_band(new QRubberBand(QRubberBand::Rectangle, &map))
{
    m_looks->setObjectName(QStringLiteral("looks"));
}

void AttentionMarks::setSpan(const QRect& cells)
{
    m_span = cells;
    placeSpan();
}

void AttentionMarks::place(const AttentionShown& shown, int token)
{
    placeSpan();
    placeLooks(shown, token);
}

void AttentionMarks::placeSpan()
{
    m_band->setVisible(!m_span.isEmpty());
    if (m_span.isEmpty()) return;
    const QSizeF cell(m_map.mapRect().width() / m_map.view().visible().width(),
                      m_map.mapRect().height() / m_map.view().visible().height());
    const QPoint half(qRound(cell.width() / 2) + 1, qRound(cell.height() / 2) + 1);
    const QPoint first = m_map.cellCentre(m_span.top(), m_span.left()) - half;
    const QPoint last = m_map.cellCentre(m_span.bottom(), m_span.right()) + half;
    m_band->setGeometry(QRect(first, last).intersected(m_map.mapRect()));
}

void AttentionMarks::placeLooks(const AttentionShown& shown, int token)
{
    const QRect map = m_map.mapRect();
    // The largest corner like the map itself that leaves the diagonal free.
    const int cells = std::max(shown.length(), 1);
    const QSize corner(map.width() * (cells - 1) / (2 * cells) - 1, map.height() * (cells - 1) / (2 * cells) - 1);
    m_looks->setGeometry(QRect(QPoint(map.right() + 1 - corner.width(), map.top()), corner));
    // One line is for all others together.
    const int most = std::clamp(m_looks->room() - 1, 1, kMostLooks);
    if (token >= 0)
        m_looks->setLooks(AttentionShown::tr("%1 looks at").arg(shown.texts().name(token)),
                          AttentionShown::tr("%1 looks at").arg(shown.texts().quoted(token)), shown.looks(token, most));
    else
        m_looks->setLooks({}, {}, {});
    // Zoomed in, the corner may have values.
    const bool room = corner.width() >= kRoomForLooks.width() && corner.height() >= kRoomForLooks.height() &&
                      m_map.view().isWhole() && !m_looks->title().isEmpty();
    m_looks->setVisible(room);
    m_map.setGroundNote(room || !m_map.view().isWhole() ? QString()
                                                        : AttentionShown::tr("later tokens\ncannot be seen"));
}

} // namespace triptych
