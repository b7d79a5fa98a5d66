// At which prices the window counts a run: a preset, what a person changed in it, and what an hour comes to.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that these include
#include "core/cost/cost_sheet.h"
#include "core/cost/live_cost.h"
#endif
#include "ui/bridge/assumption_book.h"
#include "ui/bridge/run_feed.h"
#include "ui/bridge/run_measures.h"
#include "ui/bridge/series_hub.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <array>
#include <limits>
#include <optional>

namespace triptych {

/// Whether it is a price or quantity that a run's hour is made of, rather than something that the run counted.
bool isPriceOfRun(const CostInput& input);

/// One for each feed, which owns it. What a person changed are the window's assumptions. Amounts are never stored: they
/// are device-seconds times a price, so that other prices give the run another history and nothing is trained again.
class RunPricing : public QObject {
    Q_OBJECT

public:
    /// Made with the first call.
    static RunPricing& of(RunFeed& feed);

    /// The preset whose prices runs are recorded with.
    static QString thisMachine() { return QStringLiteral("this-machine"); }
    /// thisMachine(), then the GPUs that can be rented: reads folders.
    static QStringList names();
    const QString& name() const { return m_name; }
    /// With what was measured of the run and what a person changed; nothing where the preset cannot be read: trouble()
    /// says why.
    const std::optional<CostSheet>& sheet() const { return m_sheet; }
    const QString& trouble() const { return m_trouble; }

    void choose(const QString& name);
    /// The value of the source is no change. Error: one that the input cannot take; nothing is changed then.
    Status edit(const QString& key, double value);
    void reset(const QString& key);
    void resetAll();
    /// Of what this preset has, whichever page changed it: see Assumptions.
    bool canUndo() const { return m_sheet && m_sheet->can_undo(); }
    bool canRedo() const { return m_sheet && m_sheet->can_redo(); }
    void undo();
    void redo();
    /// Of what an hour is made of; hours and goodput are no part of that.
    bool isEdited() const;
    bool isEdited(const QString& key) const { return m_sheet && m_sheet->is_edited(key.toStdString()); }
    /// What is known of the run, for hours, threads and power. Kept up to date while amounts are others than recorded.
    const std::optional<RunFacts>& facts() const { return m_measures.facts(); }

    /// USD a device-hour: headline by the preset's first lens, full cost by its lens "full"; not-a-number where it has
    /// none.
    double usdPerHour(CostMeter meter) const { return m_hour[meter == CostMeter::Headline ? 0 : 1]; }
    /// Both, for the curves; nothing where amounts are as recorded.
    std::optional<HourPrices> hourPrices() const
    {
        if (isRecorded()) return std::nullopt;
        return HourPrices{usdPerHour(CostMeter::Headline), usdPerHour(CostMeter::FullCost)};
    }
    /// Of the run so far, at the step that the feed shows: as it was recorded, until other prices were chosen.
    double usd(const RunFeed& feed, CostMeter meter) const;
    /// Whether amounts are those that the run recorded.
    bool isRecorded() const { return !isEdited() && m_name == thisMachine(); }

signals:
    void changed();

private:
    explicit RunPricing(RunFeed& feed);
    void load();
    void fillFacts();
    void follow(const QObject* who);
    void update();

    RunMeasures& m_measures;
    AssumptionBook& m_assumed;
    QString m_name;
    std::optional<CostSheet> m_sheet;
    QString m_trouble;
    std::array<double, 2> m_hour = {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
};

} // namespace triptych
