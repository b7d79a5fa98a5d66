// The left wing: how evenly the experts are used, layer by layer, the bias that evens it out, and a hand on each
// expert.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/language/event_texts.h"
#include "ui/models/twin_table.h"
#include "ui/panels/expert_places.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/panel.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/balance_table.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/expert_bars.h"
#include "ui/widgets/expert_toggle.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/probe_tokens.h"
#include "ui/widgets/steady_width.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>

namespace triptych {

namespace {

constexpr int kGap = 4;       // px between the parts
constexpr int kLeastMap = 60; // px of height, below which rows cannot be told from each other
constexpr int kLeastBars = 70;
constexpr int kHighMap = 120; // px; lower, it is worth more than a line about tokens

bool isAboutBalance(const RunAlert& alert)
{
    constexpr std::array kKinds = {"imbalance", "entropy", "variation", "starved_experts", "dead_experts"};
    return std::any_of(kKinds.begin(), kKinds.end(),
                       [&](const char* kind) { return alert.kind == QLatin1String(kind); });
}

class ExpertLoadPanel final : public Panel {
    Q_OBJECT

public:
    ExpertLoadPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    QList<QAction*> panelActions() override { return {m_switch}; }

protected:
    void showEvent(QShowEvent* event) override
    {
        Panel::showEvent(event);
        refresh();
    }
    void resizeEvent(QResizeEvent* event) override
    {
        Panel::resizeEvent(event);
        arrange();
    }

private:
    void arrange();
    QWidget* makeAlertRow();
    QWidget* makeReadout();
    void listen();
    void refresh();
    void showSummary();
    void showAlert();
    void showMap(const LoadFrame& frame);
    void showLayer(const LoadFrame& frame);
    void showOff(const LoadFrame& frame);
    QString tokensText(std::int64_t layer, std::int64_t expert) const;
    void showTokens();
    void showEmpty();
    void moveSelection();
    void hover(int row, int expert);
    void choose(int row, int expert);
    void brush(MapCell from, MapCell to);
    void toggle(int row, int expert);
    void visit(const std::vector<ExpertPlace>& places);
    QString expertText(const LoadFrame& frame, std::size_t row, std::int64_t expert) const;

    std::int64_t mainLayers() const { return m_context.feed.run() ? m_context.feed.run()->layers : -1; }
    std::size_t chosenRow() const { return m_frame ? rowOfLayer(*m_frame, m_context.selection.layer()) : 0; }
    bool isRow(int row) const { return m_frame && row >= 0 && static_cast<std::size_t>(row) < m_frame->layers.size(); }
    std::int64_t layerOf(int row) const { return m_frame->layers[static_cast<std::size_t>(row)].layer; }

