// Of which step the pictures of a wing are, while the window shows one that was.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/history_feed.h"
#include "ui/bridge/run_feed.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QTimer>

namespace triptych {

enum class StepNoteOf : std::uint8_t { Loads = 1, Probe };

/// "as at step 616"; empty while live. In the colour of looking back where the frame is an older one than the step that
/// is shown: frames are kept at some steps only. Says that they are read where that takes longer than a glance.
class StepNote : public ElidedLabel {
    Q_OBJECT

public:
    StepNote(const RunFeed& feed, const HistoryFeed& history, const Theme& theme, StepNoteOf of,
             QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh();

    const RunFeed& m_feed;
    const HistoryFeed& m_history;
    const Theme& m_theme;
    StepNoteOf m_of;
    QTimer m_slow; ///< a disk that answers at once is not worth a word
};

} // namespace triptych
