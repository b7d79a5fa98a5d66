// How much of its width the latent uses: its effective rank by layer and over steps, and its norm token by token.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/latent_rank.h"
#include "ui/models/plot_twin.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/probe_note.h"
#include "ui/plots/follow_chip.h"
#include "ui/plots/time_series_plot.h"
#include "ui/plots/x_axis.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/rank_bars.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/token_strip.h"
#include "ui/widgets/token_text.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QStackedLayout>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kRoomForNorms = 230; // px of height: lower than this, the norms give way to the ranks
constexpr int kRoomForSteps = 300; // px of width: likewise the curve
constexpr int kRoomForChip = 520;  // px of width: likewise whether the curve follows the run
constexpr int kNumberWidth = 40;   // px before the strip

class LatentPanel final : public LazyPanel {
    Q_OBJECT

public:
    LatentPanel(const PanelContext& context, QWidget* parent);
    /// The axis is a member, and goes before children do; the plot looks at it to its end.
    ~LatentPanel() override { delete m_steps; }

    std::vector<Twin> twins() override;
    WatchSet watches() const override { return {}; } // the probe text, and ranks with it
    void takeOver(Panel& other) override
    {
        auto* panel = dynamic_cast<LatentPanel*>(&other);
        if (!panel) return;
        m_axis.update();
        m_axis.view().takeOver(panel->m_axis.view());
    }
    QVariantMap saveState() const override { return {{QStringLiteral("norms_zoomed"), m_zoom->isChecked()}}; }
    void restoreState(const QVariantMap& state) override
    {
        const QVariant zoomed = state.value(QStringLiteral("norms_zoomed"));
        if (zoomed.isValid()) m_zoom->setChecked(zoomed.toBool());
    }

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeContent();
    QLayout* makeNorms(QWidget* content);
    void explain();
    void connectAll();
    void refreshRanks();
    void showChip();
    void refreshSteps();
    void drawSteps()
    {
        m_axis.update();
        m_steps->refresh();
    }
    void refreshWithoutFrame();
    void refreshNorms();
    std::vector<float> ranks() const;
    std::int64_t bound() const;
    std::int64_t layers() const;
    std::int64_t mainLayers() const { return m_feed.run() ? m_feed.run()->layers : -1; }
    QString layerName(std::int64_t layer) const;

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    std::shared_ptr<const ProbeFrame> m_frame;
    TokenTexts m_texts;
    int m_layer = 0;
    int m_curveLayer = -1; ///< whose rank over steps is shown

    SharedAxis m_axis;
    QStackedLayout* m_pages;
    Stepper* m_layers;
    ElidedLabel* m_readout;
    QStackedWidget* m_rankPages;
    FollowChip* m_chip;
    RankBars* m_bars;
    QScrollArea* m_scroll;
    TimeSeriesPlot* m_steps;
    QWidget* m_norms;
    ElidedLabel* m_normsCaption;
    QCheckBox* m_zoom;
    TokenStrip* m_strip;
};

LatentPanel::LatentPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_axis(context.series), m_pages(new QStackedLayout(this)),
      m_steps(new TimeSeriesPlot(context.theme, context.series, this))
{
    m_pages->addWidget(probeNote(m_feed,
                                 tr("Here you will see how many directions the latents of each layer use, and how long "
                                    "the latent of each token of the probe text is.\nStart a run: the picture comes "
                                    "with its first steps."),
                                 this));
    m_pages->addWidget(makeContent());
    m_steps->shareAxis(m_axis);
    m_steps->followMoment(context.moment);
    m_steps->shareClock(context.clock);
    m_steps->setNumbers([&feed = context.feed](MetricId metric) { return feed.value(metric); });
    connect(&m_feed, &RunFeed::numbersChanged, m_steps, &TimeSeriesPlot::refreshNumbers);
    connect(&context.series, &SeriesHub::loaded, this, &LatentPanel::drawSteps);
    connect(&context.series, &SeriesHub::changed, this, &LatentPanel::drawSteps);
    explain();
    giveFocusTo(*this, *m_bars);
    connectAll();
    refresh();
}

