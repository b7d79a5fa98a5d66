// Which experts are chosen together: the lift of each pair over chance, as a matrix where there is room for it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/load_tracker.h"
#include "ui/models/twin_table.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/pair_lists.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/routed_layers.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/number_text.h"

#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr std::size_t kNamed = 3;  // partners that a sentence names
constexpr int kRoomForLists = 640; // beside the matrix
constexpr int kListsWidth = 250;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

class MoePairsPanel final : public LazyPanel {
    Q_OBJECT

public:
    MoePairsPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    WatchSet watches() const override { return {.probe = false, .pairs = true}; }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override
    {
        Panel::resizeEvent(event);
        arrange();
    }

private:
    void build();
    void arrange();
    void showEmpty();
    void showMatrix();
    void showSelection();
    void choosePair(std::int64_t first, std::int64_t second);
    void tell(int row, int column);
    QString pairText(int first, int second) const;
    QString partnersText(std::int64_t expert) const;
    float liftOf(int first, int second) const; ///< not-a-number: of no meaning
    bool hasMatrix() const { return m_frame && m_row < m_frame->lift.size(); }
    const LayerLoad& layer() const { return m_frame->layers[m_row]; }
    std::int64_t mainLayers() const { return m_feed.run() ? m_feed.run()->layers : -1; }

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    std::shared_ptr<const LoadFrame> m_frame;
    std::size_t m_row = 0;

    QStackedLayout* m_pages;
    QLabel* m_empty;
    RoutedLayers* m_layers;
    ElidedLabel* m_readout;
    HeatmapPlot* m_map;
    PairLists* m_lists;
};

MoePairsPanel::MoePairsPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_pages(new QStackedLayout(this)), m_empty(emptyNote({}, this))
{
    build();
    connect(m_map, &HeatmapPlot::cellChosen, this, [this](int row, int column) { choosePair(row, column); });
    connect(m_map, &HeatmapPlot::rowLabelChosen, this, [this](int row) { choosePair(row, row); });
    connect(m_map, &HeatmapPlot::columnLabelChosen, this, [this](int column) { choosePair(column, column); });
    connect(m_map, &HeatmapPlot::cellHovered, this, &MoePairsPanel::tell);
    connect(m_lists, &PairLists::pairChosen, this, &MoePairsPanel::choosePair);
    connect(m_lists, &PairLists::partnerChosen, this,
            [this](std::int64_t, std::int64_t partner) { choosePair(partner, partner); });
    connect(&m_feed, &RunFeed::loadsChanged, this, &MoePairsPanel::refreshSoon);
    connect(&m_feed, &RunFeed::runStarted, this, &MoePairsPanel::refreshSoon);
    connect(&m_feed, &RunFeed::stateChanged, this, &MoePairsPanel::refreshSoon);
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Expert | Selection::Experts)) refreshSoon();
    });
    refresh();
}

void MoePairsPanel::build()
{
    auto* content = new QWidget(this);
    m_layers = new RoutedLayers(m_selection, content);
    m_readout = new ElidedLabel(content);
    m_readout->setObjectName(QStringLiteral("readout"));
    m_readout->setHint(
        tr("Lift of a pair: tokens that choose both experts, over how many would by chance, given how often each is "
           "chosen;\nfor even loads P(i, j) / (P(i) P(j) (K − 1) E / (K (E − 1))). 1: as by chance, 2: twice as often."
           "\nCounted in every %1th step, those of the last 130 steps for most.")
            .arg(LoadTracker::kPairStride));
    m_map = new HeatmapPlot(m_theme, HeatmapScale::Ratio, &ThemeColors::moe, content);
    m_map->setObjectName(QStringLiteral("pairMap"));
    m_map->setAxisTitles(tr("expert"), tr("expert"));
    m_map->setAccessibleName(tr("Lift of each pair of experts over chance"));
    m_lists = new PairLists(m_theme, content);
    m_lists->setObjectName(QStringLiteral("pairLists"));
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(m_map, 1);
    row->addWidget(m_lists);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_layers, 0, Qt::AlignLeft);
    layout->addWidget(m_readout);
    layout->addLayout(row, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);
    giveFocusTo(*this, *m_map);
}

