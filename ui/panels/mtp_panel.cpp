// The MTP wing: what the model expects after each token of the probe text, what MTP drafts, and how much of it holds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/draft_acceptance.h"
#include "ui/models/twin_table.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/probe_note.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/guess_bars.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/readout.h"
#include "ui/widgets/sample_view.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/token_flow.h"
#include "ui/widgets/token_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>

namespace triptych {

Panel* createMtpPanel(const PanelContext& context, QWidget* parent);

namespace {

/// Below this height the bars of single guesses give way to the text; the tooltips still have them.
constexpr int kRoomForGuesses = 460; // px
constexpr int kLeastText = 60;       // px
constexpr int kReadoutGap = 14;      // px

class MtpPanel : public LazyPanel {
    Q_OBJECT

public:
    MtpPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    WatchSet watches() const override { return {}; } // the probe text

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class Change : std::uint8_t { Frame = 1, Numbers, Selection, Sample };

    QWidget* makeContent();
    QHBoxLayout* makeReadouts(QWidget* parent);
    void connectAll();
    void refreshOf(Change change);
    void refreshFrame();
    void refreshNumbers();
    void refreshSelection();
    void refreshSample();
    void showGuesses(int token);
    std::vector<FlowCell> makeCells() const;
    FlowCell makeCell(int token) const;
    FlowGuess makeGuess(const std::vector<std::vector<Guess>>& guesses, int token, int ahead) const;
    QString explain(int token) const;
    QString list(const std::vector<Guess>& guesses) const;
    Twin alternativesTwin(const ProbeFrame& frame);
    int length() const { return m_frame ? static_cast<int>(m_frame->tokens.size()) : 0; }
    int depths() const { return m_frame ? static_cast<int>(m_frame->after_next.size()) : 0; }

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    std::shared_ptr<const ProbeFrame> m_frame;
    TokenTexts m_texts;
    DraftAcceptance m_drafts;

    QStackedLayout* m_pages;
    QWidget* m_readouts;
    Readout* m_acceptance;
    Readout* m_speedUp;
    Readout* m_loss;
    Readout* m_weight;
    ElidedLabel* m_depthLine;
    QScrollArea* m_scroll;
    TokenFlow* m_flow;
    GuessBars* m_guesses;
    ElidedLabel* m_sampleTitle;
    SampleView* m_sample;
};

MtpPanel::MtpPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_pages(new QStackedLayout(this))
{
    m_pages->addWidget(probeNote(m_feed,
                                 tr("Here the probe text will show, below each token, what the model expects next and "
                                    "what its MTP module drafts after that.\nStart a run: the guesses come with its "
                                    "first steps, sensible ones a little later."),
                                 this));
    m_pages->addWidget(makeContent());
    giveFocusTo(*this, *m_flow);
    connectAll();
    refresh();
}

QHBoxLayout* MtpPanel::makeReadouts(QWidget* parent)
{
    m_acceptance = new Readout(tr("Drafts accepted"), tr("%"), QStringLiteral("100"), {}, parent);
    m_acceptance->setObjectName(QStringLiteral("acceptance"));
    m_speedUp = new Readout(tr("Implied speed-up"), tr("×"), QStringLiteral("9.99"), {}, parent);
    m_speedUp->setObjectName(QStringLiteral("speedUp"));
    m_loss = new Readout(tr("MTP loss"), tr("nats"), QStringLiteral("9.999"), {}, parent);
    m_loss->setObjectName(QStringLiteral("loss"));
    m_weight = new Readout(tr("Weight λ"), {}, QStringLiteral("0.30"), {}, parent);
    m_weight->setObjectName(QStringLiteral("weight"));
    m_weight->setExplanation(tr("How much the MTP loss counts: loss = main + λ × mean of the MTP losses.\n"
                                "DeepSeek-V3 report, section 2.2, eq. 25; there 0.3, later 0.1."));
    auto* layout = new QHBoxLayout;
    layout->setSpacing(kReadoutGap);
    for (Readout* readout : {m_acceptance, m_speedUp, m_loss, m_weight}) layout->addWidget(readout);
    layout->addStretch(1);
    return layout;
}

QWidget* MtpPanel::makeContent()
{
    auto* content = new QWidget(this);
    m_readouts = new QWidget(content);
    m_readouts->setLayout(makeReadouts(m_readouts));
    m_readouts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // a narrow wing loses the last of them
    m_readouts->layout()->setContentsMargins(0, 0, 0, 0);
    m_depthLine = new ElidedLabel(content);
    m_depthLine->setObjectName(QStringLiteral("depths"));
    m_flow = new TokenFlow(m_theme, &ThemeColors::mtp);
    m_flow->setAccessibleName(tr("Probe text with guesses"));
    m_scroll = scrollColumn(m_flow, {}, content);
    m_flow->installEventFilter(this);
    m_guesses = new GuessBars(m_theme, &ThemeColors::mtp, content);
    m_sampleTitle = new ElidedLabel(content);
    m_sampleTitle->setObjectName(QStringLiteral("sampleTitle"));
    m_sample = new SampleView(m_theme, content);
    m_sample->setAccessibleName(tr("What the model writes"));

    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_readouts);
    layout->addWidget(m_depthLine);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_guesses);
    layout->addSpacing(4);
    layout->addWidget(m_sampleTitle);
    layout->addWidget(m_sample, 1); // no higher than its text
    layout->addStretch();
    return content;
}

