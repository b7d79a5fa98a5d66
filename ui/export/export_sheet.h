// A panel once more, unseen, on a sheet of its own: with its title, a line that says where it comes from, and the look
// of paper.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/panels/panel_catalog.h"
#include "ui/plots/plot_painting.h"

#include <QImage>

#include <memory>

class QPainter;

namespace triptych {

/// Paper: black on white, without the frame of a card. Light and Dark: as on the screen.
enum class ExportLook : std::uint8_t { Paper = 1, Light, Dark };

/// "png", "svg", "pdf", "csv".
enum class ExportKind : std::uint8_t { Png = 1, Svg, Pdf, Csv };

/// What a figure is to be.
struct ExportForm {
    double widthCm = 16;
    double heightCm = 10;
    int dpi = 300; ///< of pictures made of pixels
    ExportLook look = ExportLook::Paper;
    bool operator==(const ExportForm&) const = default;
};

inline constexpr double kLeastExportCm = 2;
inline constexpr double kMostExportCm = 100;
inline constexpr int kLeastExportDpi = 50;
inline constexpr int kMostExportDpi = 1200;

/// Refuses sizes that no figure has, and more pixels than a picture may have.
Status checkForm(const ExportForm& form);

/// The panel that stands in the window is neither changed nor drawn. Selection, clock and theme are the sheet's own; it
/// reads the feed and the series of the window, and what it would post goes nowhere.
class ExportSheet {
public:
    /// `original`: whose state it takes over; may be null. What `context` refers to outlives the sheet.
    /// `part`: of its state, what is to be shown alone; see Panel::exportRequested().
    ExportSheet(const PanelInfo& info, const PanelContext& context, const ExportForm& form, Panel* original = nullptr,
                const QVariantMap& part = {});
    ~ExportSheet();

    const PanelInfo& info() const { return m_info; }
    const ExportForm& form() const { return m_form; }
    const RunFeed& feed() const { return m_feed; }
    Panel& panel() { return *m_panel; }
    /// In pixels of 96 an inch, as the form has it.
    QSizeF size() const;
    /// That it is laid out in: the same, or larger in both directions where the panel wants more room (exportSize()),
    /// and then painted so much smaller.
    QSize layoutSize() const { return m_layoutSize; }
    QWidget& page() { return *m_page; }

    /// Everything that it would draw later is drawn now; the event loop is not run.
    void settle();
    /// Whether something that a file of this kind would have is still being read.
    bool isLoading(ExportKind kind) const;
    /// Runs the event loop, without a person's doing, until nothing is or a few seconds have passed. Whether all came.
    bool await(ExportKind kind);
    /// Of that many pixels.
    QImage picture(const QSize& pixels);
    /// Onto a painter whose unit is a pixel of layoutSize(). `ratio` as in PlotPainting.
    void paint(QPainter& painter, PlotsAs plots, double ratio = 1);

private:
    void build(const PanelContext& context, Panel* original, const QVariantMap& part);
    void takeAwayControls();
    void unroll();

    const PanelInfo& m_info;
    ExportForm m_form;
    const RunFeed& m_feed;
    Theme m_theme;
    Selection m_selection;
    FrameClock m_clock;
    QSize m_layoutSize;
    std::unique_ptr<QWidget> m_page; ///< goes first: panels refer to all of the above
    Panel* m_panel = nullptr;
};

} // namespace triptych
