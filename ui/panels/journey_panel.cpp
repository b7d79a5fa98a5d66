// The token journey: one token of the probe text through all layers, to the head's choice and what MTP expected.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/token_journey.h"
#include "ui/models/twin_table.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/probe_note.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/journey_view.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/token_text.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace triptych {

Panel* createJourneyPanel(const PanelContext& context, QWidget* parent);

namespace {

class JourneyPanel final : public LazyPanel {
    Q_OBJECT

public:
    JourneyPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    QWidget* headerWidget() override { return m_controls; }
    WatchSet watches() const override { return {.lens = true}; } // and the probe text
    QVariantMap saveState() const override { return {{QStringLiteral("allHeads"), m_allHeads}}; }
    void restoreState(const QVariantMap& state) override;

protected:
    void refresh() override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeControls();
    QWidget* makeContent();
    void connectAll();
    void refreshOf(std::uint8_t parts);
    void showControls();
    void showJourney();
    void showLensNote();
    void chooseHeads(int index);
    void askForLens();
    JourneyRow makeRow(int layer) const;
    JourneyRow makeEnd() const;
    JourneyChip routeChip(const JourneyRoute& route, const JourneyStep& step, float sum) const;
    JourneyChip lookChip(const JourneyLook& look) const;
    QString lookName(const JourneyLook& look) const;
    std::vector<JourneyGuess> guessesOf(const std::vector<Guess>& guesses) const;
    int length() const { return m_frame ? static_cast<int>(m_frame->tokens.size()) : 0; }
    std::int64_t head() const
    {
        return m_allHeads ? kAllHeads : std::clamp<std::int64_t>(m_selection.head(), 0, m_frame->heads - 1);
    }

    RunFeed& m_feed;
    Selection& m_selection;
    std::function<void(Command)> m_post;
    std::shared_ptr<const ProbeFrame> m_frame;
    TokenTexts m_texts;
    int m_token = 0; ///< the one that is shown
    bool m_allHeads = true;
    std::int64_t m_focus = -1; ///< the token that the session was asked to read
    std::int32_t m_final = -1; ///< what the head chooses after the token

    QStackedLayout* m_pages;
    QWidget* m_controls;
    Stepper* m_tokens;
    Stepper* m_heads;
    ElidedLabel* m_title;
    ElidedLabel* m_lensNote;
    JourneyView* m_view;
};

JourneyPanel::JourneyPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_post(context.post),
      m_pages(new QStackedLayout(this)), m_controls(makeControls())
{
    m_pages->addWidget(
        probeNote(m_feed,
                  tr("Here you will follow one token of the probe text through all layers:\nwhich experts got "
                     "it, which tokens it looked at, what the model would have said after each layer.\nStart a "
                     "run: it comes with the first steps."),
                  this));
    auto* content = makeContent();
    m_view = new JourneyView(context.theme, content);
    content->layout()->addWidget(m_view);
    m_pages->addWidget(content);
    giveFocusTo(*this, *m_view);
    const auto mute = [this, &theme = context.theme] {
        for (ElidedLabel* label : {m_title, m_lensNote}) label->setColor(theme.colors().muted);
    };
    connect(&context.theme, &Theme::changed, this, mute);
    mute();
    connectAll();
    refresh();
}

QWidget* JourneyPanel::makeControls()
{
    auto* controls = new QWidget(this);
    m_tokens = new Stepper(tr("Token"), controls);
    m_tokens->setObjectName(QStringLiteral("tokens"));
    m_heads = new Stepper(tr("Heads"), controls);
    m_heads->setObjectName(QStringLiteral("heads"));
    m_heads->setToolTip(tr("Whose attention “looks at” shows: of one head, or of all heads, then each token\n"
                           "by the head that looks at it most."));
    m_title = new ElidedLabel(controls);
    m_title->setObjectName(QStringLiteral("journeyTitle"));
    controls->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    auto* layout = new QHBoxLayout(controls);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_tokens);
    layout->addWidget(m_heads);
    return controls;
}

QWidget* JourneyPanel::makeContent()
{
    auto* content = new QWidget(this);
    m_lensNote = new ElidedLabel(content);
    m_lensNote->setObjectName(QStringLiteral("lensNote"));
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_controls); // until a card takes them
    layout->addWidget(m_lensNote);
    return content;
}

