// Which tokens of the vocabulary choose which expert: a row for each expert of a layer, the most special first.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/load_tracker.h"
#include "core/session/vocabulary_counter.h"
#include "ui/models/twin_table.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/routed_layers.h"
#include "ui/widgets/bar_rows.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/word_rows.h"

#include <QCoreApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <utility>

namespace triptych {

namespace {

constexpr int kRoomForLayers = 640; // beside the experts
constexpr int kLayersWidth = 220;

/// Whether anything was counted in a layer of the frame.
bool hasWords(const LoadFrame* frame)
{
    return frame && frame->layers.size() == frame->words.size() && frame->word_share.size() == frame->words.size() &&
           std::any_of(frame->words.begin(), frame->words.end(), [](const auto& layer) { return !layer.empty(); });
}

class MoeWordsPanel final : public LazyPanel {
    Q_OBJECT

public:
    MoeWordsPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    WatchSet watches() const override { return {.probe = false, .pairs = true}; } // tokens are counted with the pairs

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override
    {
        Panel::resizeEvent(event);
        arrange();
    }
    void showEvent(QShowEvent* event) override
    {
        LazyPanel::showEvent(event);
        m_inView = {-1, -1}; // now there is a view
        if (m_pages->currentIndex() == 1) showSelection();
    }

private:
    QWidget* makeContent();
    void connectAll();
    void explain();
    void arrange();
    void showEmpty();
    void showExperts();
    void showLayers();
    void showSelection();
    QString sinceText() const;
    double chance(const LoadFrame& frame) const; ///< K / E; not-a-number: not known
    std::int64_t mainLayers() const { return m_feed.run() ? m_feed.run()->layers : -1; }

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    std::shared_ptr<const LoadFrame> m_frame;
    std::size_t m_row = 0;
    std::pair<std::int64_t, std::int64_t> m_inView{-1, -1}; ///< layer and expert that were scrolled to

    QStackedLayout* m_pages;
    QLabel* m_empty;
    RoutedLayers* m_layers;
    ElidedLabel* m_readout;
    ElidedLabel* m_byLayer;
    WordRows* m_experts;
    QScrollArea* m_expertScroll;
    BarRows* m_layerBars;
    QScrollArea* m_layerScroll;
};

MoeWordsPanel::MoeWordsPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_pages(new QStackedLayout(this)), m_empty(emptyNote({}, this))
{
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeContent());
    explain();
    giveFocusTo(*this, *m_experts);
    connectAll();
    refresh();
}

QWidget* MoeWordsPanel::makeContent()
{
    auto* content = new QWidget(this);
    m_layers = new RoutedLayers(m_selection, content);
    m_readout = new ElidedLabel(content);
    m_readout->setObjectName(QStringLiteral("readout"));
    m_byLayer = new ElidedLabel(content);
    m_byLayer->setObjectName(QStringLiteral("byLayer"));
    m_experts = new WordRows(m_theme, &ThemeColors::moe);
    m_experts->setObjectName(QStringLiteral("expertWords"));
    m_experts->setAccessibleName(tr("Experts and the tokens that choose them"));
    m_experts->setEmptyText(tr("No token of this layer came often enough yet."));
    m_expertScroll = scrollColumn(m_experts, {}, content);
    m_layerBars = new BarRows(m_theme, &ThemeColors::moe);
    m_layerBars->setObjectName(QStringLiteral("layerShares"));
    m_layerBars->setAccessibleName(tr("Share of a token's favourite expert by layer"));
    m_layerBars->setChoosable(true);
    m_layerScroll = scrollColumn(m_layerBars, {}, content);
    m_layerScroll->setFixedWidth(kLayersWidth);
    auto* lists = new QHBoxLayout;
    lists->setSpacing(16);
    lists->addWidget(m_expertScroll, 1);
    lists->addWidget(m_layerScroll);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_layers, 0, Qt::AlignLeft);
    layout->addWidget(m_readout);
    layout->addWidget(m_byLayer);
    layout->addLayout(lists, 1);
    return content;
}

