// Between the playground's thread and the window: commands go in at once, a timer gathers the texts that come out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/playground.h"
#include "ui/bridge/pace.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace triptych {

/// All that is known of a lane.
struct PlayText {
    std::optional<PlayModel> model;
    std::string folder;                 ///< what was asked to be loaded last
    std::vector<PlayToken> tokens;      ///< the prompt's, then those that were chosen
    std::vector<TokenReading> readings; ///< of the first of them
    PlayRequest request;                ///< that the text was written with
    PlayProgress progress;
    std::optional<PlayEnd> end; ///< of the text; nothing while it is written
    std::optional<Error> error; ///< why the last command was not obeyed
    bool loading = false;
    bool writing = false; ///< from the request to the end

    /// Drafts of the MTP module, and how many were what the model then chose.
    std::int64_t drafts() const;
    std::int64_t rightDrafts() const;
    /// What the model wrote, after the prompt where `prompt` is wanted too.
    std::string written(bool prompt) const;
};

/// Starts its thread with the first command, and looks at it only while something is awaited. Lives in the GUI's thread
/// and never waits.
class PlaygroundBridge : public QObject {
    Q_OBJECT

public:
    explicit PlaygroundBridge(QObject* parent = nullptr);

    void load(PlayLane lane, const std::string& folder);
    void unload(PlayLane lane);
    void generate(PlayLane lane, const PlayRequest& request);
    void stop(PlayLane lane);
    /// Answered by listed().
    void list(const std::string& runFolder);

    const PlayText& text(PlayLane lane) const { return m_texts[index(lane)]; }
    /// Shows the texts of another one as they are; what that one writes from now on is not seen here.
    void showTextsOf(const PlaygroundBridge& other);
    /// Goes on with what another one has under way, its thread and its models; that one has nothing then.
    void succeed(PlaygroundBridge& before);
    /// Fetches now instead of at the next tick.
    void poll();

signals:
    void changed(PlayLane lane);
    void listed(const std::string& runFolder, const std::vector<StoredCheckpoint>& checkpoints);

private:
    static std::size_t index(PlayLane lane) { return lane == PlayLane::A ? 0 : 1; }
    PlayText& at(PlayLane lane) { return m_texts[index(lane)]; }
    void post(PlayCommand command);
    bool awaits() const;

    void take(play::Loaded& e);
    void take(play::Unloaded& e);
    void take(play::Began& e);
    void take(play::Chose& e);
    void take(play::Read& e);
    void take(play::Ended& e);
    void take(play::Refused& e);
    void take(play::Listed& e);

    std::unique_ptr<Playground> m_playground;
    std::array<PlayText, 2> m_texts;
    std::array<std::uint64_t, 2> m_progressSeen{};
    Pace m_pace;
    QTimer m_timer;
    int m_unanswered = 0;
};

} // namespace triptych
