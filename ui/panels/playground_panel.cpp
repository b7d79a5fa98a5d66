// The playground: a prompt, two lanes that go on with it side by side, and what is known of the token in focus.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/playground_bridge.h"
#include "ui/models/twin_table.h"
#include "ui/panels/panel.h"
#include "ui/widgets/card.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/played_text.h"
#include "ui/widgets/played_token.h"
#include "ui/widgets/playground_lane_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedLayout>

namespace triptych {

Panel* createPlaygroundPanel(const PanelContext& context, QWidget* parent);

namespace {

constexpr int kGap = 12;                // px between lanes
constexpr int kRoomForToken = 760;      // px of width from which the side area is there
constexpr int kRoomForClosed = 460;     // and the offer to compare
constexpr int kRoomForWords = 150;      // px of height, else the button stands alone
constexpr int kClosedLane = 120;        // px of width
constexpr int kLaneShare = 5;           // of the width, against
constexpr int kTokenShare = 3;          // that of the side area
constexpr int kLongestPrompt = 100'000; // characters of the field
constexpr auto kDefaultPrompt = "The old house";

class PlaygroundPanel final : public Panel {
    Q_OBJECT

public:
    PlaygroundPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;
    void takeOver(Panel& other) override;
    void succeed(Panel& before) override;

    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makePrompt();
    QWidget* makeSecondLane();
    void generate();
    bool isComparing() const;
    void compare(bool open);
    void followRun();
    void followState();
    void listCheckpoints();
    void showCheckpoints(const std::string& listed, const std::vector<StoredCheckpoint>& checkpoints);
    void askForNewest(PlaygroundLaneView* lane);
    void takeLogged();
    void showNewest();
    void showToken(PlaygroundLaneView* lane);
    void arrange();
    QString run() const;
    QString withoutCheckpoint() const;