void MtpPanel::connectAll()
{
    const auto on = [this](Change change) { return [this, change] { refreshOf(change); }; };
    connect(&m_feed, &RunFeed::runStarted, this, on(Change::Frame));
    connect(&m_feed, &RunFeed::probeChanged, this, on(Change::Frame));
    connect(&m_feed, &RunFeed::numbersChanged, this, on(Change::Numbers));
    connect(&m_feed, &RunFeed::settingChanged, this, on(Change::Numbers));
    connect(&m_feed, &RunFeed::sampleChanged, this, on(Change::Sample));
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & Selection::Token) refreshOf(Change::Selection);
    });
    const auto mute = [this] { m_depthLine->setColor(m_theme.colors().muted); };
    connect(&m_theme, &Theme::changed, this, mute);
    mute();
    connect(m_flow, &TokenFlow::chosen, &m_selection, &Selection::setToken);
    connect(m_flow, &TokenFlow::hovered, this,
            [this](int token) { showGuesses(token >= 0 ? token : static_cast<int>(m_selection.token())); });
}

void MtpPanel::refreshOf(Change change)
{
    if (!mayRefreshPart()) return;
    switch (change) {
    case Change::Frame: refresh(); break;
    case Change::Numbers: refreshNumbers(); break;
    case Change::Selection: refreshSelection(); break;
    case Change::Sample: refreshSample(); break;
    }
}

void MtpPanel::refresh()
{
    refreshFrame();
    refreshNumbers();
    refreshSelection();
    refreshSample();
}

void MtpPanel::refreshFrame()
{
    m_frame = m_feed.probe();
    m_pages->setCurrentIndex(length() > 0 ? 1 : 0);
    m_texts = m_frame ? TokenTexts(m_frame->token_texts) : TokenTexts();
    m_drafts = m_frame ? judge_drafts(*m_frame) : DraftAcceptance();
    QStringList names = {tr("text"), tr("next")};
    for (int depth = 1; depth <= depths(); ++depth) names.push_back(tr("MTP %1").arg(depth));
    m_flow->setCells(makeCells(), names);
}

std::vector<FlowCell> MtpPanel::makeCells() const
{
    std::vector<FlowCell> cells;
    for (int token = 0; token < length(); ++token) cells.push_back(makeCell(token));
    return cells;
}

