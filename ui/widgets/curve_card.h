// One card of curves: a plot with a menu, that can be moved, smoothed and removed by mouse and keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/plots/time_series_plot.h"
#include "ui/widgets/card_spec.h"

#include <QWidget>

#include <functional>
#include <optional>

class QKeyEvent;
class QToolButton;

namespace triptych {

/// What all cards of a panel share; it outlives them.
struct CurveContext {
    const RunFeed& feed;
    const SeriesHub& hub;
    const Theme& theme;
    const Moment& moment;
    FrameClock& clock;
    SharedAxis& axis;
};

class CurveCard : public QWidget {
    Q_OBJECT

public:
    CurveCard(const CurveContext& context, CardSpec spec, QWidget* parent = nullptr);

    const CardSpec& spec() const { return m_spec; }
    TimeSeriesPlot& plot() { return *m_plot; }
    QToolButton& menuButton() { return *m_menuButton; }
    QString title() const { return m_title; }
    /// Whether each word is part of a name of one of its series.
    bool matches(const QString& words) const;

    /// Of all cards: taken where this one has none of its own.
    void setSmoothingOfAll(double weight, SmoothingKind kind);
    /// Nothing: that of all.
    void setOwnSmoothing(std::optional<double> weight);
    void setScale(ValueScale scale) { m_plot->setValueScale(scale); }
    void setMarks(const std::vector<PlotMark>& marks) { m_plot->setMarks(marks); }
    /// Runs or metrics came or went.
    void showSeries();

signals:
    void specChanged();
    void removeRequested();
    void exportRequested();
    /// Alone, or with the others again.
    void aloneRequested();
    /// By so many places, to the right where positive.
    void moveRequested(int by);
    /// The title is drawn over the screen, and was let go there.
    void dragged(const QPoint& at);
    void dropped(const QPoint& at);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::vector<PlotSeries> ownSeries() const;
    void compare(std::vector<PlotSeries>& own) const;
    void showTitle();
    void addToMenu(QMenu& menu);
    void addSmoothings(QMenu& menu);
    void askForSmoothing();
    std::function<void()> actionOf(const QKeyEvent& event);
    bool drag(const QEvent& event);
    void applySmoothing();

    const CurveContext& m_context;
    CardSpec m_spec;
    SeriesCatalog m_catalog;
    TimeSeriesPlot* m_plot;
    QToolButton* m_menuButton;
    QString m_title;
    double m_smoothingOfAll = 0;
    SmoothingKind m_smoothingKind = SmoothingKind::Exponential;
    std::optional<QPoint> m_pressed;
    bool m_dragging = false;
};

} // namespace triptych
