// There and back, and the sentences.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/presenter_mode.h"

#include "ui/widgets/cache_bars.h"
#include "ui/widgets/number_text.h"

#include <QCoreApplication>

#include <cmath>
#include <utility>

namespace triptych {

namespace {

/// Gives the sentences their context.
struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(Presenter)
};

QString aboutExperts(const RunFeed& feed, const event::RunStarted& run)
{
    if (run.experts <= 0) return Sentence::tr("This model has no experts: each token goes through all of it.");
    const double vio = feed.calm(Metric::MaxVio);
    const QString share = Sentence::tr("%1 experts share the tokens of each layer, %2 for each token.")
                              .arg(countText(run.experts), countText(run.experts_per_token));
    if (!std::isfinite(vio)) return share;
    return Sentence::tr("%1 The busiest has %2 more than its share.").arg(share, percentText(vio, 0));
}

QString aboutCache(const event::RunStarted& run)
{
    const auto rows = CacheBars::rowsOf(run.config);
    if (rows.size() < 2 || rows.front().values <= 0) return {};
    return Sentence::tr(
               "For each token a layer keeps %1 numbers, where plain attention (%2) keeps %3: %4 times as many.")
        .arg(countText(rows[0].values), rows[1].name, countText(rows[1].values),
             fixedText(static_cast<double>(rows[1].values) / static_cast<double>(rows[0].values), 1));
}

QString aboutDrafts(const RunFeed& feed, const event::RunStarted& run)
{
    if (run.mtp_depth <= 0) return Sentence::tr("This model has no MTP block: it guesses the next token alone.");
    const double next = feed.calm(Metric::MainLoss);
    const double after = feed.calm({Metric::DepthLoss, 1});
    const QString what = Sentence::tr("The main model guesses the next token, the MTP block the one after it.");
    if (!std::isfinite(next) || !std::isfinite(after)) return what;
    return Sentence::tr("%1 Their losses are %2 and %3 nats.").arg(what, fixedText(next, 2), fixedText(after, 2));
}

QString aboutTraining(const RunFeed& feed)
{
    const double loss = feed.calm(Metric::MainLoss);
    if (!std::isfinite(loss)) return Sentence::tr("The first numbers come with the first steps.");
    return Sentence::tr("The loss is %1 nats: as unsure of the next token as between %2 that are equally likely.")
        .arg(fixedText(loss, 2), fixedText(std::exp(loss), 1));
}

} // namespace

QString presenterSentence(const RunFeed& feed, const Selection& selection, const std::set<PanelPlace>& shown)
{
    const event::RunStarted* run = feed.run();
    if (!run) return Sentence::tr("Press Space: the model begins to learn.");
    QString sentence = aboutTraining(feed);
    if (shown == std::set{PanelPlace::LeftWing}) sentence = aboutExperts(feed, *run);
    if (shown == std::set{PanelPlace::Centre}) sentence = aboutCache(*run);
    if (shown == std::set{PanelPlace::RightWing}) sentence = aboutDrafts(feed, *run);
    if (shown == std::set{PanelPlace::LeftWing} && selection.expert() >= 0)
        sentence += QLatin1Char(' ') + Sentence::tr("Chosen: layer %1, expert %2.")
                                           .arg(countText(selection.layer()), countText(selection.expert()));
    return feed.isHeld() ? Sentence::tr("Step %1. %2").arg(countText(feed.shownStep()), sentence) : sentence;
}

PresenterMode::PresenterMode(const Parts& parts, QObject* parent) : QObject(parent), m_parts(parts)
{
    m_parts.caption.hide();
    connect(&m_parts.feed, &RunFeed::numbersChanged, this, &PresenterMode::refresh);
    connect(&m_parts.feed, &RunFeed::runStarted, this, &PresenterMode::refresh);
    connect(&m_parts.selection, &Selection::changed, this, &PresenterMode::refresh);
    connect(&m_parts.arrangement, &Arrangement::changed, this, &PresenterMode::refresh);
}

std::set<PanelPlace> PresenterMode::wings()
{
    return {PanelPlace::LeftWing, PanelPlace::Centre, PanelPlace::RightWing};
}

void PresenterMode::enter()
{
    if (std::exchange(m_on, true)) return;
    m_parts.layouts.pause();
    for (QWidget* widget : m_parts.settings)
        if (!widget->isHidden()) m_hidden << widget;
    for (QWidget* widget : m_hidden) widget->hide();
    m_parts.arrangement.showOnly(wings());
    m_parts.text.setAudience(Audience::There);
    m_parts.caption.show();
    refresh();
    emit changed();
}

void PresenterMode::leave()
{
    if (!std::exchange(m_on, false)) return;
    m_parts.caption.hide();
    m_parts.text.setAudience(Audience::None);
    for (QWidget* widget : std::exchange(m_hidden, {})) widget->show();
    m_parts.layouts.goOn();
    emit changed();
}

void PresenterMode::refresh()
{
    if (!m_on) return;
    m_parts.caption.setText(presenterSentence(m_parts.feed, m_parts.selection, m_parts.arrangement.only()));
}

} // namespace triptych
