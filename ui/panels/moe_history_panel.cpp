// How a few experts fared over the run, the biases that steer them, and hands on both.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/expert_history.h"
#include "ui/language/event_texts.h"
#include "ui/models/twin_table.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/panel.h"
#include "ui/panels/routed_layers.h"
#include "ui/widgets/bias_editor.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/expert_lines.h"
#include "ui/widgets/expert_toggle.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/live_setting.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/routing_effect.h"
#include "ui/widgets/routing_hands.h"
#include "ui/widgets/scroll_column.h"

#include <QAction>
#include <QBoxLayout>
#include <QStackedLayout>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych {

namespace {

constexpr int kRoomForTwo = 620;     // pixels for two settings beside each other
constexpr int kRoomForSettled = 540; // pixels of height for a third chart
constexpr int kTablesLast = 5000;    // ms after which nobody reads the tables any more

/// Of an expert in a step.
enum class Value : std::uint8_t { Load = 1, Bias };

/// Not-a-number where the moment does not have it.
double valueOf(const LayerMoment& moment, const ExpertCell& cell, Value value)
{
    for (const LayerMoment::Layer& layer : moment.layers) {
        if (layer.layer != cell.layer) continue;
        const std::vector<float>& all = value == Value::Load ? layer.ratio : layer.bias;
        const auto expert = static_cast<std::size_t>(cell.expert);
        if (expert < all.size()) return static_cast<double>(all[expert]);
    }
    return std::nan("");
}

class MoeHistoryPanel final : public Panel {
    Q_OBJECT

public:
    MoeHistoryPanel(const PanelContext& context, QWidget* parent);

    QList<QAction*> panelActions() override { return {m_switch, m_focus}; }
    std::vector<Twin> twins() override;
    bool isLoading() const override { return m_history.isReading(); }
    void takeOver(Panel& other) override;

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeCharts(QWidget* parent);
    QWidget* makeHands(QWidget* parent);
    ExpertLines* makeLines(LineScale scale, const QString& title, const QString& help, QWidget* parent);
    QAction* makeAction(const char* name, const QString& text, const QKeySequence& key);
    void listen();
    void refresh();
    bool takeFrame();
    void showEmpty();
    void showFrame();
    void showTitle();
    void drawLines();
    void drawSettled();
    void showKept();
    void showEffect();
    void chooseExperts();
    void watchLayers();
    QString nameOf(const ExpertCell& cell) const;
    void choose(int expert);
    void step(int places);
    void goTo(std::int64_t step);
    std::vector<LineMark> marks() const;
    void arrange();
    std::int64_t mainLayers() const { return m_context.feed.run() ? m_context.feed.run()->layers : -1; }
    bool isChosen() const;

    PanelContext m_context;
    ExpertHistory m_history;
    std::shared_ptr<const LoadFrame> m_frame;
    std::size_t m_row = 0;
    std::vector<int> m_experts;      ///< of the layer; the first is the chosen one, where one is chosen
    std::vector<ExpertCell> m_cells; ///< the lines: those, then those of other layers
    std::int64_t m_ofLayer = -1;
    QTimer m_tables; ///< runs while somebody reads them in place of the panel

    QStackedLayout* m_pages;
    QLabel* m_empty;
    RoutedLayers* m_layers;
    ElidedLabel* m_title;
    QWidget* m_charts = nullptr;
    ExpertLines* m_loads = nullptr;
    ExpertLines* m_biases = nullptr;
    ExpertLines* m_settled = nullptr;
    BiasEditor* m_editor = nullptr;
    ExpertToggle* m_toggle = nullptr;
    RoutingHands* m_hands = nullptr;
    ElidedLabel* m_effect = nullptr;
    QBoxLayout* m_settings = nullptr;
    QAction* m_switch;
    QAction* m_focus;
};

MoeHistoryPanel::MoeHistoryPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_history(context.feed), m_pages(new QStackedLayout(this)),
      m_empty(emptyNote({}, this)),
      m_switch(makeAction("switchExpertOfHistory", tr("Switch the chosen expert off, or on again"), Qt::Key_X)),
      m_focus(makeAction("toBias", tr("To the bias of the chosen expert"), Qt::Key_B))
{
    auto* content = new QWidget;
    auto* scroll = scrollColumn(content, tr("History and bias"), this);
    m_layers = new RoutedLayers(m_context.selection, content);
    m_title = new ElidedLabel(content);
    m_title->setObjectName(QStringLiteral("experts"));
    m_title->setHint(tr("Up to eight experts can be chosen, in one layer or in several: by drawing over the map, its "
                        "edges or the bars of the load page, or with Ctrl and clicks."));
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->setContentsMargins(0, 0, kRoomForMenu, 0);
    head->addWidget(m_layers);
    head->addWidget(m_title, 1);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(head);
    m_charts = makeCharts(content);
    layout->addWidget(m_charts, 1);
    layout->addWidget(makeHands(content));
    m_pages->addWidget(m_empty);
    m_pages->addWidget(scroll);
    giveFocusTo(*this, *m_loads);
    listen();
    refresh();
}

QAction* MoeHistoryPanel::makeAction(const char* name, const QString& text, const QKeySequence& key)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QString::fromLatin1(name));
    action->setShortcut(key);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    addAction(action);
    return action;
}

