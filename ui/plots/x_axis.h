// What the curves of all runs stand over: steps, tokens, time, FLOPs, dollars.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/series_hub.h"
#include "ui/plots/step_map.h"
#include "ui/plots/step_view.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <map>
#include <span>

namespace triptych {

enum class XAxis : std::uint8_t { Step = 1, Tokens, Time, Relative, Wall, Flops, Usd };

struct XAxisInfo {
    XAxis axis = XAxis::Step;
    QString id;     ///< for files: "tokens"
    QString name;   ///< in a list: "Tokens"
    QString label;  ///< beside the axis, with its unit: "time, s"
    QString prefix; ///< of its numbers: "$"
    QString tip;    ///< what is counted, and from what
};

/// In the order in which they are offered.
std::span<const XAxis> allXAxes();
XAxisInfo xAxisInfo(XAxis axis);
/// "1,240", "2.54M tokens", "$0.0021": a place on the axis, as it is said.
QString xText(XAxis axis, double x);

/// The axis that several plots share, and the part of it that they show. Another axis keeps the same steps of the
/// feed's run in sight. Where a run has not recorded what an axis counts, all stand over steps, and note() says so.
class SharedAxis : public QObject {
    Q_OBJECT

public:
    /// `series` outlives this.
    explicit SharedAxis(const SeriesHub& series, QObject* parent = nullptr);

    StepView& view() { return m_view; }
    /// What was chosen; what is shown instead, where that cannot be, or not yet.
    XAxis chosen() const { return m_chosen; }
    XAxis shown() const { return m_shown; }
    void choose(XAxis axis);
    /// Why it is not the chosen one; empty where it is, or will be in a moment.
    QString note() const { return m_note; }

    const StepMap& map(const SeriesHub::RunId& run) const;
    /// Runs have grown, or more of them is there to be read.
    void update();
    /// update() where another part is shown since the last one.
    void prepare();

signals:
    /// Another axis or another note.
    void changed();

private:
    struct Maps {
        std::map<SeriesHub::RunId, StepMap> of;
        bool loading = false;
        QString missing; ///< what is in the way
    };
    Maps read(XAxis axis) const;
    void readRun(const SeriesHub::RunId& run, XAxis axis, Maps& maps) const;
    Envelope pointsOf(const SeriesSource& source, const SeriesHub::RunId& run, XAxis axis) const;
    void show(XAxis axis, std::map<SeriesHub::RunId, StepMap> maps);

    const SeriesHub& m_series;
    StepView m_view;
    XAxis m_chosen = XAxis::Step;
    XAxis m_shown = XAxis::Step;
    QString m_note;
    std::map<SeriesHub::RunId, StepMap> m_maps;
    bool m_outdated = true;
};

} // namespace triptych
