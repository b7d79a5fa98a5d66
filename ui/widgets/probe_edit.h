// Where the probe text is written: the few words that every wing shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/command.h"
#include "ui/bridge/run_feed.h"
#include "ui/theme/theme.h"

#include <QLineEdit>
#include <QTimer>

#include <functional>

class QLabel;

namespace triptych {

/// How much of a text the model reads.
struct ProbeLength {
    int tokens = 0;     ///< of the whole text
    int characters = 0; ///< that are read: all, or those before the cut
    bool cut = false;
};
ProbeLength measureProbe(const QString& text, std::int64_t longest);

/// A line that shows, by a mark and a shade, from where on it is not read; in either direction of writing.
class ProbeLine : public QLineEdit {
    Q_OBJECT

public:
    ProbeLine(const Theme& theme, QWidget* parent);
    /// Characters that are read; -1: all.
    void setRead(int characters);
    /// Where the mark is drawn, from the left; -1 where there is none, or it is beyond the end that can be seen.
    int markPosition() const;
    /// Whether the field is full: the rest of a longer text was not taken.
    bool isFull() const { return text().size() >= maxLength(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Shown;

    const Theme& m_theme;
    int m_read = -1;
};

/// Posts command::SetProbeText a moment after the last key, or at once on Enter. Enabled while a run is live and no
/// step is held; else it shows the text of the frame that the wings show, and its tooltip says what is missing.
class ProbeEdit : public QWidget {
    Q_OBJECT

public:
    ProbeEdit(RunFeed& feed, const Theme& theme, std::function<void(Command)> post, QWidget* parent = nullptr);

    /// What was written here, whatever is shown.
    QString text() const { return m_own; }
    /// Takes effect at once, and with the next run where none is live.
    void setText(const QString& text);
    ProbeLine* line() const { return m_line; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void edited();
    void apply();
    void refreshState();
    void refreshCount();
    bool isOwn() const { return m_feed.isLive() && !m_feed.isHeld(); }
    void follow();

    static constexpr int kPause = 350; // ms without a key

    RunFeed& m_feed;
    std::function<void(Command)> m_post;
    ProbeLine* m_line;
    QLabel* m_count;
    QTimer m_pause;
    QString m_own;
    bool m_showsOwn = true;
    QString m_applied; ///< what the session was told last
};

} // namespace triptych
