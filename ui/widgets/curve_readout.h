// The values of all curves at the place pointed at, nearest to the mouse first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/curve_cards.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QToolButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace triptych {

/// A column beside the cards, so that it covers no curve and moves nothing when the mouse comes and goes: without a
/// mouse it has the newest values in the order of the cards.
class CurveReadout : public QWidget {
    Q_OBJECT

public:
    /// All of it outlives this.
    CurveReadout(const CurveContext& context, CurveCards& cards, QWidget* parent = nullptr);

    /// What changed is shown with the next frame.
    void refresh();
    /// Tab-separated: card, curve, run, value.
    QString asText() const;

private:
    struct Row {
        QString card;
        PlotReading reading;
    };
    std::vector<Row> rows() const;
    void draw();
    void showPlace();
    void fillRow(QTreeWidgetItem& item, const Row& row) const;

    const CurveContext& m_context;
    CurveCards& m_cards;
    QPointer<CurveCard> m_under; ///< the card under the mouse
    QLabel* m_place;
    QToolButton* m_pin;
    QTreeWidget* m_table;
};

} // namespace triptych