FlowGuess MtpPanel::makeGuess(const std::vector<std::vector<Guess>>& guesses, int token, int ahead) const
{
    const auto position = static_cast<std::size_t>(token);
    if (position >= guesses.size() || guesses[position].empty()) return {};
    const Guess& best = guesses[position][0];
    const auto target = position + static_cast<std::size_t>(ahead);
    const bool right = target < m_frame->tokens.size() && m_frame->tokens[target] == best.token;
    return {tokenLabel(best.text), static_cast<double>(best.probability), right, DraftState::None};
}

FlowCell MtpPanel::makeCell(int token) const
{
    FlowCell cell;
    cell.token = m_texts.label(token);
    cell.word = m_texts.wordOf(token);
    cell.breakAfter = cell.token == QChar(0x21B5);
    cell.guesses.push_back(makeGuess(m_frame->next, token, 1));
    for (int depth = 1; depth <= depths(); ++depth) {
        cell.guesses.push_back(makeGuess(m_frame->after_next[static_cast<std::size_t>(depth - 1)], token, depth + 1));
        cell.guesses.back().state =
            m_drafts.states[static_cast<std::size_t>(depth - 1)][static_cast<std::size_t>(token)];
    }
    cell.explanation = explain(token);
    return cell;
}

QString MtpPanel::list(const std::vector<Guess>& guesses) const
{
    QStringList parts;
    for (const Guess& guess : guesses)
        parts.push_back(tr("“%1” %2", "a token and its probability")
                            .arg(tokenLabel(guess.text), percentText(guess.probability, 1)));
    return parts.join(tr(", "));
}

QString MtpPanel::explain(int token) const
{
    const auto position = static_cast<std::size_t>(token);
    QStringList lines = {tr("After %1").arg(m_texts.name(token))};
    if (position < m_frame->next.size()) lines.push_back(tr("next: %1").arg(list(m_frame->next[position])));
    for (int depth = 1; depth <= depths(); ++depth) {
        const auto& guesses = m_frame->after_next[static_cast<std::size_t>(depth - 1)];
        if (position >= guesses.size() || guesses[position].empty()) continue;
        const DraftState state = m_drafts.states[static_cast<std::size_t>(depth - 1)][position];
        const QString verdict = state == DraftState::Accepted ? tr(" – accepted: the main head chooses the same there")
                                : state == DraftState::Rejected ? tr(" – rejected: the main head chooses another")
                                                                : QString();
        lines.push_back(tr("%1 tokens on, MTP %2: %3").arg(depth + 1).arg(depth).arg(list(guesses[position])) +
                        verdict);
    }
    return lines.join(QLatin1Char('\n'));
}

void MtpPanel::refreshNumbers()
{
    m_readouts->setVisible(depths() > 0);
    m_depthLine->setVisible(depths() != 1);
    if (depths() == 0) {
        m_depthLine->setText(tr("This model has no MTP module, so nothing is drafted."));
        m_depthLine->setHint(tr("A model with num_nextn_predict_layers of 1 or more drafts tokens further on."));
        return;
    }
    const DepthAcceptance& first = m_drafts.depths[0];
    m_acceptance->setValue(fixedText(100 * first.rate(), 0));
    m_acceptance->setExplanation(tr("%1 of %2 drafts of MTP 1 on the probe text are what the main head itself\n"
                                    "chooses one token later, so speculative decoding would accept them.\n"
                                    "DeepSeek-V3 report, section 5.4.3: 85 to 90 %.")
                                     .arg(first.accepted)
                                     .arg(first.drafts));
    m_speedUp->setValue(fixedText(first.drafts > 0 ? m_drafts.tokens_per_step() : std::nan(""), 2));
    m_speedUp->setExplanation(
        tr("Tokens per step of the main model if drafts that it would choose itself are kept:\n"
           "1 + p1 + p1 p2 + …, p the share of accepted drafts of a depth where those before it were accepted.\n"
           "Implied by the acceptance on this text, not measured; drafting is taken to cost nothing.\n"
           "DeepSeek-V3 report, section 5.4.3: 1.8."));
    m_loss->setValue(fixedText(m_feed.calm(Metric::MtpLoss), 3));
    m_loss->setExplanation(tr("Mean cross entropy of the MTP modules over the last 20 steps, in nats per token,\n"
                              "before its weight; in step %1 alone %2. The main head: %3.\n"
                              "DeepSeek-V3 report, section 2.2, eq. 24.")
                               .arg(countText(m_feed.shownStep()), fixedText(m_feed.value(Metric::MtpLoss), 3),
                                    fixedText(m_feed.calm(Metric::MainLoss), 3)));
    m_weight->setValue(fixedText(m_feed.settingShown("mtp_loss_weight", Metric::MtpLossWeight), 2));
    QStringList parts;
    for (int depth = 1; depth <= depths(); ++depth)
        parts.push_back(tr("MTP %1: %2 accepted, loss %3")
                            .arg(depth)
                            .arg(percentText(m_drafts.depths[static_cast<std::size_t>(depth - 1)].rate(), 0),
                                 fixedText(m_feed.calm({Metric::DepthLoss, depth}), 3)));
    m_depthLine->setText(parts.join(tr(" · ")));
    m_depthLine->setHint(tr("Share of the drafts on this text that would be accepted;\n"
                            "loss in nats per token, mean of the last 20 steps."));
}

