// The MLA wing: who looks at whom in the probe text, head by head.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/twin_table.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/panel.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/head_gallery.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/token_strip.h"
#include "ui/widgets/token_text.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedLayout>

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace triptych {

Panel* createAttentionPanel(const PanelContext& context, QWidget* parent);

namespace {

/// The map's colours are explained only where there is room to spare.
constexpr int kRoomForScale = 560; // px
/// Lower than this, what stands below the map gives way to it.
constexpr int kRoomForNorms = 220; // px
/// A weight below this is no favourite.
constexpr float kWorthTelling = 0.005F;
/// The smallest and largest norm stand left of their strip.
constexpr int kNumberWidth = 34; // px

class AttentionPanel : public Panel {
    Q_OBJECT

public:
    AttentionPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    WatchSet watches() const override { return {}; } // the probe text
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeContent();
    void connectAll();
    void refresh();
    void refreshSoon();
    void arrange();
    void refreshFrame();
    void refreshMap();
    HeatmapData mapData() const;
    void refreshSelection();
    void hover(int query, int key);
    void tell();
    void chooseLayer(int layer);
    void chooseHead(int head);
    QStringList layerNames() const;
    QString lookText(int query, int key) const;
    QString favouritesText(int query) const;
    float weight(int query, int key) const;
    int length() const { return m_frame ? static_cast<int>(m_frame->tokens.size()) : 0; }
    int chosenToken() const;

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    std::shared_ptr<const ProbeFrame> m_frame;
    TokenTexts m_texts;
    int m_layer = 0;
    int m_head = 0;
    std::tuple<std::shared_ptr<const ProbeFrame>, int, int> m_drawn; ///< what the pictures show
    int m_query = -1;                                                ///< under the mouse
    int m_key = -1;
    bool m_stale = false; ///< something changed while nobody could see it

    QStackedLayout* m_pages;
    Stepper* m_layers;
    Stepper* m_heads;
    ElidedLabel* m_readout;
    HeatmapPlot* m_map;
    HeadGallery* m_gallery;
    TokenStrip* m_norms;
    QLabel* m_normsCaption;
};

AttentionPanel::AttentionPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_pages(new QStackedLayout(this))
{
    m_pages->addWidget(emptyNote(tr("Here you will see which earlier words each word of the probe text looks at, head "
                                    "by head.\nStart a run: the picture comes with its first steps."),
                                 this));
    m_pages->addWidget(makeContent());
    setFocusProxy(m_map);
    connectAll();
    refresh();
}

QWidget* AttentionPanel::makeContent()
{
    auto* content = new QWidget(this);
    m_layers = new Stepper(tr("Layer"), content);
    m_layers->setObjectName(QStringLiteral("layers"));
    m_layers->setToolTip(tr("Layer of the model (keys G and H)"));
    m_heads = new Stepper(tr("Head"), content);
    m_heads->setObjectName(QStringLiteral("heads"));
    m_heads->setToolTip(tr("Head of attention of this layer (keys J and K)"));
    m_readout = new ElidedLabel(content);
    m_readout->setObjectName(QStringLiteral("readout"));
    m_map = new HeatmapPlot(m_theme, HeatmapScale::Weight, &ThemeColors::mla, content);
    m_map->setPick(HeatmapPick::Row);
    m_map->setGroundNote(tr("later tokens\ncannot be seen"));
    m_map->setLabelWidth(kNumberWidth);
    m_gallery = new HeadGallery(m_theme, &ThemeColors::mla, content);
    m_norms = new TokenStrip(m_theme, &ThemeColors::mla, content);
    m_norms->setAccessibleName(tr("Norm of the latent by token"));
    m_normsCaption = mutedLabel(tr("latent norm"), content);
    m_normsCaption->setToolTip(tr("Length (L2 norm) of the latent that the cache keeps of each token,\n"
                                  "after kv_a_layernorm. DeepSeek-V3 report, section 2.1.1."));

    auto* choosers = new QHBoxLayout;
    choosers->setSpacing(4);
    choosers->addWidget(m_layers);
    choosers->addWidget(m_heads);
    choosers->addStretch(1);
    auto* pictures = new QGridLayout;
    pictures->setHorizontalSpacing(12);
    pictures->setVerticalSpacing(4);
    pictures->addWidget(m_map, 0, 0);
    pictures->addWidget(m_gallery, 0, 1);
    pictures->addWidget(m_norms, 1, 0);
    pictures->addWidget(m_normsCaption, 1, 1, Qt::AlignLeft | Qt::AlignVCenter);
    pictures->setRowStretch(0, 1);
    pictures->setColumnStretch(0, 1);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(choosers);
    layout->addWidget(m_readout);
    layout->addLayout(pictures, 1);
    return content;
}

void AttentionPanel::connectAll()
{
    connect(&m_feed, &RunFeed::runStarted, this, &AttentionPanel::refreshSoon);
    connect(&m_feed, &RunFeed::probeChanged, this, &AttentionPanel::refreshSoon);
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Head | Selection::Token)) refreshSoon();
    });
    connect(m_layers, &Stepper::chosen, this, &AttentionPanel::chooseLayer);
    connect(m_heads, &Stepper::chosen, this, &AttentionPanel::chooseHead);
    connect(m_gallery, &HeadGallery::chosen, this, &AttentionPanel::chooseHead);
    connect(m_map, &HeatmapPlot::cellHovered, this, &AttentionPanel::hover);
    connect(m_map, &HeatmapPlot::cellChosen, this, [this](int query) { m_selection.setToken(query); });
    connect(m_map, &HeatmapPlot::rowLabelChosen, &m_selection, &Selection::setToken);
    connect(m_map, &HeatmapPlot::columnLabelChosen, &m_selection, &Selection::setToken);
    connect(m_norms, &TokenStrip::chosen, &m_selection, &Selection::setToken);
    connect(m_map, &HeatmapPlot::mapMoved, this, [this] {
        const QRect map = m_map->mapRect();
        m_norms->setSpan(map.left(), map.right() + 1);
    });
}

