// What lies upon the map of attention: the span that was brushed, and what the told token looks at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/attention_shown.h"

#include <QRect>

class QRubberBand;

namespace triptych {

/// Both move with the map; the list stands in the corner of later tokens, where the map has no values.
class AttentionMarks {
public:
    /// The widgets are the map's.
    AttentionMarks(const Theme& theme, HeatmapPlot& map);

    /// Columns from left to right, rows from top to bottom; empty: none.
    void setSpan(const QRect& cells);
    const QRect& span() const { return m_span; }
    /// Where both stand now. token: whose looks are listed; -1: nobody's.
    void place(const AttentionShown& shown, int token);

private:
    void placeSpan();
    void placeLooks(const AttentionShown& shown, int token);

    HeatmapPlot& m_map;
    LookList* m_looks;
    QRubberBand* m_band;
    QRect m_span;
};

} // namespace triptych
