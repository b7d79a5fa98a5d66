// Plots on paper: what the plot library draws goes into the painter that a whole card is rendered with.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

class QObject;
class QWidget;

namespace triptych {

/// Lines: curves stay curves and text stays text, in whatever painter takes them. Pixels: a picture of so many device
/// pixels per pixel, as quickly as on the screen.
enum class PlotsAs : std::uint8_t { Lines = 1, Pixels };

/// All that plots within a widget draw late is drawn now. The event loop is not run.
void settlePlots(QWidget& root);
/// Delivers what waits for a widget and those in it: what others wait for is not touched, the event loop is not run.
void deliverPosted(QWidget& root);

/// As long as it is there, QWidget::render() of `root` has its plots as lines, or as pixels of that ratio. For widgets
/// that are not on the screen: the plots are drawn anew.
class PlotPainting {
public:
    PlotPainting(QWidget& root, PlotsAs as, double ratio = 1);
    ~PlotPainting();
    PlotPainting(const PlotPainting&) = delete;
    PlotPainting& operator=(const PlotPainting&) = delete;

private:
    QWidget& m_root;
    std::vector<std::unique_ptr<QObject>> m_painters;
};

} // namespace triptych