void JourneyPanel::connectAll()
{
    const auto all = [this] { refreshOf(0xff); };
    connect(&m_feed, &RunFeed::probeChanged, this, all);
    connect(&m_feed, &RunFeed::runStarted, this, all);
    connect(&m_feed, &RunFeed::stateChanged, this, all);
    connect(&m_selection, &Selection::partsChanged, this, &JourneyPanel::refreshOf);
    connect(m_tokens, &Stepper::chosen, this, [this](int token) { m_selection.setToken(token); });
    connect(m_heads, &Stepper::chosen, this, &JourneyPanel::chooseHeads);
    connect(m_view, &JourneyView::rowChosen, this, [this](int row) { m_selection.setLayer(row); });
    connect(m_view, &JourneyView::expertChosen, this,
            [this](int row, int expert) { m_selection.setExpertOfLayer(row, expert); });
    connect(m_view, &JourneyView::tokenChosen, this, [this](int token) { m_selection.setToken(token); });
}

void JourneyPanel::restoreState(const QVariantMap& state)
{
    const QVariant all = state.value(QStringLiteral("allHeads"));
    if (all.typeId() == QMetaType::Bool) m_allHeads = all.toBool();
    refreshOf(0xff);
}

void JourneyPanel::chooseHeads(int index)
{
    m_allHeads = index == 0;
    if (!m_allHeads && m_selection.head() != index - 1)
        m_selection.setHead(index - 1);
    else
        refreshOf(Selection::Head);
}

void JourneyPanel::refreshOf(std::uint8_t parts)
{
    if (!mayRefreshPart()) return;
    // Another layer alone changes which row is marked, and nothing in it.
    if (parts == Selection::Layer && m_frame)
        m_view->setChosen(static_cast<int>(m_selection.layer()));
    else
        refresh();
}

void JourneyPanel::showEvent(QShowEvent* event)
{
    LazyPanel::showEvent(event);
    askForLens();
}

void JourneyPanel::refresh()
{
    m_frame = m_feed.probe();
    const bool there = length() > 0 && main_layers(*m_frame) > 0;
    m_pages->setCurrentIndex(there ? 1 : 0);
    m_controls->setVisible(there);
    if (!there) return;
    m_texts = TokenTexts(m_frame->token_texts);
    const std::int64_t chosen = m_selection.token();
    m_token = chosen >= 0 && chosen < length() ? static_cast<int>(chosen) : length() - 1;
    showControls();
    showJourney();
    showLensNote();
    askForLens();
}

void JourneyPanel::showControls()
{
    QStringList tokens;
    for (int token = 0; token < length(); ++token)
        tokens << tr("%1  %2", "position and text of a token").arg(token).arg(m_texts.label(token));
    m_tokens->setItems(tokens);
    m_tokens->setIndex(m_token);
    QStringList heads = {tr("all heads")};
    for (std::int64_t h = 0; h < m_frame->heads; ++h) heads << tr("head %1").arg(h);
    m_heads->setItems(heads);
    m_heads->setIndex(static_cast<int>(head() + 1));
    QString title =
        tr("%1, token %2 of %3, at step %4")
            .arg(m_texts.name(m_token), countText(m_token + 1), countText(length()), countText(m_frame->step));
    if (m_frame->pool > 1) title += tr("; attention is kept by neighbours of %1 tokens").arg(countText(m_frame->pool));
    m_title->setText(title);
}

void JourneyPanel::showJourney()
{
    const JourneyEnd end = journey_end(*m_frame, m_token);
    m_final = end.next.empty() ? -1 : end.next[0].token;
    int most = 0;
    std::int32_t largest = 0;
    for (const auto& layer : m_frame->routes)
        if (!layer.empty()) {
            most = std::max(most, static_cast<int>(layer[static_cast<std::size_t>(m_token)].size()));
            for (const std::int32_t e : layer[static_cast<std::size_t>(m_token)]) largest = std::max(largest, e);
        }
    const auto* run = m_feed.run();
    const std::int64_t experts = std::max<std::int64_t>(run ? run->experts - 1 : 0, largest);
    m_view->setRows(
        static_cast<int>(main_layers(*m_frame)), [this](int layer) { return makeRow(layer); }, most,
        QStringLiteral("e%1 0.00").arg(QString(QString::number(experts).size(), QLatin1Char('0'))));
    m_view->setEnd(makeEnd());
    m_view->setChosen(static_cast<int>(m_selection.layer()));
}