void MoePairsPanel::refresh()
{
    m_frame = m_feed.loads();
    const bool there = m_frame && !m_frame->layers.empty() && !m_frame->partners.empty();
    m_pages->setCurrentIndex(there ? 1 : 0);
    if (!there) return showEmpty();
    m_row = std::min(rowOfLayer(*m_frame, m_selection.layer()), m_frame->partners.size() - 1);
    m_layers->setLayers(*m_frame, mainLayers(), m_row);
    showMatrix();
    m_lists->show(m_frame->partners[m_row], m_selection.expert());
    showSelection();
    arrange();
}

/// The matrix goes before the lists, which stand beside it where there is room. Alone they are side by side, or in a
/// narrow panel one below the other.
void MoePairsPanel::arrange()
{
    const bool matrix = hasMatrix();
    const bool beside = matrix && width() >= kRoomForLists;
    m_map->setVisible(matrix);
    m_lists->setVisible(beside || !matrix);
    m_lists->setOrientation(beside || width() < kRoomForLists ? Qt::Vertical : Qt::Horizontal);
    m_lists->setMinimumWidth(beside ? kListsWidth : 0);
    m_lists->setMaximumWidth(beside ? kListsWidth : QWIDGETSIZE_MAX);
    giveFocusTo(*this, matrix ? static_cast<QWidget&>(*m_map) : *m_lists);
}

void MoePairsPanel::showEmpty()
{
    const auto* run = m_feed.run();
    if (run && run->experts == 0)
        m_empty->setText(tr("This model has no experts: every layer is dense."));
    else if (run && run->experts_per_token == 1)
        m_empty->setText(tr("Every token goes to one expert in this model, so there are no pairs."));
    else if (run && m_feed.control().active == 1)
        m_empty->setText(tr("Tokens choose one expert each at this step, so there are no pairs."));
    else if (run && !m_feed.isLive())
        m_empty->setText(tr("The history of this run has no pairs of experts at this step.\nRuns with a folder record "
                            "them from now on: train it on (Run, Go on), and the next steps show them here."));
    else if (run)
        m_empty->setText(tr("Which experts are chosen together appears here while this page is open:\nevery eighth "
                            "step counts the pairs of all tokens."));
    else
        m_empty->setText(tr("Which experts are chosen together appears here with the first training steps:\norange "
                            "where a pair meets more often than by chance, blue where it avoids each other."));
}

float MoePairsPanel::liftOf(int first, int second) const
{
    const auto [low, high] = std::minmax(first, second);
    const auto e = static_cast<int>(m_frame->experts);
    const auto pair = static_cast<std::size_t>(low * e - low * (low + 1) / 2 + high - low - 1);
    const std::vector<float>& lift = m_frame->lift[m_row];
    const auto dead = [&](int expert) { return m_frame->ratio[m_row][static_cast<std::size_t>(expert)] == 0.0F; };
    // With an expert that nobody chooses chance has no pairs either.
    return low == high || low < 0 || pair >= lift.size() || dead(low) || dead(high) ? kNone : lift[pair];
}

void MoePairsPanel::showMatrix()
{
    if (!hasMatrix()) return;
    HeatmapData matrix;
    matrix.rows = matrix.columns = static_cast<int>(m_frame->experts);
    for (int r = 0; r < matrix.rows; ++r)
        for (int c = 0; c < matrix.columns; ++c) matrix.values.push_back(c < r ? liftOf(r, c) : kNone);
    m_map->setData(matrix);
    m_map->setGroundNote(tr("1: as often\nas by chance"));
}

/// Two brushed experts are a pair; one has the whole of its row and column.
void MoePairsPanel::showSelection()
{
    const auto& experts = m_selection.experts();
    const auto first = static_cast<int>(m_selection.expert());
    const auto second = experts.size() == 2 ? static_cast<int>(experts[1]) : -1;
    if (second >= 0)
        m_map->setSelected(std::max(first, second), std::min(first, second));
    else
        m_map->setSelected(first, first);
    m_map->setHighlighted(second >= 0 ? std::max(first, second) : first, second >= 0 ? std::min(first, second) : first);
    tell(-1, -1);
}

