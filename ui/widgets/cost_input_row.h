// One input of a cost preset: its value to be typed or slid, and all that a reader needs to doubt it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/cost/cost_sheet.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSlider;
class QToolButton;

namespace triptych {

class ElidedLabel;

/// Title, field, unit, a way back; below them a slider over the range that the source gives, where it gives one; then
/// basis, source and date. A number that is refused stays in the field to be mended, with what is wrong below it.
class CostInputRow : public QWidget {
    Q_OBJECT

public:
    CostInputRow(const Theme& theme, const CostInput& source, QWidget* parent = nullptr);

    const std::string& key() const { return m_key; }
    /// As the source says it, and as it is now.
    void show(const CostInput& source, const CostInput& now);
    /// Below the field, until the next edit.
    void refuse(const Error& error);
    QLineEdit* field() const { return m_field; }
    QSlider* slider() const { return m_slider; } ///< hidden without a range
    QToolButton* resetButton() const { return m_reset; }
    QString message() const;
    /// That the unit takes; the same for all rows puts their fields in one line.
    int unitWidth() const;
    void setUnitWidth(int pixels);

signals:
    void edited(double value, EditPace pace);
    void resetAsked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build();
    void read();
    void slide(int place);
    void showSource();
    double valueAt(int place) const;

    const Theme& m_theme;
    std::string m_key;
    CostInput m_source;
    CostInput m_now;
    QLabel* m_title;
    QLineEdit* m_field;
    QLabel* m_unit;
    QToolButton* m_reset;
    QSlider* m_slider;
    QLabel* m_low;
    QLabel* m_high;
    ElidedLabel* m_said;
};

} // namespace triptych
