// A slider between lenses: each a place with its name, the chosen one with its amount.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QSlider>
#include <QStringList>

#include <vector>

class QToolButton;

namespace triptych {

/// Arrows and drags go from lens to lens; a click on a name goes there.
class LensLadder : public QWidget {
    Q_OBJECT

public:
    explicit LensLadder(const Theme& theme, QWidget* parent = nullptr);

    /// From left to right; the first is chosen.
    void setRungs(const QStringList& names);
    int current() const { return m_slider->value(); }
    /// Nothing is emitted.
    void setCurrent(int rung);
    /// Of the chosen lens, for screen readers.
    void setAmounts(const QString& amount);
    QSlider* slider() const { return m_slider; }

signals:
    /// By the user.
    void rungChosen(int rung);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void mark();
    void place();

    const Theme& m_theme;
    QSlider* m_slider;
    QStringList m_names;
    std::vector<QToolButton*> m_buttons;
};

} // namespace triptych
