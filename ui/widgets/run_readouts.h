// The numbers of the top bar: step, loss, speed, share of peak, balance, and the two prices.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/run_feed.h"

#include <QWidget>

namespace triptych {

class Readout;

/// Shows what the feed says in its own time, so that the same numbers stand here and in the wings.
class RunReadouts : public QWidget {
    Q_OBJECT

public:
    explicit RunReadouts(const RunFeed& feed, QWidget* parent = nullptr);

private:
    void refresh();
    void explainPrices();

    const RunFeed& m_feed;
    Readout* m_step;
    Readout* m_loss;
    Readout* m_speed;
    Readout* m_mfu;
    Readout* m_maxVio;
    Readout* m_headline;
    Readout* m_fullCost;
};

} // namespace triptych
