// The runs that the window knows, and which of them are drawn beside the one that is shown.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over a header of the standard library that this one includes
#include "core/session/command.h"
#include "core/session/run_library.h"
#endif
#include "ui/bridge/series_hub.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <set>
#include <vector>

namespace triptych {

/// Takes the news of a library to the window's thread, and gives the curves of runs that are to be compared to the hub.
/// Never waits for a disk.
class RunList : public QObject {
    Q_OBJECT

public:
    using Rows = std::vector<std::shared_ptr<const RunRow>>;

    /// Both outlive this.
    RunList(const RunFeed& feed, SeriesHub& series, QObject* parent = nullptr);
    ~RunList() override;

    RunLibrary& library() { return *m_library; }
    const Rows& rows() const { return m_rows; }
    /// Null for a folder that is none of them.
    std::shared_ptr<const RunRow> row(const QString& folder) const;
    /// Where new runs are made; the first of the places.
    const QString& home() const { return m_home; }

    /// Folders of runs; those that are not there are left for later.
    void setPlaces(const QStringList& places);
    /// One run, something within it, or a folder of runs; anything else has a row which says what is wrong with it.
    void add(const QString& path);
    /// The metric that the columns are of, and the step of the knob.
    void ask(const RunQuestion& question) { m_library->ask(question); }
    /// Somebody looks at the rows.
    void setSeen(bool seen);

    /// Whether the curves of a run are drawn beside those of the one that is shown; true as soon as it is asked for.
    bool isCompared(const QString& folder) const { return m_compared.count(folder) > 0; }
    void compare(const QString& folder, bool on);
    /// Those that are compared, by folder.
    QStringList compared() const;
    /// The run of the feed, which is drawn anyway; empty: none, or one without a folder.
    const QString& shown() const { return m_shown; }
    /// As plots have it, from 1; 0: it is not drawn beside the other.
    int numberOf(const QString& folder) const;

    void keepNotes(const QString& folder, const RunNotes& notes);
    /// Asks the window; where there is none, nothing happens.
    void open(const QString& folder) { emit openRequested(folder); }
    /// Likewise. A fork is compared with its parent as soon as it is shown.
    void start(const RunRequest& request);

    /// For tests, and for pictures: takes what has been read so far. False: there is more to come.
    bool takeNews();

    /// Absolute and without "." and "..", so that a run has one name. Asks no disk.
    static QString tidy(const QString& folder);

signals:
    void rowsChanged();
    void comparedChanged();
    void failed(const QString& what, const QString& hint);
    void openRequested(const QString& folder);
    void startRequested(const triptych::RunRequest& request);

private:
    void takeShown();
    void takeCurves(RunLibrary::OpenedCurves opened);
    void follow(const Rows& before);

    const RunFeed& m_feed;
    SeriesHub& m_series;
    std::unique_ptr<RunLibrary> m_library;
    Rows m_rows;
    std::set<QString> m_compared;
    QString m_shown;
    QString m_home;
    QString m_parent; ///< of a fork that is about to begin
    QTimer m_timer;
};

} // namespace triptych
