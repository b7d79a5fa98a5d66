// Groups of experts, layer by layer, and what they would be on several GPUs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/twin_table.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/routed_layers.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/expert_bars.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/placement_view.h"
#include "ui/widgets/scroll_column.h"

#include <QBoxLayout>
#include <QStackedLayout>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace triptych {

namespace {

constexpr int kRoomForTwo = 700;  // columns
constexpr int kRoomForGpus = 520; // in height, below the rest
constexpr int kLowestMap = 110;   // px; a lower page is scrolled

class MoeGroupsPanel final : public LazyPanel {
    Q_OBJECT

public:
    MoeGroupsPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    QVariantMap saveState() const override { return m_placement->saveState(); }
    void restoreState(const QVariantMap& state) override { m_placement->restoreState(state); }

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
    void showMap();
    void showGroup();
    void choose(int row, int group);
    void tell(int row, int group);
    QString groupText(std::size_t row, std::int64_t group) const;
    std::int64_t groups() const { return m_feed.run() ? std::max<std::int64_t>(m_feed.run()->config.n_group, 1) : 1; }
    bool hasGroups() const { return groups() > 1 && m_frame && m_frame->experts % groups() == 0; }
    std::int64_t groupSize() const { return m_frame->experts / groups(); }
    bool hasShares() const { return m_frame->group_share.size() == m_frame->layers.size(); }
    double overEven(std::size_t row, std::int64_t group) const;
    ExpertTime expertTime() const;
    std::int64_t mainLayers() const { return m_feed.run() ? m_feed.run()->layers : -1; }

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    std::shared_ptr<const LoadFrame> m_frame;
    std::size_t m_row = 0;
    std::int64_t m_group = 0; ///< that of the chosen expert, or the one that was clicked
    bool m_follow = true;     ///< another expert was chosen since: its group is the one to show

    QStackedLayout* m_pages;
    QLabel* m_empty;
    RoutedLayers* m_layers;
    QLabel* m_without; ///< instead of groups
    ElidedLabel* m_readout;
    QBoxLayout* m_columns;
    QWidget* m_groups;
    HeatmapPlot* m_map;
    QLabel* m_groupTitle;
    ExpertBars* m_bars;
    PlacementView* m_placement;
};

MoeGroupsPanel::MoeGroupsPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_pages(new QStackedLayout(this)), m_empty(emptyNote({}, this))
{
    build();
    connect(m_map, &HeatmapPlot::cellChosen, this, &MoeGroupsPanel::choose);
    connect(m_map, &HeatmapPlot::rowLabelChosen, this, [this](int row) { choose(row, static_cast<int>(m_group)); });
    connect(m_map, &HeatmapPlot::columnLabelChosen, this,
            [this](int group) { choose(static_cast<int>(m_row), group); });
    connect(m_map, &HeatmapPlot::cellHovered, this, &MoeGroupsPanel::tell);
    connect(m_bars, &ExpertBars::expertChosen, this, [this](int expert) {
        if (m_frame && m_row < m_frame->layers.size())
            m_selection.setExpertOfLayer(m_frame->layers[m_row].layer, expert);
    });
    connect(&m_feed, &RunFeed::loadsChanged, this, &MoeGroupsPanel::refreshSoon);
    connect(&m_feed, &RunFeed::runStarted, this, &MoeGroupsPanel::refreshSoon);
    connect(&m_feed, &RunFeed::routingChanged, this, &MoeGroupsPanel::refreshSoon);
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        m_follow |= (parts & Selection::Expert) != 0;
        if (parts & (Selection::Layer | Selection::Expert)) refreshSoon();
    });
    refresh();
}