void MoeWordsPanel::explain()
{
    const QString share = tr("Vocabulary specialisation: of all occurrences of a token, the share that chose the "
                             "expert\n(OLMoE, arXiv 2409.02060, section 5.4). By chance about K / E, since each token "
                             "chooses K of E experts.");
    const QString counted =
        tr("Counted in every %1th step, those of the last 130 steps for most: of the first %2 tokens of the vocabulary "
           "that came,\nthose seen %3 times at least.")
            .arg(countText(LoadTracker::kPairStride), countText(VocabularyCounter::kMostTokens),
                 countText(static_cast<std::int64_t>(VocabularyCounter::kFewest))) +
        QLatin1Char('\n') + tr("The history of a run keeps them at some steps, at first one in 64.");
    const QString mean = tr(
        "Here the largest share that an expert has of a token, as the mean over the tokens, each of the same weight.");
    m_experts->setToolTip(
        share + QLatin1Char('\n') + counted + QLatin1Char('\n') +
        tr("The bar is the largest share of an expert, the line is at chance; the most special expert comes first."));
    for (ElidedLabel* label : {m_readout, m_byLayer})
        label->setHint(share + QLatin1Char('\n') + mean + QLatin1Char('\n') + counted);
    m_layerBars->setToolTip(share + QLatin1Char('\n') + mean + QLatin1Char('\n') + tr("The line is at chance."));
}

void MoeWordsPanel::connectAll()
{
    connect(m_experts, &WordRows::chosen, this, [this](int row) {
        if (!m_frame || m_row >= m_frame->layers.size()) return;
        m_selection.setExpertOfLayer(m_frame->layers[m_row].layer,
                                     m_experts->rows()[static_cast<std::size_t>(row)].expert);
    });
    connect(m_layerBars, &BarRows::chosen, this, [this](int row) {
        if (m_frame && static_cast<std::size_t>(row) < m_frame->layers.size())
            m_selection.setLayer(m_frame->layers[static_cast<std::size_t>(row)].layer);
    });
    const auto mute = [this] { m_byLayer->setColor(m_theme.colors().muted); };
    connect(&m_theme, &Theme::changed, this, mute);
    mute();
    connect(&m_feed, &RunFeed::loadsChanged, this, &MoeWordsPanel::refreshSoon);
    connect(&m_feed, &RunFeed::runStarted, this, &MoeWordsPanel::refreshSoon);
    connect(&m_feed, &RunFeed::stateChanged, this, &MoeWordsPanel::refreshSoon);
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Expert)) refreshSoon();
    });
}

void MoeWordsPanel::refresh()
{
    m_frame = m_feed.loads();
    const bool there = hasWords(m_frame.get());
    m_pages->setCurrentIndex(there ? 1 : 0);
    if (!there) return showEmpty();
    m_row = rowOfLayer(*m_frame, m_selection.layer());
    m_layers->setLayers(*m_frame, mainLayers(), m_row);
    showExperts();
    showLayers();
    arrange();
    showSelection();
}

/// Layers are bars where these have room beside the experts, else a line.
void MoeWordsPanel::arrange()
{
    const bool beside = width() >= kRoomForLayers;
    m_layerScroll->setVisible(beside);
    m_byLayer->setVisible(!beside);
}

void MoeWordsPanel::showEmpty()
{
    const auto* run = m_feed.run();
    if (run && run->experts == 0)
        m_empty->setText(tr("This model has no experts: every layer is dense."));
    else if (run && m_feed.isHeld())
        m_empty->setText(
            tr("Which tokens choose which expert was not kept before step %1.").arg(countText(m_feed.shownStep())));
    else if (run && !m_feed.isLive())
        m_empty->setText(tr("The history of this run has not kept which tokens choose which expert: older versions did "
                            "not.\nTrain it on (Run, Go on), and the next steps show them here."));
    else if (run)
        m_empty->setText(tr("Which tokens choose which expert appears here with the next steps:\nevery eighth one "
                            "counts them, and a token is named when it came often enough."));
    else
        m_empty->setText(tr("Which tokens choose which expert appears here with the first training steps:\na row for "
                            "each expert, with the tokens that go there more often than by chance."));
}

/// Of which step they are, where that is not the newest of a run that goes on.
QString MoeWordsPanel::sinceText() const
{
    if ((m_feed.isLive() && !m_feed.isHeld()) || m_frame->words_step == 0) return {};
    return tr("as at step %1 · ").arg(countText(m_frame->words_step));
}

double MoeWordsPanel::chance(const LoadFrame& frame) const
{
    const auto* run = m_feed.run();
    if (!run || frame.experts == 0) return std::numeric_limits<double>::quiet_NaN();
    const std::int64_t active = frame.control.active > 0 ? frame.control.active : run->experts_per_token;
    return static_cast<double>(active) / static_cast<double>(frame.experts);
}

void MoeWordsPanel::showExperts()
{
    std::vector<WordRow> rows;
    for (const auto& words : m_frame->words[m_row]) {
        WordRow row{.expert = static_cast<std::int64_t>(rows.size()), .words = {}};
        for (const LoadFrame::Word& word : words)
            row.words.push_back({QString::fromStdString(word.text), static_cast<double>(word.share)});
        rows.push_back(std::move(row));
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const WordRow& a, const WordRow& b) { return a.largest() > b.largest(); });
    m_experts->setRows(std::move(rows), chance(*m_frame));
}

