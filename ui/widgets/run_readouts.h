// The numbers of the top bar: step, loss, speed, share of peak, balance, what deserves a look, and the two prices.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/frame_clock.h"
#include "ui/bridge/moment.h"
#include "ui/bridge/run_feed.h"
#include "ui/panels/selection.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace triptych {

class AlertChips;
class Readout;
class RunPricing;

/// Shows what the feed says in its own time, so that the same numbers stand here and in the wings. While a step is held
/// they are muted, within a dashed edge, with the way back beside them.
class RunReadouts : public QWidget {
    Q_OBJECT

public:
    RunReadouts(RunFeed& feed, Moment& moment, Selection& selection, const FrameClock& clock, const Theme& theme,
                QWidget* parent = nullptr);

    AlertChips& chips() const { return *m_chips; }

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void showWhatFits();
    void refresh();
    void showStep();
    void showHeld();
    void explainPrices();

    const RunFeed& m_feed;
    RunPricing& m_pricing;
    const Moment& m_moment;
    const Theme& m_theme;
    Readout* m_step;
    Readout* m_loss;
    Readout* m_speed;
    Readout* m_mfu;
    Readout* m_maxVio;
    Readout* m_headline;
    Readout* m_fullCost;
    AlertChips* m_chips;
};

/// "50 s", "38 min", "7 h", "12 days": as exactly as a person plans.
QString durationText(double seconds);

} // namespace triptych
