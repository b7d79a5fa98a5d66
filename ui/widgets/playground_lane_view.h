// A lane of the playground on the screen: its checkpoint, how tokens are drawn, and the text as it comes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/bridge/playground_bridge.h"
#include "ui/theme/theme.h"

#include <QVariantMap>
#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QSpinBox;
class QStackedLayout;
class QToolButton;

namespace triptych {

class ElidedLabel;
class PlayedText;

/// Whether the weights of the run that goes on can be had.
enum class NewestWeights : std::uint8_t {
    None = 1, ///< no run goes on, or it has no folder
    Offered,
    Awaited, ///< the run is saving them
};

class PlaygroundLaneView : public QWidget {
    Q_OBJECT

public:
    PlaygroundLaneView(PlayLane lane, PlaygroundBridge& bridge, const Theme& theme, QWidget* parent = nullptr);

    QString name() const { return m_lane == PlayLane::A ? QStringLiteral("A") : QStringLiteral("B"); }
    const PlayText& text() const { return m_bridge.text(m_lane); }
    PlayedText& played() { return *m_text; }

    /// The checkpoints of the run that is shown; `without` says why there are none.
    void setCheckpoints(const QString& run, const std::vector<StoredCheckpoint>& checkpoints, const QString& without);
    void setNewestWeights(NewestWeights newest);
    void setPrompt(const QString& prompt);
    /// With the settings as they are. Without a checkpoint it says how to get one.
    void generate();
    bool hasCheckpoint() const { return !checkpoint().isEmpty(); }
    /// Loads the newest of the checkpoints that it was told.
    void takeNewest();

    QVariantMap saveState() const;
    void restoreState(const QVariantMap& state);

signals:
    void newestWanted();
    void closeWanted();
    /// Another token of its text, or none (-1).
    void focusedChanged(int token);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();
    void addCheckpoints(QHBoxLayout* row);
    void addActions(QHBoxLayout* row);
    QHBoxLayout* makeSettings();
    QWidget* makeText();
    QString checkpoint() const;
    void chooseCheckpoint(int index);
    void selectCheckpoint(const QString& folder);
    void refresh();
    QString status() const;
    QString emptyText() const;
    QString titleOf(const PlayModel& model) const;
    PlayRequest request() const;
    void copy();

    PlayLane m_lane;
    PlaygroundBridge& m_bridge;
    const Theme& m_theme;
    QString m_prompt;
    QString m_run;
    QString m_without;
    int m_lastCheckpoint = -1;
    NewestWeights m_newestState = NewestWeights::None;

    QComboBox* m_checkpoints;
    QToolButton* m_newest;
    QPushButton* m_generate;
    QToolButton* m_again;
    QToolButton* m_newSeed;
    QToolButton* m_copy;
    QToolButton* m_close = nullptr; ///< of the second lane
    QDoubleSpinBox* m_temperature;
    QDoubleSpinBox* m_topP;
    QSpinBox* m_topK;
    QSpinBox* m_seed;
    QSpinBox* m_count;
    ElidedLabel* m_status;
    QStackedLayout* m_pages;
    QLabel* m_note;
    QScrollArea* m_scroll;
    PlayedText* m_text;
};

} // namespace triptych