ExpertLines* MoeHistoryPanel::makeLines(LineScale scale, const QString& title, const QString& help, QWidget* parent)
{
    auto* lines = new ExpertLines(m_context.theme, scale, parent);
    lines->setTitle(title);
    lines->setToolTip(help);
    connect(lines, &ExpertLines::stepChosen, this, &MoeHistoryPanel::goTo);
    connect(lines, &ExpertLines::expertStepped, this, &MoeHistoryPanel::step);
    return lines;
}

QWidget* MoeHistoryPanel::makeCharts(QWidget* parent)
{
    auto* charts = new QWidget(parent);
    m_loads =
        makeLines(LineScale::Ratio, tr("load / mean load"),
                  tr("Load over the mean load of the layer, smoothed over 20 steps; 1 is fair. Dotted: changes "
                     "of the election.\nA run keeps the loads of some of its steps, at the right is of how many; "
                     "crosses: no finite number.\nA click shows the step in the whole window, its right end is live."),
                  charts);
    m_loads->setObjectName(QStringLiteral("loadLines"));
    m_biases = makeLines(LineScale::Signed, tr("selection bias"),
                         tr("The bias b that is added to the score of an expert where experts are chosen, and nowhere "
                            "else; γ × sign(mean load − load) after every step (DeepSeek-V3 report, section 2.1.2)."),
                         charts);
    m_biases->setObjectName(QStringLiteral("biasLines"));
    m_biases->setAxisVisible(true);
    m_settled = makeLines(LineScale::Share, {},
                          tr("Router saturation: the share of a step's routes of the probe text that the newest step "
                             "still has (OLMoE, arXiv 2409.02060, section 5.1)."),
                          charts);
    m_settled->setObjectName(QStringLiteral("settledLine"));
    m_editor = new BiasEditor(m_context.feed, m_context.theme, m_context.post, charts);
    m_toggle = new ExpertToggle(m_context.feed, m_context.theme, m_context.post, charts);
    m_editor->addToRow(m_toggle);
    auto* layout = new QVBoxLayout(charts);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_loads, 4);
    layout->addWidget(m_biases, 4);
    layout->addWidget(m_settled, 2);
    layout->addWidget(m_editor, 5);
    return charts;
}

QWidget* MoeHistoryPanel::makeHands(QWidget* parent)
{
    auto* hands = new QWidget(parent);
    const PanelContext& c = m_context;
    m_hands = new RoutingHands(c.feed, c.theme, c.post, hands);
    m_effect = new ElidedLabel(hands);
    m_effect->setObjectName(QStringLiteral("routingEffect"));
    m_effect->hide();
    m_settings = new QBoxLayout(QBoxLayout::TopToBottom);
    m_settings->setSpacing(4);
    for (const char* key : {"bias_update_speed", "balance_loss_alpha"})
        m_settings->addWidget(new LiveSetting(c.feed, c.theme, c.post, key, hands));
    auto* layout = new QVBoxLayout(hands);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_hands);
    layout->addWidget(m_effect);
    layout->addLayout(m_settings);
    return hands;
}

