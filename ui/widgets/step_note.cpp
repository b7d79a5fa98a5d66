// Saying the step of a frame.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/step_note.h"

#include "ui/widgets/number_text.h"

#include <QEvent>

namespace triptych {

namespace {

constexpr int kGlance = 250; // ms

} // namespace

StepNote::StepNote(const RunFeed& feed, const HistoryFeed& history, const Theme& theme, StepNoteOf of, QWidget* parent)
    : ElidedLabel(parent), m_feed(feed), m_history(history), m_theme(theme), m_of(of)
{
    m_slow.setSingleShot(true);
    m_slow.setInterval(kGlance);
    connect(&m_slow, &QTimer::timeout, this, [this] {
        setText(tr("reading …"));
        setColor(m_theme.colors().mla);
    });
    connect(&history, &HistoryFeed::changed, this, [this] {
        if (m_history.isReading() && !m_slow.isActive()) m_slow.start();
        if (m_history.isReading()) return;
        m_slow.stop();
        refresh();
    });
    connect(&feed, &RunFeed::numbersChanged, this, &StepNote::refresh);
    connect(&feed, of == StepNoteOf::Loads ? &RunFeed::loadsChanged : &RunFeed::probeChanged, this, &StepNote::refresh);
    connect(&theme, &Theme::changed, this, &StepNote::refresh);
    refresh();
}

void StepNote::changeEvent(QEvent* event)
{
    ElidedLabel::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) refresh();
}

void StepNote::refresh()
{
    if (!m_feed.isHeld()) {
        setText({});
        setHint({});
        return;
    }
    std::optional<std::int64_t> step;
    if (m_of == StepNoteOf::Loads && m_feed.loads()) step = m_feed.loads()->step;
    if (m_of == StepNoteOf::Probe && m_feed.probe()) step = m_feed.probe()->step;
    setText(step ? tr("as at step %1").arg(countText(*step)) : tr("no frame kept so early"));
    setHint(tr("Frames are kept at some steps only; this is the newest one at or before step %1.")
                .arg(countText(m_feed.shownStep())));
    setColor(step == m_feed.shownStep() ? m_theme.colors().muted : m_theme.colors().mla);
}

} // namespace triptych