QWidget* LatentPanel::makeContent()
{
    auto* content = new QWidget(this);
    m_layers = new Stepper(tr("Layer"), content);
    m_layers->setToolTip(tr("Layer of the model (keys G and H)"));
    m_readout = new ElidedLabel(content);
    m_readout->setObjectName(QStringLiteral("readout"));
    m_bars = new RankBars(m_theme, &ThemeColors::mla);
    m_bars->setAccessibleName(tr("Effective rank of the latents by layer"));
    m_scroll = scrollColumn(m_bars, {}, content);
    m_steps->setEmptyText(
        tr("The effective rank over steps: its first value comes with the next look at the probe text."));
    m_steps->setValueBase(ValueBase::Zero);
    auto* pictures = new QWidget(content);
    auto* row = new QHBoxLayout(pictures);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(16);
    row->addWidget(m_scroll, 5);
    row->addWidget(m_steps, 6);
    m_rankPages = new QStackedWidget(content);
    m_rankPages->addWidget(emptyNote(
        tr("The effective rank was not recorded in this run. It is measured with each look at the probe text: "
           "while this window watches a run, and every so many steps with the setting probe_every."),
        content));
    m_rankPages->addWidget(pictures);

    m_chip = new FollowChip(m_theme, m_axis.view(), content);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 0, kRoomForMenu, 0);
    top->setSpacing(8);
    top->addWidget(m_layers);
    top->addWidget(m_readout, 1);
    top->addWidget(m_chip);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_rankPages, 1);
    layout->addLayout(makeNorms(content));
    return content;
}

QLayout* LatentPanel::makeNorms(QWidget* content)
{
    m_norms = new QWidget(content);
    m_normsCaption = new ElidedLabel(m_norms);
    m_normsCaption->setObjectName(QStringLiteral("norms"));
    m_zoom = new QCheckBox(tr("zoom in"), m_norms);
    m_zoom->setToolTip(tr("Lets the axis begin with the smallest norm instead of 0."));
    m_strip = new TokenStrip(m_theme, &ThemeColors::mla, m_norms);
    m_strip->setAccessibleName(tr("Norm of the latent by token"));
    m_strip->setBase(StripBase::Zero);
    auto* caption = new QHBoxLayout;
    caption->setSpacing(8);
    caption->addWidget(m_normsCaption, 1);
    caption->addWidget(m_zoom);
    auto* layout = new QVBoxLayout(m_norms);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(caption);
    layout->addWidget(m_strip);
    auto* holder = new QVBoxLayout;
    holder->addWidget(m_norms);
    return holder;
}

void LatentPanel::explain()
{
    const QString rank =
        tr("Effective rank: exp(−Σ p log p), p the singular values of the latents over their sum (Roy and Vetterli,\n"
           "2007). k directions that are used equally give k. The latents are those the cache keeps, after\n"
           "kv_a_layernorm, of up to %1 validation tokens, always the same ones; so the rank cannot exceed\n"
           "min(tokens, kv_lora_rank). DeepSeek-V3 report, section 2.1.1, eq. 1.")
            .arg(kRankTokens);
    m_bars->setToolTip(rank);
    m_steps->setTitle(tr("Effective rank"), tr("directions"), rank);
    m_readout->setHint(rank);
    m_normsCaption->setHint(
        tr("Length (L2 norm) of the latent that the cache keeps of each token of the probe text,\n"
           "after kv_a_layernorm: near √kv_lora_rank at first, since the norm's gain starts with 1.\n"
           "DeepSeek-V3 report, section 2.1.1."));
}

void LatentPanel::connectAll()
{
    connect(&m_feed, &RunFeed::runStarted, this, [this] {
        m_curveLayer = -1; // its layers may have other names
        m_axis.view().showAll();
        refreshSoon();
    });
    connect(&m_feed, &RunFeed::probeChanged, this, &LatentPanel::refreshSoon);
    connect(&m_feed, &RunFeed::seriesChanged, this, &LatentPanel::drawSteps);
    connect(&m_feed, &RunFeed::numbersChanged, this, &LatentPanel::refreshWithoutFrame);
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Token)) refreshSoon();
    });
    connect(m_layers, &Stepper::chosen, &m_selection, &Selection::setLayer);
    connect(m_bars, &RankBars::chosen, &m_selection, &Selection::setLayer);
    connect(m_strip, &TokenStrip::chosen, &m_selection, &Selection::setToken);
    connect(m_zoom, &QCheckBox::toggled, this, [this](bool zoomed) {
        m_strip->setBase(zoomed ? StripBase::Smallest : StripBase::Zero);
        refreshNorms();
    });
}