void AttentionPanel::chooseLayer(int layer)
{
    m_selection.setLayer(layer); // which tells us too
}

void AttentionPanel::chooseHead(int head)
{
    m_selection.setHead(head);
}

void AttentionPanel::refresh()
{
    m_stale = false;
    const bool newFrame = m_feed.probe() != m_frame;
    m_frame = m_feed.probe();
    m_pages->setCurrentIndex(m_frame && length() > 0 ? 1 : 0);
    if (!m_frame) return;
    if (newFrame) refreshFrame();
    refreshMap();
    refreshSelection();
}

void AttentionPanel::refreshSoon()
{
    m_stale = !isVisible();
    if (!m_stale) refresh();
}

void AttentionPanel::refreshFrame()
{
    m_texts = TokenTexts(m_frame->token_texts);
    m_layers->setItems(layerNames());
    QStringList heads;
    for (std::int64_t head = 0; head < m_frame->heads; ++head) heads.push_back(tr("Head %1").arg(head));
    m_heads->setItems(heads);
}

QStringList AttentionPanel::layerNames() const
{
    const event::RunStarted* run = m_feed.run();
    const std::int64_t main = run ? run->layers : -1;
    QStringList names;
    for (std::int64_t layer = 0; layer < m_frame->layers; ++layer) names.push_back(layerTitle(layer, main));
    return names;
}

