// The two looks of the window: colours by their role, for widgets and plots alike.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

class QWidget;

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

/// Application: all widgets of the program get their palette and style from it. Own: only those given to dress(), so
/// that a picture may have another look than the window it is made in.
enum class ThemeReach : std::uint8_t { Application = 1, Own };

/// One per program that reaches the application. Plots ask for colors() and repaint on changed().
class Theme : public QObject {
    Q_OBJECT

public:
    explicit Theme(ThemeChoice choice = ThemeChoice::System, ThemeReach reach = ThemeReach::Application,
                   QObject* parent = nullptr);
    /// Gives the program its own size of type back.
    ~Theme() override;

    const ThemeColors& colors() const { return m_colors; }
    ThemeChoice choice() const { return m_choice; }
    /// To all that it reaches, at once.
    void choose(ThemeChoice choice);
    /// Gives a widget and those within it this look as it is now.
    void dress(QWidget& widget) const;

    /// Of the run with this number where several share a plot. Any two differ by at least 18 (CIE 1976) for normal
    /// sight, without red cones and without green ones (Machado, Oliveira and Fernandes 2009), and names in them can be
    /// read on a card. They come again after kRunColors.
    QColor runColor(int index) const;
    static constexpr int kRunColors = 7;

    /// Type size over that of the system, from 0.8 to 2. Widgets that are made afterwards have it, and those that keep
    /// the font of the program.
    double textScale() const { return m_textScale; }
    void setTextScale(double scale);

signals:
    void changed();

private:
    void apply();
    QFont font() const;

    bool m_systemIsDark;
    ThemeChoice m_choice;
    ThemeReach m_reach;
    ThemeColors m_colors;
    QFont m_systemFont;
    double m_textScale = 1;
};

/// The colours of a look, without applying them.
ThemeColors lightColors();
ThemeColors darkColors();

/// Contrast of two colours as WCAG 2 defines it, from 1 to 21.
double contrastRatio(const QColor& a, const QColor& b);

/// For ticks and captions: a point and a half smaller, and no less than 7.
QFont smallFont(const QFont& font);

} // namespace triptych