void MoeHistoryPanel::listen()
{
    RunFeed& feed = m_context.feed;
    m_context.clock.add(*m_charts, [this] { drawLines(); });
    connect(&m_history, &ExpertHistory::changed, this, [this] { m_context.clock.ask(*m_charts); });
    connect(&m_context.moment, &Moment::changed, this, [this] { m_context.clock.ask(*m_charts); });
    for (const auto told : {&RunFeed::logged, &RunFeed::numbersChanged})
        connect(&feed, told, this, [this] { m_context.clock.ask(*m_charts); });
    connect(&feed, &RunFeed::loadsChanged, this, &MoeHistoryPanel::refresh);
    connect(&feed, &RunFeed::routingChanged, this, &MoeHistoryPanel::refresh);
    connect(&feed, &RunFeed::runStarted, this, [this] {
        m_ofLayer = -1;
        refresh();
    });
    connect(&m_context.selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Expert | Selection::Experts)) refresh();
    });
    connect(m_editor, &BiasEditor::expertChosen, this, &MoeHistoryPanel::choose);
    connect(m_switch, &QAction::triggered, m_toggle, &ExpertToggle::toggle);
    connect(m_focus, &QAction::triggered, m_editor, &BiasEditor::focusField);
    m_tables.setSingleShot(true);
    m_tables.setInterval(kTablesLast);
    connect(&m_tables, &QTimer::timeout, this, [this] {
        if (!isVisible()) m_history.watch({});
    });
}

void MoeHistoryPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    refresh();
}

void MoeHistoryPanel::hideEvent(QHideEvent* event)
{
    Panel::hideEvent(event);
    m_history.watch({});
}

void MoeHistoryPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    arrange();
}