HeatmapData AttentionPanel::mapData() const
{
    const int tokens = length();
    HeatmapData map;
    map.rows = tokens;
    map.columns = tokens;
    map.values.assign(static_cast<std::size_t>(tokens) * static_cast<std::size_t>(tokens),
                      std::numeric_limits<float>::quiet_NaN());
    for (int query = 0; query < tokens; ++query)
        for (int key = 0; key <= query; ++key)
            map.values[static_cast<std::size_t>(query) * static_cast<std::size_t>(tokens) +
                       static_cast<std::size_t>(key)] = weight(query, key);
    for (int token = 0; token < tokens; ++token) map.rowLabels.push_back(m_texts.label(token));
    for (const TokenWord& word : m_texts.words()) map.rowSpans.push_back({word.first, word.count, word.text});
    map.columnLabels = map.rowLabels;
    map.columnSpans = map.rowSpans;
    return map;
}

void AttentionPanel::refreshMap()
{
    if (m_selection.layer() >= 0) m_layer = static_cast<int>(m_selection.layer());
    m_layer = std::clamp(m_layer, 0, static_cast<int>(m_frame->layers) - 1);
    m_head = std::clamp(static_cast<int>(m_selection.head()), 0, static_cast<int>(m_frame->heads) - 1);
    const auto drawn = std::tuple(m_frame, m_layer, m_head);
    if (drawn == m_drawn) return;
    m_drawn = drawn;
    m_layers->setIndex(m_layer);
    m_heads->setIndex(m_head);
    m_gallery->show(m_frame, m_layer);
    m_gallery->setSelected(m_head);

    m_map->setData(mapData());

    const int tokens = length();
    const auto first = m_frame->latent_norm.begin() + static_cast<std::ptrdiff_t>(m_layer) * tokens;
    m_norms->setValues(std::vector<float>(first, first + tokens), [this](int token) {
        return tr("Latent of %1: L2 norm %2")
            .arg(m_texts.name(token), fixedText(m_norms->values()[static_cast<std::size_t>(token)], 2));
    });
}

int AttentionPanel::chosenToken() const
{
    return m_selection.token() < length() ? static_cast<int>(m_selection.token()) : -1;
}

void AttentionPanel::refreshSelection()
{
    const int token = chosenToken();
    m_map->setSelected(token, -1);
    m_norms->setSelected(token);
    tell();
}

void AttentionPanel::hover(int query, int key)
{
    m_query = query;
    m_key = key;
    tell();
}

void AttentionPanel::tell()
{
    const bool hovered = m_query >= 0 && m_query < length() && m_key >= 0 && m_key < length();
    const int token = chosenToken();
    m_map->setHighlighted(hovered ? m_query : token, hovered ? m_key : token);
    const QString text = hovered      ? lookText(m_query, m_key)
                         : token >= 0 ? favouritesText(token)
                                      : tr("Rows look at columns: point at a cell, click to choose a token.");
    m_readout->setText(text);
    m_map->setAccessibleDescription(text);
}

float AttentionPanel::weight(int query, int key) const
{
    return m_frame->attention[attention_index(*m_frame, m_layer, m_head, query, key)];
}

QString AttentionPanel::lookText(int query, int key) const
{
    const QString from = m_texts.name(query);
    const QString to = m_texts.name(key);
    if (key > query) return tr("%1 cannot see %2: it comes later").arg(from, to);
    if (key == query) return tr("%1 looks at itself: %2").arg(from, percentText(weight(query, key)));
    return tr("%1 looks at %2: %3").arg(from, to, percentText(weight(query, key)));
}

QString AttentionPanel::favouritesText(int query) const
{
    std::vector<int> keys(static_cast<std::size_t>(query) + 1);
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = static_cast<int>(i);
    const std::size_t count = std::min<std::size_t>(3, keys.size());
    std::partial_sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(count), keys.end(),
                      [&](int a, int b) { return weight(query, a) > weight(query, b); });
    QStringList parts;
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0 && weight(query, keys[i]) < kWorthTelling) break;
        parts.push_back(
            tr("%1 %2", "a token and its share")
                .arg(keys[i] == query ? tr("itself") : m_texts.name(keys[i]), percentText(weight(query, keys[i]), 0)));
    }
    return tr("%1 looks most at %2").arg(m_texts.name(query), parts.join(tr(", ")));
}

