// The two looks of the window: colours by their role, for widgets and plots alike.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QObject>

namespace triptych {

/// Every colour by what it is for. Text and accents reach a contrast of 4.5 : 1 on `card` (tests/ui/theme_test.cpp).
struct ThemeColors {
    bool dark = false;
    QColor window; ///< behind the cards
    QColor card;   ///< ground of panels and plots
    QColor field;  ///< ground of text fields and lists
    QColor border; ///< edges of cards and fields
    QColor grid;   ///< lines within plots
    QColor text;
    QColor muted; ///< labels, units, axes
    QColor moe;   ///< accent of the left wing
    QColor mla;   ///< accent of the middle wing
    QColor mtp;   ///< accent of the right wing
    QColor loss;  ///< the predella's curves
    QColor validation;
    QColor throughput;
    QColor headline; ///< the rental price of a run
    QColor fullCost; ///< the full cost of ownership
    QColor good;
    QColor warning;
    QColor bad;
};

enum class ThemeChoice : std::uint8_t { System = 1, Light, Dark };

/// One per program. Widgets get their palette and style from it, plots ask for colors() and repaint on changed().
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(ThemeChoice choice = ThemeChoice::System, QObject* parent = nullptr);

    const ThemeColors& colors() const { return m_colors; }
    ThemeChoice choice() const { return m_choice; }
    /// Applies to the whole application at once.
    void choose(ThemeChoice choice);

signals:
    void changed();

private:
    void apply();

    bool m_systemIsDark;
    ThemeChoice m_choice;
    ThemeColors m_colors;
};

/// The colours of a look, without applying them.
ThemeColors lightColors();
ThemeColors darkColors();

/// Contrast of two colours as WCAG 2 defines it, from 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace triptych
