// One number of the top bar: small caption, value, unit; its width never changes while digits do.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace triptych {

class Readout : public QWidget {
    Q_OBJECT

public:
    /// widest: a value as wide as any that will come. explanation: the tooltip, with formula and source.
    Readout(const QString& caption, const QString& unit, const QString& widest, const QString& explanation,
            QWidget* parent = nullptr);

    void setValue(const QString& value);
    QString value() const;
    void setExplanation(const QString& explanation);

private:
    QString m_caption;
    QString m_unit;
    QLabel* m_value;
};

} // namespace triptych
