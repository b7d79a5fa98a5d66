// One quantity of both forms of attention against the context: curves, and the numbers below them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/log_chart.h"

#include <functional>
#include <vector>

class QLabel;

namespace triptych {

/// Not-a-number: not known.
struct FormRow {
    std::int64_t context = 0;
    double absorbed = 0;
    double expanded = 0;
};

/// The numbers give way to the curves where there is little room.
class FormPage : public QWidget {
    Q_OBJECT

public:
    FormPage(const Theme& theme, const QString& title, std::function<QString(double)> text, QWidget* parent = nullptr);

    /// By rising context; none: the empty text.
    void setRows(std::vector<FormRow> rows);
    const std::vector<FormRow>& rows() const { return m_rows; }
    void setEmptyText(const QString& text);
    void setExplanation(const QString& text);
    LogChart& chart() { return *m_chart; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QString table(int gap) const;
    void arrange();

    std::function<QString(double)> m_text;
    std::vector<FormRow> m_rows;
    LogChart* m_chart;
    QLabel* m_table;
};

} // namespace triptych