    PanelContext m_context;
    std::shared_ptr<const LoadFrame> m_frame;
    QLabel* m_empty;
    QWidget* m_content;
    QLabel* m_summary;
    QToolButton* m_nextDead;
    QToolButton* m_nextHot;
    ElidedLabel* m_alert;
    HeatmapPlot* m_map;
    ElidedLabel* m_layerTitle;
    ExpertToggle* m_toggle;
    ElidedLabel* m_tokens; ///< of the probe text, that the chosen expert gets
    ExpertBars* m_bars;
    BalanceTable* m_table;
    LiveSetting* m_speed;
    QAction* m_switch;
};

ExpertLoadPanel::ExpertLoadPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_empty(emptyNote({}, this)), m_content(new QWidget(this)),
      m_summary(new QLabel(m_content)),
      m_map(new HeatmapPlot(context.theme, HeatmapScale::Ratio, &ThemeColors::moe, m_content)),
      m_bars(new ExpertBars(context.theme, m_content)), m_table(new BalanceTable(m_content)),
      m_speed(new LiveSetting(context.feed, context.theme, context.post, "bias_update_speed", m_content)),
      m_switch(new QAction(tr("Switch the chosen expert off, or on again"), this))
{
    m_switch->setObjectName(QStringLiteral("switchExpert"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_empty, 1);
    outer->addWidget(m_content, 1);

    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(m_summary);
    layout->addWidget(makeAlertRow());
    layout->addWidget(m_map, 5);
    layout->addWidget(makeReadout());
    m_tokens = new ElidedLabel(m_content);
    m_tokens->setObjectName(QStringLiteral("expertTokens"));
    layout->addWidget(m_tokens);
    layout->addWidget(m_bars, 3);
    layout->addWidget(m_table);
    layout->addWidget(m_speed);
    m_map->setObjectName(QStringLiteral("loadMap"));
    m_bars->setObjectName(QStringLiteral("expertBars"));
    m_map->setAxisTitles({}, tr("layer"));
    m_map->setAccessibleName(tr("Load of each expert over the mean load, by layer"));
    m_map->setZoom(HeatmapZoom::Free);
    constexpr int kAnywhere = 1 << 20; // what is too much is told, not kept from the hand
    m_map->setBrush(kAnywhere, kAnywhere);
    m_map->setEdgeBrush(true);
    m_bars->setBrush(kAnywhere);
    m_switch->setObjectName(QStringLiteral("switchExpert"));
    m_switch->setShortcut(Qt::Key_X);
    m_switch->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(m_switch);
    giveFocusTo(*this, *m_map);
    listen();
    refresh();
}

QWidget* ExpertLoadPanel::makeAlertRow()
{
    auto* row = new QWidget(m_content);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    m_alert = new ElidedLabel(row);
    m_alert->setObjectName(QStringLiteral("alert"));
    layout->addWidget(m_alert, 1);
    const auto button = [&](const char* name, const QString& widest, const QString& help) {
        auto* b = new QToolButton(row);
        b->setObjectName(QLatin1String(name));
        b->setToolTip(help);
        // As wide as its longest text, so that nothing beside it moves.
        keepWidth(*b, widest, 20);
        layout->addWidget(b);
        return b;
    };
    m_nextDead = button("nextDead", tr("next dead"), tr("Chooses the next expert that got no token for 20 steps."));
    m_nextHot = button("nextHot", tr("next of %1 hot").arg(countText(1000)),
                       tr("Chooses the next expert with %1 × the mean load or more, smoothed over 20 steps.")
                           .arg(countText(static_cast<std::int64_t>(kHotRatio))));
    return row;
}

QWidget* ExpertLoadPanel::makeReadout()
{
    auto* row = new QWidget(m_content);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_layerTitle = new ElidedLabel(row);
    m_layerTitle->setObjectName(QStringLiteral("layerTitle"));
    m_layerTitle->setHint(
        tr("Bars: load over the mean load, smoothed over 20 steps; the line is an even load. Dots: the "
           "selection bias b of each expert, moved by γ × sign(mean load − load) after every step "
           "(DeepSeek-V3 report, section 2.1.2)."));
    m_toggle = new ExpertToggle(m_context.feed, m_context.theme, m_context.post, row);
    layout->addWidget(m_layerTitle, 1);
    layout->addWidget(m_toggle);
    return row;
}

/// Where there is little height the table goes first, then the field, then the bars: all of them stand elsewhere, too,
/// and the map is to be read.
void ExpertLoadPanel::arrange()
{
    int room = height() - m_summary->sizeHint().height() - m_nextHot->sizeHint().height() -
               m_toggle->sizeHint().height() - kLeastMap - 4 * kGap;
    for (const auto& [part, least] : {std::pair<QWidget*, int>{m_bars, kLeastBars},
                                      {m_speed, m_speed->sizeHint().height()},
                                      {m_table, m_table->stepHeight()}}) {
        room -= least + kGap;
        part->setVisible(room >= 0);
    }
    const bool micro = room >= m_table->microHeight();
    m_table->showMicro(micro);
    if (micro) room -= m_table->microHeight();
    m_tokens->setVisible(room >= m_tokens->sizeHint().height() + kGap + kHighMap - kLeastMap);
}

void ExpertLoadPanel::listen()
{
    connect(m_map, &HeatmapPlot::cellChosen, this, &ExpertLoadPanel::choose);
    connect(m_map, &HeatmapPlot::cellHovered, this, &ExpertLoadPanel::hover);
    connect(m_map, &HeatmapPlot::brushed, this, [this](int row, int column, int toRow, int toColumn) {
        brush({row, column}, {toRow, toColumn});
    });
    connect(m_map, &HeatmapPlot::cellToggled, this, &ExpertLoadPanel::toggle);
    connect(m_map, &HeatmapPlot::rowLabelChosen, this, [this](int row) {
        if (isRow(row)) m_context.selection.setLayer(layerOf(row));
    });
    const auto here = [this] { return static_cast<int>(chosenRow()); };
    connect(m_map, &HeatmapPlot::columnLabelChosen, this, [this, here](int expert) { choose(here(), expert); });
    connect(m_bars, &ExpertBars::expertChosen, this, [this, here](int expert) { choose(here(), expert); });
    connect(m_bars, &ExpertBars::brushed, this, [this, here](int from, int to) {
        brush({here(), from}, {here(), to});
    });
    connect(m_bars, &ExpertBars::expertToggled, this, [this, here](int expert) { toggle(here(), expert); });
    connect(m_nextDead, &QToolButton::clicked, this, [this] {
        if (m_frame) visit(deadExperts(*m_frame));
    });
    connect(m_nextHot, &QToolButton::clicked, this, [this] {
        if (m_frame) visit(hotExperts(*m_frame));
    });
    connect(m_switch, &QAction::triggered, m_toggle, &ExpertToggle::toggle);
    RunFeed& feed = m_context.feed;
    connect(&feed, &RunFeed::loadsChanged, this, &ExpertLoadPanel::refresh);
    connect(&feed, &RunFeed::runStarted, this, &ExpertLoadPanel::refresh);
    connect(&feed, &RunFeed::probeChanged, this, &ExpertLoadPanel::showTokens);
    connect(&feed, &RunFeed::numbersChanged, this, [this] {
        if (!isVisible()) return;
        showSummary();
        showAlert();
    });
    connect(&feed, &RunFeed::alertsChanged, this, &ExpertLoadPanel::showAlert);
    connect(&feed, &RunFeed::routingChanged, this, [this] {
        if (m_frame && isVisible()) showOff(*m_frame);
    });
    connect(&m_context.selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Expert | Selection::Experts)) moveSelection();
    });
    connect(&m_context.theme, &Theme::changed, this, [this] {
        showSummary();
        showAlert();
    });
}

