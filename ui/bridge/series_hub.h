// All series of all runs that the window knows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/curve_reader.h"
#include "ui/bridge/run_feed.h"

#include <QObject>
#include <QString>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace triptych {

class FileRun;
class SeriesReader;
class SeriesSource;

/// What plots say of a run, and what they need to know to compare it with others.
struct RunTraits {
    QString name;             ///< "tiny-a"
    double flopsPerToken = 0; ///< of training; 0: not known
    std::int64_t layers = -1; ///< main layers; those of MTP modules are counted after them; -1: not known
    std::vector<std::string> domains{}; ///< labels; empty: none, or not known
};

/// USD a device-hour.
struct HourPrices {
    double headline = 0;
    double full = 0;
    bool operator==(const HourPrices&) const = default;
};

/// The run of the feed, and beside it as many others as are to be compared with it.
class SeriesHub : public QObject {
    Q_OBJECT

public:
    using RunId = QString; ///< the run's folder; empty: the run of the feed
    using SeriesOfRun = std::map<MetricId, std::unique_ptr<SeriesSource>>;

    /// `feed` outlives the hub.
    explicit SeriesHub(const RunFeed& feed, QObject* parent = nullptr);
    ~SeriesHub() override;

    /// Null where there is none. Valid until changed() is told.
    const SeriesSource* find(const RunId& run, MetricId metric) const;
    std::vector<MetricId> metrics(const RunId& run) const;
    /// Without that of the feed.
    std::vector<RunId> runs() const;
    /// First and last step of any of its series; nothing without points.
    std::optional<StepRange> extent(const RunId& run) const;
    RunTraits traits(const RunId& run) const;
    /// What is the same in another run as a metric of the feed's: of the domain of the same name, of the MTP module of
    /// the same depth, whatever their numbers are. Nothing where that run has no such domain.
    std::optional<MetricId> counterpart(MetricId metric, const RunId& run) const;
    /// Counts both meters of every run at other prices of a device-hour than recorded, from its device time; none for
    /// not-a-number. Nothing: as recorded. Either way in the money that is shown (ShownCurrency).
    void price(const std::optional<HourPrices>& prices);
    /// Which colour and line it has among those beside the feed's (Theme::runColor(), styleOfRun()): from 1, the lowest
    /// that was free when it came, and its own as long as it stays. 0 for the feed's, and for one that is not there.
    int number(const RunId& run) const;

    /// Another run beside that of the feed; in the place of what was known under this name.
    void add(const RunId& run, SeriesOfRun series, RunTraits traits = {});
    /// Likewise one whose curves lie in files, of any length. Under the empty name they take the place of the feed's
    /// series until it tells of another run.
    void open(const RunId& run, CurveReader curves, RunTraits traits = {});
    void remove(const RunId& run);
    /// Looks again whether the files of a run that was opened have more.
    void refresh(const RunId& run);
    /// Null for what lies in memory.
    const FileRun* files(const RunId& run) const;
    /// Of all runs that lie in files.
    SeriesReader& reader();

signals:
    /// The feed is of another run: what was worked out of the one before says nothing of it.
    void runStarted();
    /// Runs or metrics came or went; of points that were added the feed tells.
    void changed();
    /// More of what lies in files is there to be drawn.
    void loaded();

private:
    const SeriesSource* recorded(const RunId& run, MetricId metric) const;
    std::optional<double> priceOf(MetricId metric) const;
    void takeFeed();
    void startRun();
    void takeSources(const RunId& run);
    void takeNumber(const RunId& run);

    const RunFeed& m_feed;
    std::shared_ptr<SeriesReader> m_reader;
    std::map<RunId, std::unique_ptr<FileRun>> m_files; ///< these outlive their series
    std::map<RunId, SeriesOfRun> m_runs;               ///< the feed's under the empty name
    std::map<RunId, RunTraits> m_traits;
    std::map<RunId, int> m_numbers;
    std::optional<HourPrices> m_prices;
    std::uint64_t m_pricing = 0;                                                          ///< counts them
    mutable std::map<std::pair<RunId, MetricId>, std::unique_ptr<SeriesSource>> m_priced; ///< made when asked for
};

} // namespace triptych
