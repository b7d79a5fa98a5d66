// One line of a ledger, opened: what it is, what it is made of, what is open about it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/cost_book.h"
#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QCheckBox;
class QGridLayout;
class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace triptych {

class CostInputRow;
class ElidedLabel;

/// Follows the book. Rows stay where they are while values change; two columns where there is width.
class CostDetail : public QWidget {
    Q_OBJECT

public:
    CostDetail(const Theme& theme, CostBook& book, QWidget* parent = nullptr);

    /// By its key; a line that is not in the ledger shows nothing.
    void open(const std::string& line);
    const std::string& line() const { return m_line; }
    const std::vector<CostInputRow*>& inputs() const { return m_inputs; }
    /// To the field of an input, if the line has it.
    void focusInput(const std::string& key);
    QCheckBox* inTotal() const { return m_inTotal; }

signals:
    void closed();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeHead();
    const LedgerLine* shown() const;
    void rebuild();
    void refresh();
    void refreshQuestions();
    void arrange();

    const Theme& m_theme;
    CostBook& m_book;
    std::string m_line;
    ElidedLabel* m_title;
    ElidedLabel* m_amount;
    QCheckBox* m_inTotal;
    QToolButton* m_close;
    QScrollArea* m_scroll;
    QGridLayout* m_parts;
    QWidget* m_inputBox; ///< inputs that their sources leave room for
    QWidget* m_otherBox; ///< the others, after the questions where these have no column of their own
    QLabel* m_formula;
    QLabel* m_questions;
    std::vector<CostInputRow*> m_inputs;
    QTimer m_rest; ///< what takes more than a moment, once the hand rests
};

} // namespace triptych