std::int64_t LatentPanel::layers() const
{
    if (m_frame) return m_frame->layers;
    return m_feed.run() ? m_feed.run()->layers + m_feed.run()->mtp_depth : 0;
}

QString LatentPanel::layerName(std::int64_t layer) const
{
    return layerTitle(layer, mainLayers());
}

/// Of the moment shown: from its frame, or, where that has none, from the series.
std::vector<float> LatentPanel::ranks() const
{
    if (m_frame && m_frame->latent_rank.size() == static_cast<std::size_t>(m_frame->layers))
        return m_frame->latent_rank;
    std::vector<float> result;
    bool any = false;
    for (std::int64_t layer = 0; layer < layers(); ++layer) {
        result.push_back(static_cast<float>(m_feed.value({Metric::LayerLatentRank, layer})));
        any = any || std::isfinite(result.back());
    }
    return any ? result : std::vector<float>{};
}

std::int64_t LatentPanel::bound() const
{
    if (m_frame && m_frame->rank_bound > 0) return m_frame->rank_bound;
    return m_feed.run() ? std::min(kRankTokens, m_feed.run()->config.kv_lora_rank) : kRankTokens;
}

void LatentPanel::refresh()
{
    m_frame = m_feed.probe();
    const std::vector<float> known = ranks();
    const bool some = layers() > 0 && (m_frame || !known.empty());
    m_pages->setCurrentIndex(some ? 1 : 0);
    if (!some) return;
    if (m_selection.layer() >= 0) m_layer = static_cast<int>(m_selection.layer());
    m_layer = std::clamp(m_layer, 0, static_cast<int>(layers()) - 1);
    QStringList names;
    for (std::int64_t layer = 0; layer < layers(); ++layer) names.push_back(layerName(layer));
    m_layers->setItems(names);
    m_layers->setIndex(m_layer);
    m_rankPages->setCurrentIndex(known.empty() ? 0 : 1);
    showChip();
    m_bars->setRanks(known, names, static_cast<double>(bound()));
    m_bars->setSelected(m_layer);
    refreshRanks();
    refreshSteps();
    refreshNorms();
}

void LatentPanel::refreshRanks()
{
    const auto layer = static_cast<std::size_t>(m_layer);
    if (layer >= m_bars->ranks().size()) return m_readout->setText({}); // the stepper says which layer
    const auto rank = static_cast<double>(m_bars->ranks()[layer]);
    m_readout->setText(
        tr("uses %1 of %2 directions: %3")
            .arg(fixedText(rank, 1), countText(bound()), percentText(rank / static_cast<double>(bound()), 0)));
    const QRect row = m_bars->rowRect(m_layer);
    m_scroll->ensureVisible(0, row.center().y(), 0, row.height());
}

void LatentPanel::refreshSteps()
{
    if (m_curveLayer == m_layer) return;
    m_curveLayer = m_layer;
    PlotSeries series;
    series.name = layerName(m_layer);
    series.metric = {Metric::LayerLatentRank, m_layer};
    series.color = &ThemeColors::mla;
    series.text = [](double rank) { return fixedText(rank, 1); };
    series.widest = QStringLiteral("000.0");
    series.tip = m_bars->toolTip();
    m_steps->setSeries({std::move(series)});
    drawSteps();
}

/// Frames without ranks leave it to the series, which are read at another pace.
void LatentPanel::refreshWithoutFrame()
{
    if (!m_frame || m_frame->latent_rank.empty()) refreshSoon();
}