void AttentionPanel::showEvent(QShowEvent* event)
{
    Panel::showEvent(event);
    if (m_stale) refresh();
}

void AttentionPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    arrange();
}

void AttentionPanel::arrange()
{
    m_gallery->setWidest(std::clamp(width() * 26 / 100, 40, 220));
    m_map->setScaleVisible(width() >= kRoomForScale);
    m_norms->setVisible(height() >= kRoomForNorms);
    m_normsCaption->setVisible(height() >= kRoomForNorms);
}

void AttentionPanel::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_G: m_layers->step(-1); break;
    case Qt::Key_H: m_layers->step(1); break;
    case Qt::Key_J: m_heads->step(-1); break;
    case Qt::Key_K: m_heads->step(1); break;
    default: Panel::keyPressEvent(event);
    }
}

QVariantMap AttentionPanel::saveState() const
{
    return {{QStringLiteral("layer"), m_layer}, {QStringLiteral("head"), m_head}};
}

void AttentionPanel::restoreState(const QVariantMap& state)
{
    const auto number = [&state](const char* key) {
        bool valid = false;
        const int value = state.value(QString::fromLatin1(key)).toInt(&valid);
        return valid && value >= 0 ? value : -1;
    };
    // The selection leads where there is one.
    if (m_selection.layer() < 0 && number("layer") >= 0) m_layer = number("layer");
    if (number("head") >= 0) m_selection.setHead(number("head"));
    refresh();
}

std::vector<Twin> AttentionPanel::twins()
{
    const auto frame = m_feed.probe();
    if (!frame || frame->tokens.empty() || frame->layers < 1 || frame->heads < 1) return {};
    const std::int64_t chosen = m_selection.layer() >= 0 ? m_selection.layer() : m_layer;
    const std::int64_t layer = std::clamp<std::int64_t>(chosen, 0, frame->layers - 1);
    const std::int64_t head = std::clamp<std::int64_t>(m_selection.head(), 0, frame->heads - 1);
    const auto tokens = static_cast<int>(frame->tokens.size());
    const auto text = [frame](int token) { return tokenLabel(frame->token_texts[static_cast<std::size_t>(token)]); };
    // Row r of a triangle: query q has the rows from q (q + 1) / 2 on.
    const auto looks = [frame, layer, head, text](int row, int column) -> QVariant {
        auto query = static_cast<int>((std::sqrt(8.0 * row + 1) - 1) / 2);
        const int key = row - query * (query + 1) / 2;
        switch (column) {
        case 0: return query;
        case 1: return text(query);
        case 2: return key;
        case 3: return text(key);
        default: return frame->attention[attention_index(*frame, layer, head, query, key)];
        }
    };
    const auto norms = [frame, layer, text, tokens](int token, int column) -> QVariant {
        if (column == 0) return token;
        if (column == 1) return text(token);
        return frame->latent_norm[static_cast<std::size_t>(layer * tokens + token)];
    };
    const QString where = layerTitle(layer, m_feed.run() ? m_feed.run()->layers : -1);
    return {twinTable(*this, "attention",
                      tr("Attention of %1, head %2, step %3").arg(where, countText(head), countText(frame->step)),
                      {tr("query (position)"), tr("query"), tr("key (position)"), tr("key"), tr("weight")},
                      tokens * (tokens + 1) / 2, looks),
            twinTable(*this, "norms", tr("Latents of %1, step %2").arg(where, countText(frame->step)),
                      {tr("position"), tr("token"), tr("L2 norm of the latent")}, tokens, norms)};
}

} // namespace

Panel* createAttentionPanel(const PanelContext& context, QWidget* parent)
{
    return new AttentionPanel(context, parent);
}

} // namespace triptych

#include "attention_panel.moc"