void MoeGroupsPanel::build()
{
    auto* content = new QWidget(this);
    auto* parts = new QWidget; // that are scrolled in a low wing
    m_layers = new RoutedLayers(m_selection, content);
    m_readout = new ElidedLabel(content);
    m_readout->setObjectName(QStringLiteral("readout"));
    m_readout->setHint(
        tr("Each token first chooses groups, by the sum of the two best scores in them, then its experts "
           "within those:\non several nodes, a token is so sent to few of them (DeepSeek-V3 report, "
           "section 2.1.2). Smoothed over 20 steps."));
    m_without = mutedLabel(
        tr("The experts of this model have no groups (n_group = 1): a token may choose any of them."), content);
    m_without->setWordWrap(true);
    m_groups = new QWidget(parts);
    m_map = new HeatmapPlot(m_theme, HeatmapScale::Ratio, &ThemeColors::moe, m_groups);
    m_map->setObjectName(QStringLiteral("groupMap"));
    m_map->setMinimumHeight(kLowestMap);
    m_map->setAxisTitles(tr("group"), tr("layer"));
    m_map->setAccessibleName(tr("Share of tokens that choose in each group, over an even share, by layer"));
    m_groupTitle = mutedLabel({}, m_groups);
    m_groupTitle->setWordWrap(true);
    m_groupTitle->setToolTip(tr("Load of an expert over the mean load of all experts of the layer, smoothed over 20 "
                                "steps; 1 is fair."));
    m_bars = new ExpertBars(m_theme, m_groups);
    m_bars->setObjectName(QStringLiteral("groupExperts"));
    m_placement = new PlacementView(m_theme, parts);
    auto* left = new QVBoxLayout(m_groups);
    left->setContentsMargins(0, 0, 0, 0);
    left->setSpacing(4);
    left->addWidget(m_map, 3);
    left->addWidget(m_groupTitle);
    left->addWidget(m_bars, 2);
    m_columns = new QBoxLayout(QBoxLayout::TopToBottom, parts);
    m_columns->setContentsMargins(0, 0, 0, 0);
    m_columns->setSpacing(8);
    m_columns->addWidget(m_groups, 1);
    m_columns->addWidget(m_placement);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_layers, 0, Qt::AlignLeft);
    layout->addWidget(m_readout);
    layout->addWidget(m_without);
    layout->addWidget(scrollColumn(parts, {}, content), 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(content);
}

void MoeGroupsPanel::refresh()
{
    m_frame = m_feed.loads();
    const bool there = m_frame && !m_frame->layers.empty();
    m_pages->setCurrentIndex(there ? 1 : 0);
    if (!there) return showEmpty();
    m_row = rowOfLayer(*m_frame, m_selection.layer());
    m_layers->setLayers(*m_frame, mainLayers(), m_row);
    m_placement->setLoads({m_frame->ratio[m_row].begin(), m_frame->ratio[m_row].end()}, expertTime(),
                          hasGroups() ? groups() : 1);
    const bool grouped = hasGroups();
    m_groups->setVisible(grouped);
    m_readout->setVisible(grouped);
    m_without->setVisible(!grouped);
    arrange();
    if (!grouped) return;
    const std::int64_t expert = m_selection.expert();
    if (std::exchange(m_follow, false) && expert >= 0 && expert < m_frame->experts) m_group = expert / groupSize();
    m_group = std::clamp<std::int64_t>(m_group, 0, groups() - 1);
    showMap();
    showGroup();
    tell(-1, -1);
}

/// The bars of single GPUs come last: beside the groups, or below all where the panel is high.
void MoeGroupsPanel::arrange()
{
    const bool grouped = !m_groups->isHidden();
    const bool beside = grouped && width() >= kRoomForTwo;
    m_columns->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const bool gpus = beside || !grouped || height() >= kRoomForGpus;
    m_placement->setGpusVisible(gpus);
    m_columns->setStretch(1, gpus ? 1 : 0);
}

void MoeGroupsPanel::showEmpty()
{
    const auto* run = m_feed.run();
    m_empty->setText(
        run && run->experts == 0
            ? tr("This model has no experts: every layer is dense.")
            : tr("How tokens choose among groups of experts appears here with the first training step, and what the "
                 "experts of a layer would be on several GPUs."));
}