void JourneyPanel::showLensNote()
{
    m_lensNote->setVisible(!has_lens(*m_frame, m_token));
    const auto* run = m_feed.run();
    const bool large = run && run->config.vocab_size > 32'768;
    if (!m_lensNote->isHidden()) {
        if (m_feed.isHeld())
            m_lensNote->setText(tr("What the model would have said after each layer was not recorded at this step: it "
                                   "is kept of the steps at which this page was open."));
        else if (m_feed.isLive())
            m_lensNote->setText(large ? tr("What the model would say after each layer comes with the next pass, of a "
                                           "large vocabulary for the chosen token alone.")
                                      : tr("What the model would say after each layer comes with the next pass."));
        else
            m_lensNote->setText(
                tr("What the model would say after each layer was not recorded in this run; train it on to read it."));
    }
}

void JourneyPanel::askForLens()
{
    if (!isVisible() || length() == 0 || !m_feed.isLive() || m_focus == m_token) return;
    m_focus = m_token;
    m_post(command::SetProbeFocus{m_token});
}

JourneyChip JourneyPanel::routeChip(const JourneyRoute& route, const JourneyStep& step, float sum) const
{
    JourneyChip chip;
    chip.name = QStringLiteral("e%1").arg(route.expert);
    chip.number = fixedText(static_cast<double>(route.weight), 2);
    chip.weight = sum > 0 ? static_cast<double>(route.weight / sum) * static_cast<double>(step.routes.size()) / 2 : 0;
    chip.target = route.expert;
    chip.chosen = m_selection.layer() == step.layer && m_selection.expert() == route.expert;
    chip.explanation =
        tr("Expert %1 of layer %2: its output counts %3, %4 of the weight of all experts of this token.\n"
           "DeepSeek-V3 report, section 2.1.2, eq. 12 to 16.")
            .arg(countText(route.expert), countText(step.layer), fixedText(static_cast<double>(route.weight), 3),
                 percentText(sum > 0 ? static_cast<double>(route.weight / sum) : 0));
    return chip;
}

QString JourneyPanel::lookName(const JourneyLook& look) const
{
    QString name;
    for (std::int64_t i = 0; i < look.count; ++i) name += m_texts.label(static_cast<int>(look.token + i));
    return name;
}

JourneyChip JourneyPanel::lookChip(const JourneyLook& look) const
{
    JourneyChip chip;
    const auto weight = static_cast<double>(look.weight);
    chip.name = lookName(look);
    chip.number = percentText(weight, 0);
    chip.weight = weight;
    chip.target = static_cast<int>(look.token);
    const QString of = look.count > 1
                           ? tr("“%1” (tokens from %2 on; the largest of them)").arg(chip.name, countText(look.token))
                       : look.token == m_token
                           ? tr("itself, %1 (token %2)").arg(m_texts.name(m_token), countText(look.token))
                           : tr("%1 (token %2)").arg(m_texts.name(static_cast<int>(look.token)), countText(look.token));
    chip.explanation =
        tr("Head %1 gives %2 of its attention to %3.").arg(countText(look.head), percentText(weight), of);
    return chip;
}

std::vector<JourneyGuess> JourneyPanel::guessesOf(const std::vector<Guess>& guesses) const
{
    std::vector<JourneyGuess> result;
    for (const Guess& guess : guesses) {
        if (result.size() == 3) break;
        result.push_back({tokenLabel(guess.text), percentText(guess.probability, 0),
                          static_cast<double>(guess.probability), guess.token == m_final});
    }
    return result;
}

JourneyRow JourneyPanel::makeRow(int layer) const
{
    const JourneyStep step = journey_step(*m_frame, layer, m_token, head());
    JourneyRow row;
    row.label = QString::number(layer);
    float sum = 0;
    for (const JourneyRoute& route : step.routes) sum += route.weight;
    for (const JourneyRoute& route : step.routes) row.routes.push_back(routeChip(route, step, sum));
    if (step.routes.empty()) row.routesNote = tr("dense");
    for (const JourneyLook& look : step.looks) row.looks.push_back(lookChip(look));
    row.guesses = guessesOf(step.lens);
    row.guessesNote = noNumber();
    QStringList parts;
    for (const JourneyChip& chip : row.routes) parts << chip.name + QLatin1Char(' ') + chip.number;
    QStringList lines = {step.routes.empty() ? tr("Layer %1 is dense: one feed-forward part for all tokens.").arg(layer)
                                             : tr("Layer %1: experts %2.").arg(layer).arg(parts.join(tr(", ")))};
    parts.clear();
    for (const JourneyChip& chip : row.looks)
        parts << tr("“%1” %2", "a token and its share").arg(chip.name, chip.number);
    if (!parts.isEmpty()) lines << tr("It looks at %1.").arg(parts.join(tr(", ")));
    parts.clear();
    for (const JourneyGuess& guess : row.guesses)
        parts << tr("“%1” %2", "a token and its share").arg(guess.text, guess.number);
    if (!parts.isEmpty()) lines << tr("If the model ended here it would say %1.").arg(parts.join(tr(", ")));
    row.description = lines.join(QLatin1Char('\n'));
    return row;
}