void MtpPanel::refreshSelection()
{
    const int token = m_selection.token() < length() ? static_cast<int>(m_selection.token()) : -1;
    m_flow->setSelected(token);
    if (token >= 0) {
        const QRect place = m_flow->cellRect(token);
        m_scroll->ensureVisible(place.center().x(), place.center().y(), 0, place.height() / 2 + 4);
    }
    showGuesses(token);
}

void MtpPanel::showGuesses(int token)
{
    // Without a choice the last token is the one that people are curious about: how does it go on?
    const int shown = token >= 0 && token < length() ? token : length() - 1;
    if (shown < 0) return;
    const auto position = static_cast<std::size_t>(shown);
    const auto column = [&](const QString& title, const std::vector<std::vector<Guess>>& guesses, int ahead) {
        GuessColumn result{title, position < guesses.size() ? guesses[position] : std::vector<Guess>{}, -1};
        const auto target = position + static_cast<std::size_t>(ahead);
        for (std::size_t i = 0; i < result.guesses.size() && target < m_frame->tokens.size(); ++i)
            if (result.guesses[i].token == m_frame->tokens[target]) result.marked = static_cast<int>(i);
        return result;
    };
    std::vector<GuessColumn> columns = {column(tr("next, after %1").arg(m_texts.name(shown)), m_frame->next, 1)};
    for (int depth = 1; depth <= depths(); ++depth)
        columns.push_back(column(tr("%1 tokens on: MTP %2").arg(depth + 1).arg(depth),
                                 m_frame->after_next[static_cast<std::size_t>(depth - 1)], depth + 1));
    m_guesses->show(std::move(columns), tr("the text ends before"));
}

void MtpPanel::refreshSample()
{
    const auto& sample = m_feed.sample();
    m_sampleTitle->setText(sample ? tr("The model writes, after step %1").arg(countText(sample->step))
                                  : tr("The model writes"));
    m_sampleTitle->setHint(tr("What the model makes of the beginning of a validation text, at temperature 0.7.\n"
                              "Grey: what it was given. Spaces are dots, line ends arrows."));
    if (!sample) {
        m_sample->setSample(tr("After the first validation you can read here what the model has learnt to write."),
                            INT_MAX);
        return;
    }
    const auto bytes = static_cast<qsizetype>(std::min(sample->given_bytes, sample->text.size()));
    const auto given = QString::fromUtf8(sample->text.data(), bytes).size();
    m_sample->setSample(QString::fromStdString(sample->text), static_cast<int>(given));
}

void MtpPanel::resizeEvent(QResizeEvent* event)
{
    LazyPanel::resizeEvent(event);
    m_guesses->setVisible(height() >= kRoomForGuesses);
    int used = 0;
    for (Readout* readout : {m_acceptance, m_speedUp, m_loss, m_weight}) {
        used += readout->minimumSizeHint().width();
        readout->setVisible(used <= width());
        used += kReadoutGap;
    }
}