    RunFeed& m_feed;
    std::function<void(Command)> m_post;
    const Theme& m_theme;
    PlaygroundBridge m_bridge;
    QLineEdit* m_prompt = nullptr;
    PlaygroundLaneView* m_first;
    PlaygroundLaneView* m_second;
    QLabel* m_compareWords;
    PlayedToken* m_token;
    QHBoxLayout* m_lanes = nullptr;
    QWidget* m_secondPlace = nullptr;
    QStackedLayout* m_secondPages = nullptr;
    PlaygroundLaneView* m_awaits = nullptr; ///< the lane that waits for the run to save
    PlaygroundLaneView* m_shown = nullptr;  ///< whose token the side area shows
    QString m_listedRun;                    ///< whose checkpoints were asked for
    bool m_saved = false;                   ///< what the lane waits for is there, and the list is asked for
};

PlaygroundPanel::PlaygroundPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_post(context.post), m_theme(context.theme),
      m_first(new PlaygroundLaneView(PlayLane::A, m_bridge, context.theme, this)),
      m_second(new PlaygroundLaneView(PlayLane::B, m_bridge, context.theme, this)),
      m_token(new PlayedToken(context.theme, this))
{
    QWidget* prompt = makePrompt();
    m_lanes = new QHBoxLayout;
    m_lanes->setSpacing(kGap);
    m_lanes->addWidget(m_first, kLaneShare);
    m_lanes->addWidget(makeSecondLane(), kLaneShare);
    m_lanes->addWidget(m_token, kTokenShare);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(prompt);
    layout->addLayout(m_lanes, 1);
    giveFocusTo(*this, *m_prompt);

    for (PlaygroundLaneView* lane : {m_first, m_second}) {
        connect(lane, &PlaygroundLaneView::newestWanted, this, [this, lane] { askForNewest(lane); });
        connect(lane, &PlaygroundLaneView::focusedChanged, this, [this, lane] { showToken(lane); });
    }
    connect(m_second, &PlaygroundLaneView::closeWanted, this, [this] { compare(false); });
    connect(&m_bridge, &PlaygroundBridge::listed, this, &PlaygroundPanel::showCheckpoints);
    connect(&m_bridge, &PlaygroundBridge::changed, this, [this] { showToken(m_shown); });
    connect(&m_feed, &RunFeed::runStarted, this, &PlaygroundPanel::followRun);
    connect(&m_feed, &RunFeed::stateChanged, this, &PlaygroundPanel::followState);
    connect(&m_feed, &RunFeed::logged, this, &PlaygroundPanel::takeLogged);
    connect(&m_theme, &Theme::changed, this, [this] { showToken(m_shown); });
    for (PlaygroundLaneView* lane : {m_first, m_second}) lane->setPrompt(m_prompt->text());
    compare(false);
    followRun();
    showToken(m_first);
}

QWidget* PlaygroundPanel::makePrompt()
{
    auto* row = new QWidget(this);
    auto* caption = new QLabel(tr("Prompt"), row);
    m_prompt = new QLineEdit(row);
    m_prompt->setObjectName(QStringLiteral("prompt"));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_prompt->setMaxLength(kLongestPrompt);
    m_prompt->setText(QString::fromLatin1(kDefaultPrompt));
    m_prompt->setPlaceholderText(tr("A text for the model to go on with; Enter generates"));
    m_prompt->setToolTip(tr("The text that the model goes on with. Enter generates in every open lane.\n"
                            "<bos> begins a new document."));
    caption->setBuddy(m_prompt);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, kRoomForMenu, 0);
    layout->setSpacing(8);
    layout->addWidget(caption);
    layout->addWidget(m_prompt, 1);
    connect(m_prompt, &QLineEdit::returnPressed, this, &PlaygroundPanel::generate);
    auto* full = mutedLabel(tr("first %1 characters").arg(countText(kLongestPrompt)), row);
    full->setObjectName(QStringLiteral("promptFull"));
    full->setToolTip(tr("The field is full: what comes after them was not taken."));
    full->hide();
    layout->addWidget(full);
    connect(m_prompt, &QLineEdit::textChanged, this, [this, full](const QString& text) {
        full->setVisible(text.size() >= kLongestPrompt);
        for (PlaygroundLaneView* lane : {m_first, m_second}) lane->setPrompt(text);
    });
    return row;
}

QWidget* PlaygroundPanel::makeSecondLane()
{
    auto* place = new QWidget(this);
    m_secondPages = new QStackedLayout(place);
    auto* closed = new QWidget(place);
    auto* open = new QPushButton(tr("Compare"), closed);
    open->setObjectName(QStringLiteral("compare"));
    open->setAccessibleName(tr("Compare with other settings or another checkpoint"));
    open->setToolTip(tr("Opens a second lane: the same prompt with other settings or another checkpoint."));
    m_compareWords = mutedLabel(tr("with other settings or another checkpoint"), closed);
    m_compareWords->setAlignment(Qt::AlignCenter);
    m_compareWords->setWordWrap(true);
    auto* layout = new QVBoxLayout(closed);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch();
    layout->addWidget(open, 0, Qt::AlignHCenter);
    layout->addWidget(m_compareWords);
    layout->addStretch();
    m_secondPages->addWidget(closed);
    m_secondPages->addWidget(m_second);
    connect(open, &QPushButton::clicked, this, [this] {
        m_second->restoreState(m_first->saveState());
        compare(true);
        m_second->setFocus(Qt::OtherFocusReason);
    });
    m_secondPlace = place;
    return place;
}

void PlaygroundPanel::generate()
{
    m_first->generate();
    if (isComparing()) m_second->generate();
}

bool PlaygroundPanel::isComparing() const
{
    return m_secondPages->currentWidget() == m_second;
}

void PlaygroundPanel::compare(bool open)
{
    if (!open && isComparing()) {
        m_bridge.stop(PlayLane::B);
        m_bridge.unload(PlayLane::B);
        if (m_shown == m_second) m_shown = m_first;
    }
    m_secondPages->setCurrentIndex(open ? 1 : 0);
    // A lane that only offers to be opened needs little room.
    m_lanes->setStretch(1, open ? kLaneShare : 1);
    m_secondPlace->setMinimumWidth(open ? 0 : kClosedLane);
    arrange();
}

QString PlaygroundPanel::run() const
{
    return m_feed.run() ? QString::fromStdString(m_feed.run()->run_folder) : QString();
}

QString PlaygroundPanel::withoutCheckpoint() const
{
    if (!m_feed.run())
        return tr("Here a checkpoint writes.\nStart or open a run, or choose “Other folder…” in the list above.");
    if (run().isEmpty())
        return tr(
            "This run has no folder, so its weights are never saved and cannot write.\nStart one with Train, which "
            "gives it a folder, or choose another folder in the list above.");
    if (m_feed.isLive())
        return tr("This run has saved no checkpoint yet.\n“Newest weights” has it save one now, and takes it.");
    return tr(
        "This run has no checkpoint.\nResume it: a run saves when it is stopped. Or choose another folder above.");
}

void PlaygroundPanel::followRun()
{
    m_awaits = nullptr;
    for (PlaygroundLaneView* lane : {m_first, m_second}) lane->setCheckpoints(run(), {}, withoutCheckpoint());
    m_listedRun.clear();
    listCheckpoints();
    showNewest();
}

void PlaygroundPanel::followState()
{
    if (!m_feed.isLive()) m_awaits = nullptr; // nobody saves any more
    m_listedRun.clear();
    listCheckpoints();
    showNewest();
}

void PlaygroundPanel::listCheckpoints()
{
    // A panel that nobody sees starts no thread and reads no disk.
    if (!isVisible() || run().isEmpty() || m_listedRun == run()) return;
    m_listedRun = run();
    m_bridge.list(run().toStdString());
}

void PlaygroundPanel::showCheckpoints(const std::string& listed, const std::vector<StoredCheckpoint>& checkpoints)
{
    if (listed != run().toStdString()) return;
    for (PlaygroundLaneView* lane : {m_first, m_second}) lane->setCheckpoints(run(), checkpoints, withoutCheckpoint());
    if (m_awaits && m_saved) {
        m_awaits->takeNewest();
        m_awaits = nullptr;
        showNewest();
    }
}

void PlaygroundPanel::askForNewest(PlaygroundLaneView* lane)
{
    m_awaits = lane;
    m_saved = false;
    m_post(command::SaveCheckpoint{});
    showNewest();
}

void PlaygroundPanel::takeLogged()
{
    const LogEntry& entry = m_feed.log().back();
    // Trouble with the disk ends the waiting too: the strip of the window tells of it.
    if (m_awaits && entry.kind == QLatin1String("health.checkpoint")) {
        m_awaits = nullptr;
        showNewest();
    }
    if (entry.kind != QLatin1String("checkpoint")) return;
    m_saved = true;
    m_listedRun.clear();
    listCheckpoints();
}

void PlaygroundPanel::showNewest()
{
    const NewestWeights offer = m_feed.isLive() && !run().isEmpty() ? NewestWeights::Offered : NewestWeights::None;
    for (PlaygroundLaneView* lane : {m_first, m_second})
        lane->setNewestWeights(offer != NewestWeights::None && lane == m_awaits ? NewestWeights::Awaited : offer);
}

void PlaygroundPanel::showToken(PlaygroundLaneView* lane)
{
    // While no token of the lane is in focus, the newest one of it is shown as it comes.
    m_shown = lane ? lane : m_first;
    const int focused = m_shown->played().focused();
    m_token->show(m_shown->text(), m_shown->name(), focused >= 0 ? focused : m_shown->played().tokenCount() - 1);
}

void PlaygroundPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    listCheckpoints();
}