void MoePairsPanel::choosePair(std::int64_t first, std::int64_t second)
{
    if (!m_frame || m_row >= m_frame->layers.size()) return;
    if (first == second)
        m_selection.setExpertOfLayer(layer().layer, first);
    else
        m_selection.setExperts(layer().layer, {first, second});
}

void MoePairsPanel::tell(int row, int column)
{
    if (!m_frame || m_row >= m_frame->partners.size()) return;
    const auto& experts = m_selection.experts();
    QString text;
    if (row >= 0 && column >= 0 && hasMatrix())
        text = row == column ? partnersText(row) : pairText(row, column);
    else if (experts.size() == 2 && hasMatrix())
        text = pairText(static_cast<int>(experts[0]), static_cast<int>(experts[1]));
    else
        text = partnersText(m_selection.expert());
    m_readout->setText(text);
    m_map->setAccessibleDescription(text);
}

QString MoePairsPanel::pairText(int first, int second) const
{
    if (std::max(first, second) >= m_frame->experts) return partnersText(-1);
    const auto lift = static_cast<double>(liftOf(first, second));
    if (std::isnan(lift))
        return tr("Experts %1 and %2: one of them got no token").arg(countText(first), countText(second));
    return tr("Experts %1 and %2 meet %3 as often as by chance")
        .arg(countText(first), countText(second), liftText(lift));
}

QString MoePairsPanel::partnersText(std::int64_t expert) const
{
    const auto& partners = m_frame->partners[m_row];
    QStringList parts;
    if (expert >= 0 && static_cast<std::size_t>(expert) < partners.size()) {
        for (const LoadFrame::Partner& p : partners[static_cast<std::size_t>(expert)])
            if (parts.size() < static_cast<qsizetype>(kNamed))
                parts << tr("%1 (%2)", "an expert and a lift")
                             .arg(countText(p.expert), liftText(static_cast<double>(p.lift)));
        if (parts.isEmpty()) return tr("Expert %1: no partner stands out yet").arg(countText(expert));
        return tr("Expert %1 meets most with %2").arg(countText(expert), parts.join(tr(", ")));
    }
    for (const ExpertPair& pair : strongestPairs(partners, kNamed))
        parts << tr("%1 and %2 (%3)", "a pair of experts and its lift")
                     .arg(countText(pair.first), countText(pair.second), liftText(pair.lift));
    if (parts.isEmpty()) return tr("No pair stands out yet");
    return tr("Strongest pairs: %1").arg(parts.join(tr(", ")));
}

std::vector<Twin> MoePairsPanel::twins()
{
    const auto frame = m_feed.loads();
    if (!frame || frame->layers.empty() || frame->partners.empty()) return {};
    const std::size_t row = std::min(rowOfLayer(*frame, m_selection.layer()), frame->partners.size() - 1);
    std::vector<ExpertPair> pairs;
    if (row < frame->lift.size()) {
        auto lift = frame->lift[row].begin();
        for (std::int64_t i = 0; i < frame->experts; ++i)
            for (std::int64_t j = i + 1; j < frame->experts; ++j) pairs.push_back({i, j, static_cast<double>(*lift++)});
    } else { // of so many experts the strongest alone are kept
        pairs = strongestPairs(frame->partners[row], std::numeric_limits<std::size_t>::max());
    }
    const auto rows = static_cast<int>(pairs.size());
    const auto cell = [pairs = std::move(pairs),
                       layer = layerCell(frame->layers[row].layer, mainLayers())](int pair, int column) -> QVariant {
        const ExpertPair& p = pairs[static_cast<std::size_t>(pair)];
        switch (column) {
        case 0: return layer;
        case 1: return countCell(p.first);
        case 2: return countCell(p.second);
        default: return static_cast<float>(p.lift);
        }
    };
    return {twinTable(*this, "pairs", tr("Experts chosen together, step %1").arg(countText(frame->step)),
                      {tr("layer"), tr("expert"), tr("with expert"), tr("lift (1: as by chance)")}, rows, cell)};
}

} // namespace

Panel* createMoePairsPanel(const PanelContext& context, QWidget* parent)
{
    return new MoePairsPanel(context, parent);
}

} // namespace triptych

#include "moe_pairs_panel.moc"