void LatentPanel::refreshNorms()
{
    const std::size_t tokens = m_frame ? m_frame->tokens.size() : 0;
    const std::size_t first = static_cast<std::size_t>(m_layer) * tokens;
    if (tokens == 0 || m_frame->latent_norm.size() < first + tokens) {
        m_normsCaption->setText(tr("norm by token: no probe text was run at this step"));
        m_strip->setValues({}, nullptr);
        return;
    }
    m_texts = TokenTexts(m_frame->token_texts);
    const auto begin = m_frame->latent_norm.begin() + static_cast<std::ptrdiff_t>(first);
    m_strip->setValues({begin, begin + static_cast<std::ptrdiff_t>(tokens)}, [this](int token) {
        return tr("Latent of %1: L2 norm %2")
            .arg(m_texts.name(token), fixedText(m_strip->values()[static_cast<std::size_t>(token)], 2));
    });
    const int token =
        m_selection.token() < static_cast<std::int64_t>(tokens) ? static_cast<int>(m_selection.token()) : -1;
    m_strip->setSelected(token);
    const QString range =
        m_zoom->isChecked() ? tr("norm by token: %1 to %2, not from 0") : tr("norm by token: %1 to %2, from 0");
    QString text = range.arg(fixedText(m_strip->smallest(), 2), fixedText(m_strip->largest(), 2));
    if (token >= 0)
        text = tr("%1: %2 · %3", "a token, its norm, the range of all")
                   .arg(m_texts.name(token), fixedText(m_strip->values()[static_cast<std::size_t>(token)], 2), text);
    m_normsCaption->setText(text);
    m_strip->setAccessibleDescription(text);
}

std::vector<Twin> LatentPanel::twins()
{
    refresh(); // in the place of a panel that is hidden meanwhile
    if (layers() == 0 || (!m_frame && m_bars->ranks().empty())) return {};
    std::vector<Twin> all;
    const QString step = countText(m_frame ? m_frame->step : m_feed.shownStep());
    if (const auto count = static_cast<int>(m_bars->ranks().size()); count > 0) {
        const auto cell = [known = m_bars->ranks(), most = bound(), main = mainLayers()](int layer,
                                                                                         int column) -> QVariant {
            if (column == 0) return layerCell(layer, main);
            if (column == 2) return countCell(most);
            const float rank = known[static_cast<std::size_t>(layer)];
            return std::isfinite(rank) ? QVariant(rank) : QVariant();
        };
        all.push_back(twinTable(*this, "ranks", tr("Effective rank of the latents, step %1").arg(step),
                                {tr("layer"), tr("effective rank (directions)"), tr("at most (directions)")}, count,
                                cell));
        all.push_back(plotTwin(*this, "steps", *m_steps));
    }
    if (const auto count = static_cast<int>(m_strip->values().size()); count > 0) {
        const auto cell = [frame = m_frame, norms = m_strip->values()](int token, int column) -> QVariant {
            const auto t = static_cast<std::size_t>(token);
            return column == 0   ? QVariant(token)
                   : column == 1 ? QVariant(tokenLabel(frame->token_texts[t]))
                                 : QVariant(norms[t]);
        };
        all.push_back(twinTable(*this, "norms", tr("Latents of %1, step %2").arg(layerName(m_layer), step),
                                {tr("position"), tr("token"), tr("L2 norm of the latent")}, count, cell));
    }
    return all;
}

/// It is of the curve.
void LatentPanel::showChip()
{
    m_chip->setVisible(width() >= kRoomForChip && m_rankPages->currentIndex() == 1);
}

void LatentPanel::resizeEvent(QResizeEvent* event)
{
    LazyPanel::resizeEvent(event);
    m_norms->setVisible(height() >= kRoomForNorms);
    m_steps->setVisible(width() >= kRoomForSteps);
    showChip();
    m_strip->setFixedHeight(std::clamp(height() / 8, 40, 90));
    m_strip->setSpan(kNumberWidth, width() - 4);
}

void LatentPanel::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_G: m_layers->step(-1); break;
    case Qt::Key_H: m_layers->step(1); break;
    default: LazyPanel::keyPressEvent(event);
    }
}

} // namespace

Panel* createLatentPanel(const PanelContext& context, QWidget* parent)
{
    return new LatentPanel(context, parent);
}

} // namespace triptych

#include "latent_panel.moc"