/// The routed experts of one layer have three products of d x m each, forward and twice backward, for K of them, or
/// fewer where hands chose so.
ExpertTime MoeGroupsPanel::expertTime() const
{
    ExpertTime time;
    for (const std::vector<float>& ratio : m_frame->ratio) time.loads.emplace_back(ratio.begin(), ratio.end());
    const event::RunStarted* run = m_feed.run();
    if (!run || !(run->flops_per_token > 0)) return time;
    const ModelConfig& c = run->config;
    const double one = 18.0 * static_cast<double>(c.hidden_size * c.moe_intermediate_size);
    const auto active = static_cast<double>(active_experts(c, m_frame->control));
    const double left_out = static_cast<double>(c.num_experts_per_tok) - active;
    const auto layers = static_cast<double>(m_frame->ratio.size());
    time.share = one * active / (run->flops_per_token - one * left_out * layers);
    time.seconds = m_feed.calm(Metric::StepSeconds);
    return time;
}

/// 1: as many tokens as for other groups. Where shares were not recorded, of the choices instead of the tokens.
double MoeGroupsPanel::overEven(std::size_t row, std::int64_t group) const
{
    if (hasShares()) {
        const std::vector<float>& share = m_frame->group_share[row];
        const double sum = std::accumulate(share.begin(), share.end(), 0.0);
        if (static_cast<std::size_t>(group) >= share.size() || !(sum > 0)) return std::nan("");
        return static_cast<double>(share[static_cast<std::size_t>(group)]) * static_cast<double>(share.size()) / sum;
    }
    const auto first = m_frame->ratio[row].begin() + group * groupSize();
    return std::accumulate(first, first + groupSize(), 0.0) / static_cast<double>(groupSize());
}

void MoeGroupsPanel::showMap()
{
    HeatmapData matrix;
    matrix.rows = static_cast<int>(m_frame->layers.size());
    matrix.columns = static_cast<int>(groups());
    for (std::size_t i = 0; i < m_frame->layers.size(); ++i) {
        matrix.rowLabels << layerLabel(m_frame->layers[i].layer, mainLayers());
        for (std::int64_t g = 0; g < groups(); ++g) matrix.values.push_back(static_cast<float>(overEven(i, g)));
    }
    m_map->setData(matrix);
    m_map->setSelected(static_cast<int>(m_row), static_cast<int>(m_group));
}

void MoeGroupsPanel::showGroup()
{
    const std::int64_t first = m_group * groupSize();
    const auto part = [&](const std::vector<float>& all) {
        if (static_cast<std::int64_t>(all.size()) < first + groupSize()) return std::vector<float>();
        return std::vector<float>(all.begin() + first, all.begin() + first + groupSize());
    };
    const std::int64_t layer = m_frame->layers[m_row].layer;
    m_bars->setData(part(m_frame->ratio[m_row]), part(m_frame->layers[m_row].bias), static_cast<int>(first));
    const std::int64_t chosen = m_selection.expert();
    m_bars->setSelected(chosen >= first && chosen < first + groupSize() ? static_cast<int>(chosen) : -1);
    const auto& off = m_feed.control().off;
    const auto found = off.find(layer);
    m_bars->setOff(found == off.end() ? std::vector<int>()
                                      : std::vector<int>(found->second.begin(), found->second.end()));
    m_groupTitle->setText(tr("Group %1 of layer %2: experts %3 to %4, load / mean")
                              .arg(countText(m_group), layerLabel(layer, mainLayers()), countText(first),
                                   countText(first + groupSize() - 1)));
    m_bars->setAccessibleName(m_groupTitle->text());
}

/// The chosen expert stays chosen, also where it is in another group.
void MoeGroupsPanel::choose(int row, int group)
{
    if (!m_frame || row < 0 || static_cast<std::size_t>(row) >= m_frame->layers.size()) return;
    m_group = group;
    m_selection.setLayer(m_frame->layers[static_cast<std::size_t>(row)].layer);
    refreshSoon(); // the layer may be the same
}

void MoeGroupsPanel::tell(int row, int group)
{
    if (!m_frame || !hasGroups()) return;
    const bool pointed = row >= 0 && group >= 0 && static_cast<std::size_t>(row) < m_frame->layers.size();
    const QString text = pointed ? groupText(static_cast<std::size_t>(row), group) : groupText(m_row, m_group);
    m_readout->setText(text);
    m_map->setAccessibleDescription(text);
}