void MoeHistoryPanel::arrange()
{
    m_settings->setDirection(width() >= kRoomForTwo ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_settled->setVisible(height() >= kRoomForSettled); // also while it is empty, or what is above would jump
    m_context.clock.ask(*m_charts);
}

void MoeHistoryPanel::refresh()
{
    if (!isVisible() && m_frame) return;
    const bool there = takeFrame();
    m_pages->setCurrentIndex(there ? 1 : 0);
    if (!there) {
        m_history.watch({});
        return showEmpty();
    }
    m_layers->setLayers(*m_frame, mainLayers(), m_row);
    if (isVisible()) watchLayers();
    showFrame();
    m_context.clock.ask(*m_charts);
}

/// Of the moment shown, with the layer and the experts that are chosen; whether there is one.
bool MoeHistoryPanel::takeFrame()
{
    m_frame = m_context.feed.loads();
    if (!m_frame || m_frame->layers.empty()) return false;
    m_row = rowOfLayer(*m_frame, m_context.selection.layer());
    chooseExperts();
    return true;
}

void MoeHistoryPanel::showEmpty()
{
    const auto* run = m_context.feed.run();
    m_empty->setText(
        run && run->experts == 0
            ? tr("This model has no experts: every layer is dense.")
            : tr("The load and the bias of chosen experts over the steps appear here with the first training step, and "
                 "what a hand may change of them: bias, on and off, forced balance."));
}

bool MoeHistoryPanel::isChosen() const
{
    const std::int64_t expert = m_context.selection.expert();
    return expert >= 0 && m_frame && expert < m_frame->experts;
}

/// Those that are chosen; else the busiest and the idlest, which stay until others are so by a tenth.
void MoeHistoryPanel::chooseExperts()
{
    const std::int64_t layer = m_frame->layers[m_row].layer;
    const std::vector<float>& ratio = m_frame->ratio[m_row];
    if (isChosen()) {
        m_experts.clear();
        for (const std::int64_t expert : m_context.selection.experts())
            if (expert < m_frame->experts) m_experts.push_back(static_cast<int>(expert));
        m_ofLayer = -1;
    } else if (!ratio.empty()) {
        const auto [least, most] = std::minmax_element(ratio.begin(), ratio.end());
        const auto at = [&](std::size_t i) { return ratio[static_cast<std::size_t>(m_experts[i])]; };
        const bool still = m_ofLayer == layer && m_experts.size() == 2 &&
                           static_cast<std::size_t>(std::max(m_experts[0], m_experts[1])) < ratio.size() &&
                           at(0) >= 0.9F * *most && at(1) <= 1.1F * *least + 0.02F;
        if (!still) m_experts = {static_cast<int>(most - ratio.begin()), static_cast<int>(least - ratio.begin())};
        m_ofLayer = layer;
    }
    m_cells.clear();
    for (const int expert : m_experts) m_cells.push_back({layer, expert});
    if (!isChosen()) return;
    for (const ExpertCell& cell : m_context.selection.cells())
        if (cell.layer != m_context.selection.layer() && cell.layer != layer && cell.expert < m_frame->experts &&
            m_frame->layers[rowOfLayer(*m_frame, cell.layer)].layer == cell.layer)
            m_cells.push_back(cell);
}

void MoeHistoryPanel::watchLayers()
{
    std::vector<std::int64_t> layers = {m_frame->layers[m_row].layer};
    for (const ExpertCell& cell : m_cells)
        if (std::find(layers.begin(), layers.end(), cell.layer) == layers.end()) layers.push_back(cell.layer);
    m_history.watch(std::move(layers));
}

/// "e9"; "2·e9" where there are some of several layers.
QString MoeHistoryPanel::nameOf(const ExpertCell& cell) const
{
    const QString expert = QStringLiteral("e%1").arg(cell.expert);
    return m_cells.size() == m_experts.size() ? expert : layerLabel(cell.layer, mainLayers()) + QChar(0x00b7) + expert;
}

void MoeHistoryPanel::showTitle()
{
    QStringList names;
    for (const ExpertCell& cell : m_cells) names << nameOf(cell);
    const QString all = names.join(QStringLiteral(", "));
    const auto leftOut = static_cast<std::int64_t>(m_context.selection.leftOut());
    const auto asked = static_cast<std::int64_t>(m_context.selection.cells().size()) + leftOut;
    const QString text =
        isChosen() && leftOut > 0
            ? tr("%1 of %2 chosen, the most there can be: %3").arg(countText(asked - leftOut), countText(asked), all)
        : isChosen()            ? tr("chosen: %1").arg(all)
        : m_experts.size() == 2 ? tr("busiest %1, idlest %2").arg(names[0], names[1])
                                : QString();
    m_title->setText(m_history.isReading() ? tr("%1 (reading the history)").arg(text) : text);
    m_title->setColor(m_context.theme.colors().text);
}

void MoeHistoryPanel::showFrame()
{
    const LayerLoad& load = m_frame->layers[m_row];
    m_biases->setVisible(!load.bias.empty());
    m_loads->setAxisVisible(load.bias.empty());
    m_editor->setFrame(*m_frame, m_row);
    m_editor->setExperts(isChosen() ? m_experts : std::vector<int>());
    m_toggle->setExpert(isChosen() ? load.layer : -1, isChosen() ? m_context.selection.expert() : -1);
    showTitle();
}

void MoeHistoryPanel::drawLines()
{
    std::vector<std::int64_t> steps;
    std::vector<ExpertLine> loads(m_cells.size());
    std::vector<ExpertLine> biases(m_cells.size());
    for (const auto& moment : m_history.moments()) {
        steps.push_back(moment->step);
        for (std::size_t i = 0; i < m_cells.size(); ++i) {
            loads[i].values.push_back(valueOf(*moment, m_cells[i], Value::Load));
            biases[i].values.push_back(valueOf(*moment, m_cells[i], Value::Bias));
        }
    }
    QString widest;
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        loads[i].label = biases[i].label = nameOf(m_cells[i]);
        if (loads[i].label.size() > widest.size()) widest = loads[i].label;
    }
    for (ExpertLines* lines : {m_loads, m_biases, m_settled}) lines->setWidestLabel(widest);
    m_loads->setData(steps, std::move(loads));
    m_biases->setData(std::move(steps), std::move(biases));
    for (ExpertLines* lines : {m_loads, m_biases, m_settled}) {
        lines->setMoment(m_context.moment.step());
        lines->setMarks(marks());
    }
    showKept();
    showEffect();
    drawSettled();
    showTitle();
}

/// A run keeps frames of some of its steps; lines between them are no measurement.
void MoeHistoryPanel::showKept()
{
    const auto& moments = m_history.moments();
    const std::int64_t steps = moments.empty() ? 0 : moments.back()->step - moments.front()->step + 1;
    const auto kept = static_cast<std::int64_t>(moments.size());
    m_loads->setNote(kept < steps
                         ? tr("%1 of %2 steps", "so many of the steps are drawn").arg(countText(kept), countText(steps))
                         : QString());
}

void MoeHistoryPanel::showEffect()
{
    const RoutingEffect effect = routingEffect(marks(), m_context.feed);
    m_effect->setText(effect.text);
    m_effect->setHint(effect.explanation);
    m_effect->setColor(m_context.theme.colors().text);
    m_effect->setVisible(!effect.text.isEmpty());
}