void ExpertLoadPanel::refresh()
{
    if (!isVisible() && m_frame) return;
    m_frame = m_context.feed.loads();
    const bool there = m_frame && !m_frame->layers.empty();
    m_content->setVisible(there);
    m_empty->setVisible(!there);
    if (!there) return showEmpty();
    showSummary();
    showAlert();
    showMap(*m_frame);
    moveSelection();
}

void ExpertLoadPanel::showEmpty()
{
    const auto* run = m_context.feed.run();
    m_empty->setText(
        run && run->experts == 0
            ? tr("This model has no experts: every layer is dense.")
            : tr("The load of every expert appears here with the first training step: layers from top to bottom, "
                 "experts from left to right, orange where too many tokens go, blue where too few."));
}

void ExpertLoadPanel::showSummary()
{
    if (!m_frame || m_frame->layers.empty()) return;
    const LoadFrame& frame = *m_frame;
    const auto dead = static_cast<std::int64_t>(deadExperts(frame).size());
    const auto hot = static_cast<std::int64_t>(hotExperts(frame).size());
    const auto all = static_cast<std::int64_t>(frame.layers.size()) * frame.experts;
    const QString color = dead > 0 ? m_context.theme.colors().bad.name() : m_context.theme.colors().text.name();
    m_summary->setText(
        tr("MaxVio <b>%1</b> &nbsp;·&nbsp; <span style='color:%2'>dead experts <b>%3</b> of %4</span>")
            .arg(fixedText(m_context.feed.calm(Metric::MaxVio), 2), color, countText(dead), countText(all)));
    m_summary->setToolTip(
        tr("MaxVio: max load / mean load − 1, mean over the layers and the last 20 steps (arXiv 2408.15664, eq. 4); "
           "in step %1 alone %2. A dead expert got no token for 20 steps.")
            .arg(countText(m_context.feed.shownStep()), fixedText(m_context.feed.value(Metric::MaxVio), 2)));
    m_nextDead->setText(tr("next dead"));
    m_nextDead->setEnabled(dead > 0);
    m_nextHot->setText(tr("next of %1 hot").arg(countText(hot)));
    m_nextHot->setEnabled(hot > 0);
    const std::size_t row = chosenRow();
    const int before = m_table->microHeight();
    m_table->setFrame(m_context.feed, frame, row, layerTitle(frame.layers[row].layer, mainLayers()));
    if (m_table->microHeight() != before) arrange();
}