QString MoeGroupsPanel::groupText(std::size_t row, std::int64_t group) const
{
    const QString layer = layerTitle(m_frame->layers[row].layer, mainLayers());
    const double ratio = overEven(row, group);
    if (!hasShares())
        return tr("%1, group %2: %3 × an even share of the choices").arg(layer, countText(group), fixedText(ratio, 2));
    const std::vector<float>& share = m_frame->group_share[row];
    if (static_cast<std::size_t>(group) >= share.size()) return layer;
    return tr("%1, group %2: %3 of the tokens, %4 × an even share")
        .arg(layer, countText(group), percentText(static_cast<double>(share[static_cast<std::size_t>(group)])),
             fixedText(ratio, 2));
}

std::vector<Twin> MoeGroupsPanel::twins()
{
    m_frame = m_feed.loads();
    if (!m_frame || m_frame->layers.empty()) return {};
    std::vector<Twin> all;
    if (hasGroups()) {
        const auto cell = [this, frame = m_frame, n = static_cast<int>(groups())](int row, int column) -> QVariant {
            const auto i = static_cast<std::size_t>(row / n);
            if (i >= m_frame->layers.size() || n != groups()) return {};
            const auto g = static_cast<std::size_t>(row % n);
            switch (column) {
            case 0: return layerCell(frame->layers[i].layer, mainLayers());
            case 1: return row % n;
            case 2:
                return i < frame->group_share.size() && g < frame->group_share[i].size()
                           ? QVariant(frame->group_share[i][g])
                           : QVariant();
            default: return overEven(i, row % n);
            }
        };
        all.push_back(twinTable(*this, "groups", tr("Choice of groups, step %1").arg(countText(m_frame->step)),
                                {tr("layer"), tr("group"), tr("share of the tokens"), tr("share / even share")},
                                static_cast<int>(m_frame->layers.size()) * static_cast<int>(groups()), cell));
    }
    const auto experts = static_cast<int>(m_frame->experts);
    const auto size = static_cast<int>(hasGroups() ? groupSize() : m_frame->experts);
    const auto load = [frame = m_frame, experts, size, main = mainLayers()](int row, int column) -> QVariant {
        const auto i = static_cast<std::size_t>(row / experts);
        switch (column) {
        case 0: return layerCell(frame->layers[i].layer, main);
        case 1: return row % experts / size;
        case 2: return row % experts;
        default: return frame->ratio[i][static_cast<std::size_t>(row % experts)];
        }
    };
    if (const auto& before = m_placement->before(), &after = m_placement->after(); before && after) {
        const auto gpu = [one = *before, other = *after, nodes = m_placement->nodes()](int row,
                                                                                       int column) -> QVariant {
            const auto of = [row](const Placement& placement) -> QVariant {
                const double mean = std::accumulate(placement.load.begin(), placement.load.end(), 0.0) /
                                    static_cast<double>(placement.load.size());
                return placement.load[static_cast<std::size_t>(row)] / mean;
            };
            switch (column) {
            case 0: return row;
            case 1: return QVariant::fromValue(row * nodes / static_cast<std::int64_t>(one.load.size()));
            default: return of(column == 2 ? one : other);
            }
        };
        all.push_back(twinTable(
            *this, "gpus",
            tr("Layer %1 on several GPUs, %2 copies of experts")
                .arg(layerLabel(m_frame->layers[m_row].layer, mainLayers()), countText(m_placement->copies())),
            {tr("GPU"), tr("node"), tr("in order, load / mean"), tr("packed, load / mean")},
            static_cast<int>(after->load.size()), gpu));
    }
    all.push_back(twinTable(*this, "experts", tr("Load by group, step %1").arg(countText(m_frame->step)),
                            {tr("layer"), tr("group"), tr("expert"), tr("load / mean (20 steps)")},
                            static_cast<int>(m_frame->layers.size()) * experts, load));
    return all;
}

} // namespace

Panel* createMoeGroupsPanel(const PanelContext& context, QWidget* parent)
{
    return new MoeGroupsPanel(context, parent);
}

} // namespace triptych

#include "moe_groups_panel.moc"
