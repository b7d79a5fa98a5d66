// The numbers of the top bar: step, loss, speed, share of peak, balance, and the two prices.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"

#include <QWidget>

namespace triptych {

class Readout;

/// Follows a feed, at most a few times a second, so that digits can be read.
class RunReadouts : public QWidget {
    Q_OBJECT

public:
    explicit RunReadouts(const RunFeed& feed, QWidget* parent = nullptr);

private:
    void refresh();
    void explainPrices();

    const RunFeed& m_feed;
    bool m_waiting = false; ///< a refresh is due
    Readout* m_step;
    Readout* m_loss;
    Readout* m_speed;
    Readout* m_mfu;
    Readout* m_maxVio;
    Readout* m_headline;
    Readout* m_fullCost;
};

} // namespace triptych