void ExpertLoadPanel::showAlert()
{
    // Of the moment shown: what came later is not known yet.
    const RunAlert* last = nullptr;
    for (const RunAlert& alert : m_context.feed.alerts())
        if (isAboutBalance(alert) && alert.step <= m_context.feed.shownStep()) last = &alert;
    const ThemeColors& colors = m_context.theme.colors();
    const bool idle = !last && m_frame && !deadExperts(*m_frame).empty();
    m_alert->setText(last   ? QStringLiteral("! ") + eventText(last->text)
                     : idle ? tr("no alert yet: one comes after 50 steps without a token")
                            : tr("no alert about balance"));
    m_alert->setHint(last ? tr("The last alert about balance, from step %1.").arg(countText(last->step)) : QString());
    m_alert->setColor(last ? colors.warning : colors.muted);
    m_alert->setAccessibleName(m_alert->text());
}

void ExpertLoadPanel::showMap(const LoadFrame& frame)
{
    HeatmapData matrix;
    matrix.rows = static_cast<int>(frame.layers.size());
    matrix.columns = static_cast<int>(frame.experts);
    for (std::size_t i = 0; i < frame.layers.size(); ++i) {
        matrix.values.insert(matrix.values.end(), frame.ratio[i].begin(), frame.ratio[i].end());
        matrix.rowLabels << layerLabel(frame.layers[i].layer, mainLayers());
    }
    m_map->setData(std::move(matrix));
}

QString ExpertLoadPanel::expertText(const LoadFrame& frame, std::size_t row, std::int64_t expert) const
{
    const auto e = static_cast<std::size_t>(expert);
    QString text = tr("%1, expert %2: %3 ×", "a load over the mean load")
                       .arg(layerTitle(frame.layers[row].layer, mainLayers()), countText(expert),
                            fixedText(static_cast<double>(frame.ratio[row][e]), 2));
    const std::vector<float>& bias = frame.layers[row].bias;
    if (e < bias.size()) text += tr(", bias %1").arg(fixedText(static_cast<double>(bias[e]), 4));
    return text;
}

void ExpertLoadPanel::showLayer(const LoadFrame& frame)
{
    const std::size_t row = chosenRow();
    const std::int64_t expert = m_context.selection.expert();
    const bool chosen = expert >= 0 && static_cast<std::size_t>(expert) < frame.ratio[row].size();
    const std::size_t leftOut = m_context.selection.leftOut();
    const auto most = static_cast<std::int64_t>(Selection::kMostExperts);
    const QString cut = tr("%1 of %2 chosen, the most there can be. ")
                            .arg(countText(most), countText(most + static_cast<std::int64_t>(leftOut)));
    m_layerTitle->setText(chosen ? (leftOut > 0 ? cut : QString()) + expertText(frame, row, expert)
                                 : tr("%1: load / mean, and the bias that steers it")
                                       .arg(layerTitle(frame.layers[row].layer, mainLayers())));
    m_map->setAccessibleDescription(m_layerTitle->text());
    m_bars->setData(frame.ratio[row], frame.layers[row].bias);
    m_toggle->setVisible(chosen);
    m_toggle->setExpert(chosen ? frame.layers[row].layer : -1, chosen ? expert : -1);
    m_table->setFrame(m_context.feed, frame, row, layerTitle(frame.layers[row].layer, mainLayers()));
    showTokens();
    showOff(frame);
}