bool MtpPanel::eventFilter(QObject* watched, QEvent* event)
{
    // The text takes the room that it needs; what is left goes to what stands below.
    if (watched == m_flow && event->type() == QEvent::Resize)
        m_scroll->setMaximumHeight(std::max(m_flow->minimumHeight(), kLeastText) + 2);
    return LazyPanel::eventFilter(watched, event);
}

std::vector<Twin> MtpPanel::twins()
{
    const auto frame = m_feed.probe();
    if (!frame || frame->tokens.empty()) return {};
    QStringList headers = {tr("position"), tr("token"), tr("next"), tr("probability of next")};
    for (std::size_t depth = 1; depth <= frame->after_next.size(); ++depth)
        headers << tr("MTP %1").arg(depth) << tr("probability of MTP %1").arg(depth)
                << tr("MTP %1 accepted").arg(depth);
    const auto cell = [frame, drafts = judge_drafts(*frame)](int token, int column) -> QVariant {
        const auto t = static_cast<std::size_t>(token);
        if (column == 0) return token;
        if (column == 1) return tokenLabel(frame->token_texts[t]);
        // Columns of the main head, then three of each module.
        const bool main = column < 4;
        const auto depth = static_cast<std::size_t>(main ? 0 : (column - 4) / 3);
        const int part = main ? column - 2 : (column - 4) % 3;
        const auto& guesses = main ? frame->next : frame->after_next[depth];
        if (t >= guesses.size() || guesses[t].empty()) return {};
        if (part == 0) return tokenLabel(guesses[t][0].text);
        if (part == 1) return guesses[t][0].probability;
        switch (drafts.states[depth][t]) {
        case DraftState::Accepted: return tr("yes");
        case DraftState::Rejected: return tr("no");
        case DraftState::None: break;
        }
        return {};
    };
    return {twinTable(*this, "guesses", tr("Guesses for the probe text, step %1").arg(countText(frame->step)), headers,
                      static_cast<int>(frame->tokens.size()), cell),
            alternativesTwin(*frame)};
}

/// All guesses of a place, where the first table has the best of each head.
Twin MtpPanel::alternativesTwin(const ProbeFrame& frame)
{
    struct Row {
        int position;
        int head; ///< 0: the main one
        int rank; ///< from 1
        Guess guess;
    };
    std::vector<Row> rows;
    for (int t = 0; t < static_cast<int>(frame.tokens.size()); ++t)
        for (int head = 0; head <= static_cast<int>(frame.after_next.size()); ++head) {
            const auto& guesses = head == 0 ? frame.next : frame.after_next[static_cast<std::size_t>(head) - 1];
            if (static_cast<std::size_t>(t) >= guesses.size()) continue;
            int rank = 0;
            for (const Guess& guess : guesses[static_cast<std::size_t>(t)]) rows.push_back({t, head, ++rank, guess});
        }
    const auto count = static_cast<int>(rows.size());
    const auto cell = [rows = std::move(rows), texts = frame.token_texts](int index, int column) -> QVariant {
        const Row& row = rows[static_cast<std::size_t>(index)];
        switch (column) {
        case 0: return row.position;
        case 1: return tokenLabel(texts[static_cast<std::size_t>(row.position)]);
        case 2: return row.head == 0 ? tr("next") : tr("MTP %1").arg(row.head);
        case 3: return row.rank;
        case 4: return tokenLabel(row.guess.text);
        default: return row.guess.probability;
        }
    };
    return twinTable(*this, "alternatives", tr("All guesses for the probe text, step %1").arg(countText(frame.step)),
                     {tr("position"), tr("token"), tr("head"), tr("rank"), tr("guess"), tr("probability")}, count,
                     cell);
}

} // namespace

Panel* createMtpPanel(const PanelContext& context, QWidget* parent)
{
    return new MtpPanel(context, parent);
}

} // namespace triptych

#include "mtp_panel.moc"