void MoeHistoryPanel::drawSettled()
{
    const std::vector<SettledRoutes>& settled = m_history.settled();
    if (settled.empty()) {
        m_settled->setTitle(tr("routes that the newest step still has: here with the second look at the probe text"));
        return m_settled->setData({}, {});
    }
    std::vector<std::int64_t> steps;
    ExpertLine line;
    for (const SettledRoutes& routes : settled) {
        steps.push_back(routes.step);
        line.values.push_back(routes.share);
    }
    const SettledRoutes& before = settled[settled.size() - 2];
    m_settled->setTitle(tr("routes that the newest step still has; of step %1: %2")
                            .arg(countText(before.step), percentText(before.share)));
    m_settled->setData(std::move(steps), {std::move(line)});
    const auto& moments = m_history.moments();
    if (!moments.empty())
        m_settled->setRange(std::min(moments.front()->step, settled.front().step),
                            std::max(moments.back()->step, settled.back().step));
}

std::vector<LineMark> MoeHistoryPanel::marks() const
{
    std::vector<LineMark> all;
    for (const LogEntry& line : m_context.feed.routingMarks()) all.push_back({line.step, eventText(line.text)});
    return all;
}

void MoeHistoryPanel::choose(int expert)
{
    if (m_frame && expert >= 0)
        m_context.selection.setExpertOfLayer(m_frame->layers[m_row].layer,
                                             std::min<std::int64_t>(expert, m_frame->experts - 1));
}

void MoeHistoryPanel::step(int places)
{
    const auto now = static_cast<int>(isChosen() ? m_context.selection.expert() : -1);
    choose(std::max(now + places, 0));
}

void MoeHistoryPanel::takeOver(Panel& other)
{
    if (const auto* panel = qobject_cast<MoeHistoryPanel*>(&other)) m_history.takeOver(panel->m_history);
}

std::vector<Twin> MoeHistoryPanel::twins()
{
    if (!takeFrame()) return {};
    const LayerLoad& load = m_frame->layers[m_row];
    watchLayers();
    m_tables.start();
    const QString where = layerTitle(load.layer, mainLayers());
    QStringList headers = {tr("step")};
    for (const ExpertCell& cell : m_cells)
        headers << tr("%1: load / mean (20 steps)", "an expert").arg(nameOf(cell))
                << tr("%1: selection bias", "an expert").arg(nameOf(cell));
    const auto lines = [moments = m_history.moments(), cells = m_cells](int row, int column) -> QVariant {
        const LayerMoment& moment = *moments[static_cast<std::size_t>(row)];
        if (column == 0) return countCell(moment.step);
        const double value = valueOf(moment, cells[static_cast<std::size_t>((column - 1) / 2)],
                                     column % 2 == 1 ? Value::Load : Value::Bias);
        return std::isfinite(value) ? QVariant(static_cast<float>(value)) : QVariant();
    };
    const auto biases = [frame = m_frame, row = m_row](int expert, int column) -> QVariant {
        if (column == 0) return expert;
        const std::vector<float>& values = column == 1 ? frame->ratio[row] : frame->layers[row].bias;
        const auto e = static_cast<std::size_t>(expert);
        return e < values.size() ? QVariant(values[e]) : QVariant();
    };
    std::vector<Twin> all = {twinTable(*this, "lines", tr("Experts of %1 over the steps").arg(where), headers,
                                       static_cast<int>(m_history.moments().size()), lines),
                             twinTable(*this, "biases",
                                       tr("All experts of %1, step %2").arg(where, countText(m_frame->step)),
                                       {tr("expert"), tr("load / mean (20 steps)"), tr("selection bias")},
                                       static_cast<int>(m_frame->experts), biases)};
    if (m_history.settled().empty()) return all;
    const auto settled = [routes = m_history.settled()](int row, int column) -> QVariant {
        const SettledRoutes& then = routes[static_cast<std::size_t>(row)];
        return column == 0 ? countCell(then.step) : QVariant(then.share);
    };
    all.push_back(twinTable(*this, "settled", tr("Routes of %1 that stayed").arg(where),
                            {tr("step"), tr("share of its routes that the newest step still has")},
                            static_cast<int>(m_history.settled().size()), settled));
    return all;
}

/// The newest one is live.
void MoeHistoryPanel::goTo(std::int64_t step)
{
    if (m_history.moments().empty() || step >= m_history.moments().back()->step) return m_context.moment.goLive();
    m_context.moment.show(step);
}

} // namespace

Panel* createMoeHistoryPanel(const PanelContext& context, QWidget* parent)
{
    return new MoeHistoryPanel(context, parent);
}

} // namespace triptych

#include "moe_history_panel.moc"