/// Which words an expert is for, on the text that all wings answer for; empty where that is not known.
QString ExpertLoadPanel::tokensText(std::int64_t layer, std::int64_t expert) const
{
    const auto probe = m_context.feed.probe();
    const auto tokens = probe ? tokensOfExpert(*probe, layer, expert) : std::nullopt;
    if (!tokens) return {};
    if (tokens->count == 0) return tr("gets no token of the probe text");
    return tr("gets %1 of %2 tokens of the probe text: %3")
        .arg(countText(tokens->count), countText(tokens->of), tokens->text);
}

void ExpertLoadPanel::showTokens()
{
    const std::int64_t expert = m_context.selection.expert();
    const bool chosen = m_frame && !m_frame->layers.empty() && expert >= 0 && expert < m_frame->experts;
    const QString text = chosen ? tokensText(m_frame->layers[chosenRow()].layer, expert) : QString();
    m_tokens->setText(text.isEmpty() ? tr("a chosen expert tells here which tokens of the probe text it gets") : text);
    m_tokens->setHint(
        tr("Tokens that choose this expert in the last look at the probe text, the most frequent first."));
    m_tokens->setColor(m_context.theme.colors().muted);
}

void ExpertLoadPanel::showOff(const LoadFrame& frame)
{
    std::vector<MapCell> crossed;
    std::vector<int> here;
    for (std::size_t row = 0; row < frame.layers.size(); ++row) {
        const auto found = m_context.feed.control().off.find(frame.layers[row].layer);
        if (found == m_context.feed.control().off.end()) continue;
        for (const std::int32_t expert : found->second) crossed.push_back({static_cast<int>(row), expert});
        if (row == chosenRow()) here.assign(found->second.begin(), found->second.end());
    }
    m_map->setCrossed(std::move(crossed));
    m_bars->setOff(std::move(here));
}

void ExpertLoadPanel::moveSelection()
{
    if (!m_frame || m_frame->layers.empty()) return;
    const Selection& selection = m_context.selection;
    const auto row = static_cast<int>(chosenRow());
    m_map->setSelected(selection.layer() < 0 ? -1 : row, static_cast<int>(selection.expert()));
    std::vector<MapCell> marked;
    std::vector<int> experts;
    for (const std::int64_t expert : selection.experts()) {
        if (expert >= m_frame->experts) continue; // of another model
        experts.push_back(static_cast<int>(expert));
    }
    for (const ExpertCell& cell : selection.cells()) {
        const std::size_t of = cell.layer == selection.layer() ? chosenRow() : rowOfLayer(*m_frame, cell.layer);
        const bool there = cell.layer == selection.layer() || layerOf(static_cast<int>(of)) == cell.layer;
        if (selection.cells().size() > 1 && there && cell.expert < m_frame->experts)
            marked.push_back({static_cast<int>(of), static_cast<int>(cell.expert)});
    }
    m_map->setMarked(std::move(marked));
    m_bars->setSelected(std::move(experts));
    showLayer(*m_frame);
}

void ExpertLoadPanel::choose(int row, int expert)
{
    if (isRow(row)) m_context.selection.setExpertOfLayer(layerOf(row), expert);
}

