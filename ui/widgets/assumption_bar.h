// What a page counts with that is not as the sources say, by name, and the way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/assumption_book.h"
#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that this includes
#include "core/cost/cost_sheet.h"
#endif

#include <QWidget>

#include <functional>
#include <vector>

class QToolButton;

namespace triptych {

class ElidedLabel;

/// Over several sheets as if they were one: undo is of the last change of any of them, and a quantity that two of them
/// mean is told once. Buttons and keys (Ctrl+Z within the page).
class AssumptionBar : public QWidget {
    Q_OBJECT

public:
    /// Those there are; null where a preset cannot be read.
    using Sheets = std::function<std::vector<const CostSheet*>()>;
    AssumptionBar(AssumptionBook& assumed, Sheets sheets, QWidget& page);

    /// As the sheets are now.
    void refresh();

private:
    QToolButton* addButton(const char* name, const QString& text, const QString& tip);
    Assumptions::Names names() const;
    QStringList changes() const;
    void undo();
    void redo();
    void resetAll();

    AssumptionBook& m_assumed;
    Sheets m_sheets;
    ElidedLabel* m_set;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QToolButton* m_reset;
};

} // namespace triptych
