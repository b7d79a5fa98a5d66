// How the curves are smoothed and how much: a chooser, a slider and the number itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/smoothing_kind.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QSlider;

namespace triptych {

/// From 0 to kMostSmoothing. The slider has its places where they are needed: 0.9, 0.99 and 0.999 are as far from each
/// other as 0 and 0.9 are.
class SmoothingBar : public QWidget {
    Q_OBJECT

public:
    explicit SmoothingBar(QWidget* parent = nullptr);

    double weight() const { return m_weight; }
    /// Kept within the range; what is no number is ignored.
    void setWeight(double weight);
    SmoothingKind kind() const;
    void setKind(SmoothingKind kind);
    QDoubleSpinBox* field() const { return m_field; }

signals:
    void changed(double weight, triptych::SmoothingKind kind);

private:
    double m_weight = 0;
    QComboBox* m_kind;
    QSlider* m_slider;
    QDoubleSpinBox* m_field;
};

} // namespace triptych
