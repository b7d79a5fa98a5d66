// Palettes, and the little style sheet that makes cards of frames.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/access/reduced_motion.h"
#include "ui/theme/system_look.h"

#include <QApplication>
#include <QPalette>
#include <QProxyStyle>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

static void loadResources()
{
    Q_INIT_RESOURCE(triptych); // must stand outside of a namespace
}

namespace triptych {

namespace {

constexpr double kReadable = 4.5; // contrast of text, WCAG 2 level AA
constexpr double kSmallestText = 0.8;
constexpr double kLargestText = 2.0;

/// Fusion; its bars and scroll bars stand still while motion is reduced.
class ProgramStyle : public QProxyStyle {
public:
    ProgramStyle() : QProxyStyle(QStringLiteral("Fusion")) {}
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* answer) const override
    {
        const bool moves = hint == SH_Widget_Animate || hint == SH_Widget_Animation_Duration;
        return moves && motionIsReduced() ? 0 : QProxyStyle::styleHint(hint, option, widget, answer);
    }
};

QPalette widgetPalette(const ThemeColors& c)
{
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::WindowText, c.text);
    p.setColor(QPalette::Base, c.field);
    p.setColor(QPalette::AlternateBase, c.card);
    p.setColor(QPalette::Text, c.text);
    p.setColor(QPalette::PlaceholderText, c.muted);
    p.setColor(QPalette::Button, c.card);
    p.setColor(QPalette::ButtonText, c.text);
    p.setColor(QPalette::ToolTipBase, c.field);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::Highlight, c.mla);
    p.setColor(QPalette::HighlightedText, c.dark ? QColor(0x10, 0x12, 0x16) : QColor(Qt::white));
    p.setColor(QPalette::Link, c.mla);
    p.setColor(QPalette::Mid, c.border);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        p.setColor(QPalette::Disabled, role, c.muted);
    return p;
}

QString styleSheet(const ThemeColors& c)
{
    return QStringLiteral(R"(
        QFrame#card { background: %1; border: 1px solid %2; border-radius: 6px; }
        QToolTip { background: %3; color: %4; border: 1px solid %2; padding: 4px; }
        QLabel[role="muted"] { color: %5; }
        QToolButton, QPushButton { background: transparent; border: 1px solid %2; border-radius: 4px; padding: 4px 10px; }
        QToolButton:hover, QPushButton:hover { background: %3; }
        QToolButton:pressed, QPushButton:pressed { background: %2; }
        QToolButton:focus, QPushButton:focus { border-color: %6; }
        QToolButton:checked, QPushButton:checked { background: %3; border-color: %6; color: %6; }
        QToolButton:disabled, QPushButton:disabled { color: %5; }
        QToolButton[flat="true"] { border-color: transparent; }
        QLineEdit, QComboBox, QAbstractSpinBox { background: %3; border: 1px solid %2; border-radius: 4px; padding: 3px 6px; }
        QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border-color: %6; }
        QComboBox::drop-down { border: none; width: 20px; }
        QComboBox::down-arrow { image: url(:/icons/chevron.svg); width: 12px; height: 12px; }
        QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { subcontrol-origin: border; border: none; width: 20px; }
        QAbstractSpinBox::up-button { subcontrol-position: top right; }
        QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
        QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: %2; }
        QAbstractSpinBox::up-arrow { image: url(:/icons/chevron-up.svg); width: 12px; height: 12px; }
        QAbstractSpinBox::down-arrow { image: url(:/icons/chevron.svg); width: 12px; height: 12px; }
        QSplitter::handle { background: transparent; }
        QTabWidget::pane { border: none; }
        QTabBar { qproperty-drawBase: 0; }
        QTabBar::tab { background: transparent; color: %5; border: none; border-bottom: 2px solid transparent;
                       padding: 3px 10px; margin: 0 4px 4px 4px; }
        QTabBar::tab:selected { color: %4; border-bottom-color: %5; }
        QHeaderView::section { background: %1; color: %5; border: none; padding: 3px 6px; }
        QTableView { border: none; gridline-color: %2; }
        QScrollBar { background: transparent; border: none; width: 8px; height: 8px; }
        QScrollBar::handle { background: %2; border-radius: 4px; min-height: 24px; min-width: 24px; }
        QScrollBar::handle:hover { background: %5; }
        QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none;
            width: 0; height: 0; }
    )")
        .arg(c.card.name(), c.border.name(), c.field.name(), c.text.name(), c.muted.name(), c.mla.name());
}

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

} // namespace

ThemeColors lightColors()
{
    ThemeColors c;
    c.dark = false;
    c.window = QColor(0xf1, 0xf2, 0xf5);
    c.card = QColor(0xff, 0xff, 0xff);
    c.field = QColor(0xf8, 0xf9, 0xfb);
    c.border = QColor(0xd9, 0xdd, 0xe4);
    c.grid = QColor(0xe8, 0xea, 0xef);
    c.text = QColor(0x1b, 0x20, 0x27);
    c.muted = QColor(0x58, 0x62, 0x70);
    c.moe = QColor(0xad, 0x5a, 0x00);
    c.mla = QColor(0x0a, 0x69, 0xb5);
    c.mtp = QColor(0x00, 0x7a, 0x58);
    c.loss = QColor(0x2c, 0x35, 0x40);
    c.validation = QColor(0xa8, 0x32, 0x6f);
    c.throughput = QColor(0x0a, 0x69, 0xb5);
    c.headline = QColor(0x2f, 0x5f, 0xd0);
    c.fullCost = QColor(0xb3, 0x3b, 0x15);
    c.good = c.mtp;
    c.warning = QColor(0x84, 0x62, 0x00);
    c.bad = QColor(0xc0, 0x31, 0x1a);
    return c;
}

