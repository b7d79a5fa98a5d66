// Which of the reasons it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/probe_note.h"

#include "ui/bridge/run_feed.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

namespace triptych {

namespace {

/// Gives the texts of this file their context.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(ProbeNote)
};

/// Why nothing comes by itself; empty: it does, or would with a run.
QString missing(const RunFeed& feed)
{
    if (!feed.run()) return {};
    if (feed.isHeld())
        return Words::tr("No pass of the probe text is kept of step %1.\nA run keeps them in its folder where its "
                         "setting probe_every is above 0, and of the steps at which a window showed them.")
            .arg(countText(feed.shownStep()));
    if (!feed.trainedBy().isEmpty())
        return Words::tr("Another process trains this run and has kept no pass of the probe text so far.\nIt keeps "
                         "them where the run's setting probe_every is above 0, and of the steps at which its window "
                         "showed them.");
    if (feed.isLive() || feed.state() == SessionState::Preparing) return {};
    return Words::tr("No pass of the probe text is kept of this run.\nOne is made with the newest checkpoint of a run "
                     "that is opened, where it has one that can be run (--checkpoint-every N); with the setting "
                     "probe_every above 0 a run keeps them itself.");
}

} // namespace

QLabel* probeNote(const RunFeed& feed, const QString& coming, QWidget* parent)
{
    QLabel* note = emptyNote(coming, parent);
    const auto tell = [&feed, coming, note] {
        if (feed.probe()) return; // something else is shown
        const QString why = missing(feed);
        note->setText(why.isEmpty() ? coming : why);
    };
    // Numbers change with the step that is held, also where neither that one nor the one before has a frame.
    for (const auto changed :
         {&RunFeed::runStarted, &RunFeed::stateChanged, &RunFeed::probeChanged, &RunFeed::numbersChanged})
        QObject::connect(&feed, changed, note, tell);
    tell();
    return note;
}

} // namespace triptych