/// Row by row from the cell where it began, whose expert stays the chosen one.
void ExpertLoadPanel::brush(MapCell from, MapCell to)
{
    if (!isRow(from.row) || !isRow(to.row)) return;
    std::vector<ExpertCell> cells;
    const int down = from.row <= to.row ? 1 : -1;
    const int right = from.column <= to.column ? 1 : -1;
    for (int row = from.row; row != to.row + down; row += down)
        for (int expert = from.column; expert != to.column + right; expert += right)
            cells.push_back({layerOf(row), expert});
    m_context.selection.setCells(cells);
}

void ExpertLoadPanel::toggle(int row, int expert)
{
    if (!isRow(row)) return;
    std::vector<ExpertCell> cells = m_context.selection.cells();
    const ExpertCell cell{layerOf(row), expert};
    if (std::erase(cells, cell) == 0) cells.push_back(cell);
    cells.empty() ? m_context.selection.setExpert(-1) : m_context.selection.setCells(cells);
}

void ExpertLoadPanel::visit(const std::vector<ExpertPlace>& places)
{
    const Selection& selection = m_context.selection;
    const ExpertPlace now{selection.layer(), selection.expert()};
    if (const auto next = nextPlace(places, now)) m_context.selection.setExpertOfLayer(next->layer, next->expert);
}

void ExpertLoadPanel::hover(int row, int expert)
{
    if (!isRow(row)) return QToolTip::hideText();
    const auto i = static_cast<std::size_t>(row);
    const auto e = static_cast<std::size_t>(expert);
    const LayerLoad& load = m_frame->layers[i];
    if (e >= m_frame->ratio[i].size()) return;
    QString text = tr("%1, expert %2: %3 × the mean load in step %4")
                       .arg(layerTitle(load.layer, mainLayers()), countText(expert),
                            fixedText(static_cast<double>(m_frame->ratio[i][e]), 2), countText(m_frame->step));
    if (e < load.counts.size()) text += tr("; %1 tokens").arg(countText(load.counts[e])); // a kept frame has none
    if (e < load.bias.size()) text += tr("; bias %1").arg(fixedText(static_cast<double>(load.bias[e]), 4));
    if (m_context.feed.control().is_off(load.layer, expert)) text += tr("; switched off");
    if (const QString tokens = tokensText(load.layer, expert); !tokens.isEmpty()) text += QLatin1Char('\n') + tokens;
    QToolTip::showText(QCursor::pos(), text, m_map);
}

std::vector<Twin> ExpertLoadPanel::twins()
{
    const auto frame = m_context.feed.loads();
    if (!frame || frame->layers.empty() || frame->experts == 0) return {};
    const auto experts = static_cast<int>(frame->experts);
    const auto cell = [frame, experts, main = mainLayers()](int row, int column) -> QVariant {
        const auto i = static_cast<std::size_t>(row / experts);
        const auto e = static_cast<std::size_t>(row % experts);
        const LayerLoad& load = frame->layers[i];
        switch (column) {
        case 0: return layerCell(load.layer, main);
        case 1: return row % experts;
        case 2: return e < frame->ratio[i].size() ? QVariant(frame->ratio[i][e]) : QVariant();
        case 3: return e < load.counts.size() ? countCell(load.counts[e]) : QVariant();
        case 4: return e < load.bias.size() ? QVariant(load.bias[e]) : QVariant();
        default: return frame->control.is_off(load.layer, static_cast<std::int64_t>(e)) ? tr("off") : tr("on");
        }
    };
    return {twinTable(
        *this, "loads", tr("Load of each expert, step %1").arg(countText(frame->step)),
        {tr("layer"), tr("expert"), tr("load / mean (20 steps)"), tr("choices in the step"), tr("bias"), tr("state")},
        static_cast<int>(frame->layers.size()) * experts, cell)};
}

} // namespace

Panel* createExpertLoadPanel(const PanelContext& context, QWidget* parent)
{
    return new ExpertLoadPanel(context, parent);
}

} // namespace triptych

#include "expert_load_panel.moc"