void PlaygroundPanel::resizeEvent(QResizeEvent*)
{
    arrange();
}

void PlaygroundPanel::arrange()
{
    // In a narrow place the lanes go first: what is known of a token gives way, then a lane that is closed.
    m_token->setVisible(width() >= kRoomForToken);
    m_secondPlace->setVisible(isComparing() || width() >= kRoomForClosed);
    m_compareWords->setVisible(height() >= kRoomForWords); // they would press the rest together
}

QVariantMap PlaygroundPanel::saveState() const
{
    return {{QStringLiteral("prompt"), m_prompt->text()},
            {QStringLiteral("compare"), isComparing()},
            {QStringLiteral("laneA"), m_first->saveState()},
            {QStringLiteral("laneB"), m_second->saveState()}};
}

void PlaygroundPanel::restoreState(const QVariantMap& state)
{
    if (const QVariant prompt = state.value(QStringLiteral("prompt")); prompt.userType() == QMetaType::QString)
        m_prompt->setText(prompt.toString());
    m_first->restoreState(state.value(QStringLiteral("laneA")).toMap());
    m_second->restoreState(state.value(QStringLiteral("laneB")).toMap());
    if (const QVariant open = state.value(QStringLiteral("compare"));
        open.userType() == QMetaType::Bool || open.userType() == QMetaType::QString)
        compare(open.toBool());
}

