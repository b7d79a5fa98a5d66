// From the library's thread to the window's.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/run_list.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr int kSeenInterval = 100; // ms between two looks into the mailbox
constexpr int kAsideInterval = 500;

QString nameOf(const std::shared_ptr<const RunRow>& row)
{
    return QString::fromStdString(row->folder.string());
}

} // namespace

RunList::RunList(const RunFeed& feed, SeriesHub& series, QObject* parent)
    : QObject(parent), m_feed(feed), m_series(series), m_library(std::make_unique<RunLibrary>())
{
    connect(&feed, &RunFeed::runStarted, this, &RunList::takeShown);
    connect(&feed, &RunFeed::failed, this, [this] { m_parent.clear(); });
    connect(&m_timer, &QTimer::timeout, this, &RunList::takeNews);
    setSeen(false);
    if (feed.run()) takeShown();
}

RunList::~RunList() = default;

QString RunList::tidy(const QString& folder)
{
    return folder.isEmpty() ? QString() : QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
}

std::shared_ptr<const RunRow> RunList::row(const QString& folder) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& each) { return nameOf(each) == folder; });
    return found == m_rows.end() ? nullptr : *found;
}

void RunList::setPlaces(const QStringList& places)
{
    m_home = places.value(0);
    std::vector<std::filesystem::path> folders;
    for (const QString& place : places) folders.emplace_back(place.toStdString());
    m_library->set_places(std::move(folders));
}

void RunList::add(const QString& path)
{
    m_library->add(path.toStdString());
}

void RunList::setSeen(bool seen)
{
    m_library->set_pace(seen ? RunLibrary::Pace::Seen : RunLibrary::Pace::Aside);
    m_timer.start(seen ? kSeenInterval : kAsideInterval);
}

void RunList::compare(const QString& folder, bool on)
{
    const QString run = tidy(folder);
    if (run.isEmpty() || run == m_shown || on == isCompared(run)) return;
    if (on) {
        m_compared.insert(run);
        m_library->open_curves(run.toStdString());
    } else {
        m_compared.erase(run);
        m_series.remove(run);
    }
    emit comparedChanged();
}

QStringList RunList::compared() const
{
    return {m_compared.begin(), m_compared.end()};
}

void RunList::start(const RunRequest& request)
{
    m_parent = tidy(QString::fromStdString(request.fork));
    emit startRequested(request);
}

void RunList::takeShown()
{
    const QString run = m_feed.run() ? tidy(QString::fromStdString(m_feed.run()->run_folder)) : QString();
    compare(run, false); // it is drawn as the one that is shown
    m_shown = run;
    if (!run.isEmpty()) add(run);
    const bool forked = !m_parent.isEmpty() && run != m_parent;
    if (forked) compare(std::exchange(m_parent, {}), true);
    emit comparedChanged();
}

int RunList::numberOf(const QString& folder) const
{
    return isCompared(folder) ? m_series.number(folder) : 0;
}

void RunList::keepNotes(const QString& folder, const RunNotes& notes)
{
    m_library->write_notes(folder.toStdString(), notes);
}

bool RunList::takeNews()
{
    const bool idle = m_library->is_idle(); // asked before, so that nothing comes in between
    auto news = m_library->take();
    if (!news) return idle;
    const Rows before = std::exchange(m_rows, std::move(news->rows));
    for (RunLibrary::OpenedCurves& opened : news->curves) takeCurves(std::move(opened));
    follow(before);
    emit rowsChanged();
    for (const Error& error : news->errors)
        emit failed(QString::fromStdString(error.what), QString::fromStdString(error.hint));
    return idle;
}

void RunList::takeCurves(RunLibrary::OpenedCurves opened)
{
    const QString run = QString::fromStdString(opened.folder.string());
    if (!isCompared(run)) return; // it was unchecked meanwhile
    if (!opened.curves) {
        m_compared.erase(run);
        emit comparedChanged();
        emit failed(QString::fromStdString(opened.curves.error().what),
                    QString::fromStdString(opened.curves.error().hint));
        return;
    }
    RunTraits traits{run.section(QLatin1Char('/'), -1), opened.flops_per_token};
    if (opened.manifest) {
        traits.layers = opened.manifest->model.num_hidden_layers;
        traits.domains = opened.manifest->domains;
    }
    m_series.open(run, opened.curves.take(), std::move(traits));
    emit comparedChanged();
}

/// Curves that are drawn have more where the files of their run have.
void RunList::follow(const Rows& before)
{
    for (const auto& row : m_rows) {
        const QString run = nameOf(row);
        if (!isCompared(run)) continue;
        const auto was = std::lower_bound(before.begin(), before.end(), row->folder,
                                          [](const auto& each, const auto& folder) { return each->folder < folder; });
        const bool same = was != before.end() && (*was)->folder == row->folder && (*was)->stamps == row->stamps;
        if (!same) m_series.refresh(run);
    }
}

} // namespace triptych
