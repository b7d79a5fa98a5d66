// What one token looks at, the strongest first: a few lines in the corner of a causal map that has no values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace triptych {

struct Look {
    QString name;
    QString number; ///< "31 %"
    double weight = 0;
};

/// Lets the mouse through to what lies below.
class LookList : public QWidget {
    Q_OBJECT

public:
    LookList(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    /// shortTitle: for where the title has no room.
    void setLooks(const QString& title, const QString& shortTitle, std::vector<Look> looks);
    const QString& title() const { return m_title; }
    /// As it is drawn, which its end alone may be missing of.
    QString drawnTitle() const;
    const std::vector<Look>& looks() const { return m_looks; }
    /// Looks that have room, however many there are.
    int room() const;
    /// Pixels that are kept for the numbers, as the language writes the widest of them.
    int numberWidth() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QFont titleFont() const;
    QRect inside() const;
    int lineHeight() const;

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    QString m_title;
    QString m_shortTitle;
    std::vector<Look> m_looks;
};

} // namespace triptych