ThemeColors darkColors()
{
    ThemeColors c;
    c.dark = true;
    c.window = QColor(0x14, 0x16, 0x1a);
    c.card = QColor(0x1c, 0x1f, 0x25);
    c.field = QColor(0x24, 0x28, 0x30);
    c.border = QColor(0x33, 0x38, 0x43);
    c.grid = QColor(0x2a, 0x2e, 0x37);
    c.text = QColor(0xe7, 0xea, 0xf0);
    c.muted = QColor(0x9a, 0xa4, 0xb2);
    c.moe = QColor(0xf0, 0xa3, 0x3c);
    c.mla = QColor(0x5c, 0xb8, 0xf2);
    c.mtp = QColor(0x34, 0xc9, 0x9a);
    c.loss = QColor(0xd5, 0xda, 0xe3);
    c.validation = QColor(0xe8, 0x8f, 0xba);
    c.throughput = QColor(0x5c, 0xb8, 0xf2);
    c.headline = QColor(0x8f, 0xb3, 0xff);
    c.fullCost = QColor(0xff, 0x8a, 0x5c);
    c.good = c.mtp;
    c.warning = QColor(0xf0, 0xc6, 0x3c);
    c.bad = QColor(0xff, 0x7a, 0x66);
    return c;
}

double contrastRatio(const QColor& a, const QColor& b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

Theme::Theme(ThemeChoice choice, ThemeReach reach, QObject* parent)
    : QObject(parent), m_systemIsDark(QApplication::palette().color(QPalette::Window).lightness() < 128),
      m_choice(choice), m_reach(reach), m_systemFont(QApplication::font())
{
    loadResources();
    if (reach == ThemeReach::Application) {
        QApplication::setStyle(new ProgramStyle);
        // What the palette said at the start holds where the desktop says nothing.
        // The connection keeps the desktop's look as long as this is there.
        const auto system = SystemLook::ofDesktop();
        const bool atFirst = std::exchange(m_systemIsDark, system->isDark().value_or(m_systemIsDark));
        connect(system.get(), &SystemLook::changed, this, [this, system, atFirst] {
            const bool dark = system->isDark().value_or(atFirst);
            if (std::exchange(m_systemIsDark, dark) == dark || m_choice != ThemeChoice::System) return;
            apply();
            emit changed();
        });
    }
    apply();
}

Theme::~Theme()
{
    if (m_reach == ThemeReach::Application && m_textScale != 1) QApplication::setFont(m_systemFont);
}

void Theme::choose(ThemeChoice choice)
{
    if (choice == m_choice) return;
    m_choice = choice;
    apply();
    emit changed();
}

void Theme::apply()
{
    const bool dark = m_choice == ThemeChoice::Dark || (m_choice == ThemeChoice::System && m_systemIsDark);
    m_colors = dark ? darkColors() : lightColors();
    if (m_reach != ThemeReach::Application) return;
    QApplication::setPalette(widgetPalette(m_colors));
    qApp->setStyleSheet(styleSheet(m_colors));
}

void Theme::dress(QWidget& widget) const
{
    widget.setStyleSheet(styleSheet(m_colors));
    // After it: a style sheet gives each widget the palette back that it had when one was set first, the program's.
    widget.setPalette(widgetPalette(m_colors));
    widget.setFont(font());
}

QColor Theme::runColor(int index) const
{
    // Hues near those of Okabe and Ito, whose own are too light on white; tests/ui/theme_test.cpp has their distances.
    static constexpr std::array<QRgb, kRunColors> kOnWhite = {0x0069d2, 0xa56900, 0x0f7869, 0x5a1e5a,
                                                              0x4b78a5, 0x96693c, 0x2d3c00};
    static constexpr std::array<QRgb, kRunColors> kOnDark = {0x0087ff, 0xc37800, 0x69ff87, 0xb47896,
                                                             0x00c3ff, 0xb4785a, 0xd2f01e};
    const auto place = static_cast<std::size_t>(((index % kRunColors) + kRunColors) % kRunColors);
    return QColor::fromRgb((m_colors.dark ? kOnDark : kOnWhite)[place]);
}

QFont Theme::font() const
{
    QFont scaled = m_systemFont;
    // Fonts are measured in points or, on some systems, in pixels.
    if (m_systemFont.pointSizeF() > 0)
        scaled.setPointSizeF(m_systemFont.pointSizeF() * m_textScale);
    else
        scaled.setPixelSize(qRound(m_systemFont.pixelSize() * m_textScale));
    return scaled;
}

void Theme::setTextScale(double scale)
{
    scale = std::clamp(scale, kSmallestText, kLargestText);
    if (scale == m_textScale) return;
    m_textScale = scale;
    if (m_reach == ThemeReach::Application) QApplication::setFont(font());
    emit changed();
}

QFont smallFont(const QFont& font)
{
    QFont small = font;
    small.setPointSizeF(std::max(7.0, small.pointSizeF() - 1.5));
    return small;
}

} // namespace triptych