JourneyRow JourneyPanel::makeEnd() const
{
    const JourneyEnd end = journey_end(*m_frame, m_token);
    JourneyRow row;
    row.label = tr("head");
    row.guesses = guessesOf(end.next);
    row.guessesNote = noNumber();
    QStringList said;
    for (const JourneyDraft& draft : end.drafts)
        said << tr("MTP %1 expected “%2” %3 %4: %5", "depth, token, probability, when, verdict")
                    .arg(draft.depth)
                    .arg(tokenLabel(draft.guess.text), percentText(draft.guess.probability, 0),
                         draft.depth == 1 ? tr("one token earlier") : tr("%1 tokens earlier").arg(draft.depth),
                         draft.same ? tr("✓ the same") : tr("✗ another"));
    if (m_frame->after_next.empty())
        said << tr("this model has no MTP module that could have expected it");
    else if (said.isEmpty())
        said << tr("the text begins here: no MTP module could expect it");
    row.routesNote = said.join(tr("; "));
    QStringList parts;
    for (const JourneyGuess& guess : row.guesses)
        parts << tr("“%1” %2", "a token and its share").arg(guess.text, guess.number);
    row.description = tr("After %1 the head chooses %2.\n%3.\nDeepSeek-V3 report, section 2.2.")
                          .arg(m_texts.name(m_token), parts.join(tr(", ")), row.routesNote);
    return row;
}

std::vector<Twin> JourneyPanel::twins()
{
    m_frame = m_feed.probe();
    if (length() == 0 || main_layers(*m_frame) < 1) return {};
    struct Row {
        int layer;
        QString what, to;
        float weight;
        std::int64_t head;
    };
    const std::int64_t chosen = m_selection.token();
    const std::int64_t token = chosen >= 0 && chosen < length() ? chosen : length() - 1;
    std::vector<Row> rows;
    for (int layer = 0; layer < main_layers(*m_frame); ++layer) {
        const JourneyStep step = journey_step(*m_frame, layer, token, head());
        for (const JourneyRoute& route : step.routes)
            rows.push_back({layer, tr("expert"), QString::number(route.expert), route.weight, -1});
        for (const JourneyLook& look : step.looks)
            rows.push_back({layer, tr("looks at token"), QString::number(look.token), look.weight, look.head});
        for (const Guess& guess : step.lens)
            rows.push_back({layer, tr("would say"), tokenLabel(guess.text), guess.probability, -1});
    }
    const JourneyEnd end = journey_end(*m_frame, token);
    const auto after = static_cast<int>(main_layers(*m_frame));
    for (const Guess& guess : end.next)
        rows.push_back({after, tr("says"), tokenLabel(guess.text), guess.probability, -1});
    for (const JourneyDraft& draft : end.drafts)
        rows.push_back(
            {after, tr("MTP %1 expected").arg(draft.depth), tokenLabel(draft.guess.text), draft.guess.probability, -1});
    const auto count = static_cast<int>(rows.size());
    const auto cell = [rows = std::move(rows), after](int r, int column) -> QVariant {
        const Row& row = rows[static_cast<std::size_t>(r)];
        switch (column) {
        case 0: return row.layer == after ? QVariant(tr("head")) : QVariant(row.layer);
        case 1: return row.what;
        case 2: return row.to;
        case 3: return row.weight;
        default: return row.head < 0 ? QVariant() : countCell(row.head);
        }
    };
    return {twinTable(*this, "journey", tr("Token %1, step %2").arg(countText(token), countText(m_frame->step)),
                      {tr("layer"), tr("what"), tr("which"), tr("weight or probability"), tr("head of attention")},
                      count, cell)};
}

} // namespace

Panel* createJourneyPanel(const PanelContext& context, QWidget* parent)
{
    return new JourneyPanel(context, parent);
}

} // namespace triptych

#include "journey_panel.moc"