void PlaygroundPanel::takeOver(Panel& other)
{
    if (const auto* panel = dynamic_cast<PlaygroundPanel*>(&other)) m_bridge.showTextsOf(panel->m_bridge);
}

void PlaygroundPanel::succeed(Panel& before)
{
    if (auto* panel = dynamic_cast<PlaygroundPanel*>(&before)) m_bridge.succeed(panel->m_bridge);
}

std::vector<Twin> PlaygroundPanel::twins()
{
    std::vector<Twin> all;
    for (const PlayLane lane : kPlayLanes) {
        const auto& tokens = m_bridge.text(lane).tokens;
        if (lane == PlayLane::B && !isComparing()) continue;
        const auto cell = [tokens](int row, int column) -> QVariant {
            const PlayToken& token = tokens[static_cast<std::size_t>(row)];
            switch (column) {
            case 0: return countCell(token.position);
            case 1: return QString::fromStdString(token.text);
            case 2: return token.token;
            case 3: return token.from_prompt ? tr("prompt") : tr("model");
            case 4: return token.from_prompt ? QVariant() : QVariant(token.probability);
            case 5: return token.draft ? QVariant(QString::fromStdString(token.draft->text)) : QVariant();
            default: return token.draft ? QVariant(token.draft->probability) : QVariant();
            }
        };
        const bool first = lane == PlayLane::A;
        all.push_back(twinTable(*this, first ? "laneA" : "laneB", tr("Tokens of lane %1").arg(first ? "A" : "B"),
                                {tr("position"), tr("token"), tr("number"), tr("written by"), tr("probability"),
                                 tr("draft"), tr("probability of the draft")},
                                static_cast<int>(tokens.size()), cell));
        std::vector<std::pair<int, int>> places; // [token, alternative]
        for (std::size_t t = 0; t < tokens.size(); ++t)
            for (std::size_t i = 0; i < tokens[t].alternatives.size(); ++i)
                places.emplace_back(static_cast<int>(t), static_cast<int>(i));
        const auto count = static_cast<int>(places.size());
        const auto other = [tokens, places = std::move(places)](int row, int column) -> QVariant {
            const auto [place, rank] = places[static_cast<std::size_t>(row)];
            const PlayToken& token = tokens[static_cast<std::size_t>(place)];
            const Guess& guess = token.alternatives[static_cast<std::size_t>(rank)];
            switch (column) {
            case 0: return countCell(token.position);
            case 1: return QString::fromStdString(token.text);
            case 2: return rank + 1;
            case 3: return QString::fromStdString(guess.text);
            default: return guess.probability;
            }
        };
        all.push_back(twinTable(*this, first ? "alternativesA" : "alternativesB",
                                tr("The likeliest at each place of lane %1").arg(first ? "A" : "B"),
                                {tr("position"), tr("token"), tr("rank"), tr("could have been"), tr("probability")},
                                count, other));
    }
    return all;
}

} // namespace

Panel* createPlaygroundPanel(const PanelContext& context, QWidget* parent)
{
    return new PlaygroundPanel(context, parent);
}

} // namespace triptych

#include "playground_panel.moc"
