// How large type is: by the width of the window, as a person fixed it, and larger for an audience.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>

#include <optional>

class QWidget;

namespace triptych {

/// Whether the window is shown to an audience.
enum class Audience : std::uint8_t { None = 1, There };

/// Sets Theme::setTextScale(), and gives the new size to widgets below a root that have fonts of their own.
class TextScale : public QObject {
    Q_OBJECT

public:
    /// Both outlive it.
    TextScale(Theme& theme, QWidget& root, QObject* parent = nullptr);

    /// 1 up to 1280 px, 1.2 at 2560, 1.4 at 3840 and beyond; in steps of 0.05, so that a window that is pulled wider is
    /// not laid out again at each pixel.
    static double forWidth(int width);
    static constexpr double kForAudience = 1.5;

    /// Nothing: by the width.
    void fix(std::optional<double> scale);
    std::optional<double> fixed() const { return m_fixed; }
    void setWidth(int width);
    void setAudience(Audience audience);

private:
    void apply();

    Theme& m_theme;
    QWidget& m_root;
    std::optional<double> m_fixed;
    int m_width = 0;
    Audience m_audience = Audience::None;
};

} // namespace triptych
