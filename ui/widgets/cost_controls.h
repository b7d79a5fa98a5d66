// What stands above a picture of a ledger: preset, lens, scale, the way back, the currency.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/cost_book.h"

#include <QWidget>

class QComboBox;
class QToolButton;

namespace triptych {

class CurrencyEdit;
class WaterfallView;

/// Follows book and view. Where there is little width, what the panel's menu has, too, goes first.
class CostControls : public QWidget {
    Q_OBJECT

public:
    CostControls(CostBook& book, WaterfallView& view, QWidget* parent = nullptr);

    QComboBox* presets() const { return m_presets; }
    QComboBox* lenses() const { return m_lenses; }
    QToolButton* logButton() const { return m_log; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QToolButton* addButton(const char* name, const QString& text, const QString& tip);
    void fillPresets();
    void fillLenses();
    void refresh();
    void showWhatFits();

    CostBook& m_book;
    WaterfallView& m_view;
    QComboBox* m_presets;
    QComboBox* m_lenses;
    QToolButton* m_log;
    QToolButton* m_out;
    QToolButton* m_in;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QToolButton* m_reset;
    CurrencyEdit* m_currency;
};

} // namespace triptych