void MoeWordsPanel::showLayers()
{
    std::vector<BarRow> bars;
    QStringList parts;
    for (std::size_t i = 0; i < m_frame->layers.size(); ++i) {
        const std::int64_t layer = m_frame->layers[i].layer;
        const double share = m_frame->word_share[i];
        const QString number = share > 0 ? percentText(share, 0) : noNumber();
        bars.push_back({.name = layerTitle(layer, mainLayers()), .value = share, .number = number, .explanation = {}});
        parts << tr("%1: %2", "a layer and its share").arg(layerLabel(layer, mainLayers()), number);
    }
    m_layerBars->setRows(std::move(bars), 1, chance(*m_frame));
    m_layerBars->setMinimumHeight(m_layerBars->fullHeight()); // what has no room is scrolled to
    m_layerBars->setSelected(static_cast<int>(m_row));
    m_byLayer->setText(tr("By layer – %1").arg(parts.join(QStringLiteral(" · "))));
    const double share = m_frame->word_share[m_row];
    const double byChance = chance(*m_frame);
    m_readout->setText(sinceText() +
                       (share > 0 ? tr("A token goes to its favourite expert %1 of the time (chance: %2)")
                                        .arg(percentText(share, 0), percentText(byChance, byChance < 0.1 ? 1 : 0))
                                  : tr("No token of this layer came often enough yet.")));
}

/// Scrolled to where it is another one: who scrolls away is let alone.
void MoeWordsPanel::showSelection()
{
    const auto& rows = m_experts->rows();
    const auto chosen =
        std::find_if(rows.begin(), rows.end(), [&](const WordRow& r) { return r.expert == m_selection.expert(); });
    const int row = chosen == rows.end() ? -1 : static_cast<int>(chosen - rows.begin());
    m_experts->setSelected(row);
    const std::pair now(m_frame->layers[m_row].layer, m_selection.expert());
    if (std::exchange(m_inView, now) == now) return;
    const auto bring = [](QScrollArea& scroll, const RowList& list, int index) {
        QEvent laid(QEvent::LayoutRequest); // rows that came just now have their place at once
        QCoreApplication::sendEvent(&scroll, &laid);
        scroll.ensureVisible(0, list.row(index).center().y(), 0, 2 * list.rowHeight());
    };
    if (row >= 0) bring(*m_expertScroll, *m_experts, row);
    bring(*m_layerScroll, *m_layerBars, static_cast<int>(m_row));
}

std::vector<Twin> MoeWordsPanel::twins()
{
    const auto frame = m_feed.loads();
    if (!hasWords(frame.get())) return {};
    // Where the tokens of each expert begin, all layers one after another.
    std::vector<int> begins{0};
    std::vector<std::pair<std::size_t, std::size_t>> experts;
    for (std::size_t i = 0; i < frame->words.size(); ++i)
        for (std::size_t e = 0; e < frame->words[i].size(); ++e) {
            experts.emplace_back(i, e);
            begins.push_back(begins.back() + static_cast<int>(frame->words[i][e].size()));
        }
    const int rows = begins.back();
    const auto cell = [frame, begins = std::move(begins), experts = std::move(experts), main = mainLayers(),
                       chance = chance(*frame)](int row, int column) -> QVariant {
        const auto at = std::upper_bound(begins.begin(), begins.end(), row) - begins.begin() - 1;
        const auto& [i, e] = experts[static_cast<std::size_t>(at)];
        const int rank = row - begins[static_cast<std::size_t>(at)];
        const LoadFrame::Word& word = frame->words[i][e][static_cast<std::size_t>(rank)];
        switch (column) {
        case 0: return layerCell(frame->layers[i].layer, main);
        case 1: return countCell(static_cast<std::int64_t>(e));
        case 2: return countCell(rank + 1);
        case 3: return countCell(word.token);
        case 4: return QString::fromStdString(word.text);
        case 5: return word.share;
        default: return static_cast<float>(static_cast<double>(word.share) / chance);
        }
    };
    return {twinTable(*this, "words", tr("Tokens of experts, step %1").arg(countText(frame->words_step)),
                      {tr("layer"), tr("expert"), tr("rank"), tr("token id"), tr("token"),
                       tr("share of its occurrences"), tr("share / chance")},
                      rows, cell)};
}

} // namespace

Panel* createMoeWordsPanel(const PanelContext& context, QWidget* parent)
{
    return new MoeWordsPanel(context, parent);
}

} // namespace triptych

#include "moe_words_panel.moc"
