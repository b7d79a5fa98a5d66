// The MLA wing: who looks at whom in the probe text or in a long one, head by head.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/long_text_reading.h"
#include "ui/panels/attention_marks.h"
#include "ui/panels/attention_shown.h"
#include "ui/panels/attention_twins.h"
#include "ui/panels/layer_names.h"
#include "ui/panels/lazy_panel.h"
#include "ui/panels/probe_note.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/plots/map_tiles.h"
#include "ui/widgets/card.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/focus_target.h"
#include "ui/widgets/head_gallery.h"
#include "ui/widgets/head_order.h"
#include "ui/widgets/long_text_dialog.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/stepper.h"
#include "ui/widgets/token_strip.h"

#include <QAction>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QStackedLayout>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <tuple>

namespace triptych {

Panel* createAttentionPanel(const PanelContext& context, QWidget* parent);

namespace {

/// The map's colours are explained only where there is room to spare.
constexpr int kChoosersGap = 4;    // px
constexpr int kRoomForScale = 560; // px
/// Below this the order of the heads is a sign and no word.
constexpr int kRoomForOrder = 460; // px
/// Lower than this, what stands below the map gives way to it.
constexpr int kRoomForNorms = 220; // px
/// The smallest and largest norm stand left of their strip.
constexpr int kNumberWidth = 34; // px

class AttentionPanel : public LazyPanel {
    Q_OBJECT

public:
    AttentionPanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    WatchSet watches() const override { return {}; } // the probe text
    QList<QAction*> panelActions() override { return {m_openLong, m_backToProbe}; }
    void takeOver(Panel& other) override
    {
        if (auto* panel = dynamic_cast<AttentionPanel*>(&other)) m_long.share(panel->m_long);
    }
    void succeed(Panel& before) override
    {
        if (auto* panel = dynamic_cast<AttentionPanel*>(&before)) m_long.succeed(panel->m_long);
    }
    QVariantMap saveState() const override;
    void restoreState(const QVariantMap& state) override;

protected:
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeContent();
    QLayout* makeChoosers(QWidget* content);
    QWidget* makeLongStatus(QWidget* content);
    void connectAll();
    void arrange();
    void showButtons();
    void refreshChoosers();
    void refreshMap();
    void refreshNorms();
    void refreshLong();
    void refreshSelection();
    void placeMarks();
    void hover(int query, int key);
    void brush(int row, int column, int toRow, int toColumn);
    void clearBrush();
    void tell();
    void choose(int layer, int head);
    void showLongDialog();
    bool showsLong() const { return m_long.isOpen(); }
    std::int64_t mainLayers() const { return m_feed.run() ? m_feed.run()->layers : -1; }
    int length() const { return m_shown.length(); }
    int chosenToken() const;

    RunFeed& m_feed;
    Selection& m_selection;
    const Theme& m_theme;
    LongTextReading m_long;
    std::shared_ptr<const ProbeFrame> m_frame;
    std::shared_ptr<const LongText> m_longText; ///< whose layers and heads can be chosen now
    std::shared_ptr<AttentionTileSource> m_tiles;
    AttentionShown m_shown;
    int m_layer = 0;
    int m_head = 0;
    /// What the map shows: a frame or tiles, layer and head.
    std::tuple<std::shared_ptr<const void>, int, int> m_drawn;
    int m_query = -1; ///< under the mouse
    int m_key = -1;
    int m_firstNorm = 0; ///< token of the strip's first dot

    QAction* m_openLong;
    QAction* m_backToProbe;
    QStackedLayout* m_pages;
    Stepper* m_layers = nullptr;
    Stepper* m_heads = nullptr;
    HeadOrder* m_orders = nullptr;
    QToolButton* m_open = nullptr;
    QToolButton* m_probe = nullptr; ///< in its place while a long text is open
    ElidedLabel* m_readout = nullptr;
    QWidget* m_longLine = nullptr;
    ElidedLabel* m_longStatus = nullptr;
    QProgressBar* m_progress = nullptr;
    HeatmapPlot* m_map = nullptr;
    std::optional<AttentionMarks> m_marks;
    HeadGallery* m_gallery = nullptr;
    TokenStrip* m_norms = nullptr;
    QLabel* m_normsCaption = nullptr;
    LongTextDialog* m_dialog = nullptr; ///< made when it is wanted
};

AttentionPanel::AttentionPanel(const PanelContext& context, QWidget* parent)
    : LazyPanel(parent), m_feed(context.feed), m_selection(context.selection), m_theme(context.theme),
      m_long(context.feed, context.post), m_openLong(new QAction(tr("Long text…"), this)),
      m_backToProbe(new QAction(tr("Probe text"), this)), m_pages(new QStackedLayout(this))
{
    m_openLong->setObjectName(QStringLiteral("longTextAction"));
    m_backToProbe->setObjectName(QStringLiteral("probeTextAction"));
    m_backToProbe->setToolTip(tr("Back to the attention of the probe text; what is read ends"));
    m_pages->addWidget(probeNote(m_feed,
                                 tr("Here you will see which earlier words each word of the probe text looks at, head "
                                    "by head.\nStart a run: the picture comes with its first steps."),
                                 this));
    m_pages->addWidget(makeContent());
    giveFocusTo(*this, *m_map);
    connectAll();
    refresh();
}

QLayout* AttentionPanel::makeChoosers(QWidget* content)
{
    m_layers = new Stepper(tr("Layer"), content);
    m_layers->setObjectName(QStringLiteral("layers"));
    m_layers->setToolTip(tr("Layer of the model (keys G and H)"));
    m_heads = new Stepper(tr("Head"), content);
    m_heads->setObjectName(QStringLiteral("heads"));
    m_heads->setToolTip(tr("Head of attention of this layer (keys J and K)"));
    m_gallery = new HeadGallery(m_theme, &ThemeColors::mla, content);
    m_orders = new HeadOrder(*m_gallery, content);
    m_orders->setObjectName(QStringLiteral("order"));
    m_open = new QToolButton(content);
    m_open->setObjectName(QStringLiteral("openLong"));
    m_open->setDefaultAction(m_openLong);
    m_open->setAutoRaise(true);
    m_probe = new QToolButton(content);
    m_probe->setObjectName(QStringLiteral("probe"));
    m_probe->setDefaultAction(m_backToProbe);
    m_probe->setAutoRaise(true);
    auto* choosers = new QHBoxLayout;
    choosers->setSpacing(kChoosersGap);
    choosers->setContentsMargins(0, 0, kRoomForMenu, 0);
    choosers->addWidget(m_layers);
    choosers->addWidget(m_heads);
    choosers->addStretch(1);
    choosers->addWidget(m_probe);
    choosers->addWidget(m_open);
    choosers->addWidget(m_orders);
    return choosers;
}

QWidget* AttentionPanel::makeLongStatus(QWidget* content)
{
    auto* line = new QWidget(content);
    m_longStatus = new ElidedLabel(line);
    m_longStatus->setObjectName(QStringLiteral("longStatus"));
    m_progress = new QProgressBar(line);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(3);
    m_progress->setAccessibleName(tr("Tokens of the long text that are read"));
    auto* layout = new QVBoxLayout(line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_longStatus);
    layout->addWidget(m_progress);
    return line;
}

QWidget* AttentionPanel::makeContent()
{
    auto* content = new QWidget(this);
    QLayout* choosers = makeChoosers(content);
    m_readout = new ElidedLabel(content);
    m_readout->setObjectName(QStringLiteral("readout"));
    m_readout->setHint(
        tr("Weight of a key for a query: softmax over all earlier keys of q · k / √(n + r), n and r the\n"
           "numbers of a head's plain and rotated part; those of a query add up to 100 %.\n"
           "DeepSeek-V3 report, section 2.1.1."));
    m_longLine = makeLongStatus(content);
    m_map = new HeatmapPlot(m_theme, HeatmapScale::Weight, &ThemeColors::mla, content);
    m_map->setAccessibleName(tr("Attention: how much each token looks at those before it"));
    m_map->setPick(HeatmapPick::Row);
    m_map->setZoom(HeatmapZoom::Free);
    m_map->setLabelWidth(kNumberWidth);
    m_map->setToolTip(
        tr("Rows are tokens that look, columns those they look at.\nWheel or + − zoom, Shift and drag pans, "
           "R or a double click shows all; drag to choose spans."));
    m_marks.emplace(m_theme, *m_map);
    m_norms = new TokenStrip(m_theme, &ThemeColors::mla, content);
    m_norms->setAccessibleName(tr("Norm of the latent by token"));
    m_normsCaption = mutedLabel({}, content);
    m_normsCaption->setObjectName(QStringLiteral("normsCaption"));
    m_normsCaption->setToolTip(tr("Length (L2 norm) of the latent that the cache keeps of each token,\n"
                                  "after kv_a_layernorm. DeepSeek-V3 report, section 2.1.1.\n"
                                  "The axis goes from the smallest to the largest of the text, and not from 0."));
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
    layout->addWidget(m_longLine);
    layout->addWidget(m_readout);
    layout->addLayout(pictures, 1);
    return content;
}

void AttentionPanel::connectAll()
{
    connect(&m_feed, &RunFeed::runStarted, this, &AttentionPanel::refreshSoon);
    connect(&m_feed, &RunFeed::probeChanged, this, &AttentionPanel::refreshSoon);
    connect(&m_long, &LongTextReading::changed, this, &AttentionPanel::refreshSoon);
    connect(&m_selection, &Selection::partsChanged, this, [this](std::uint8_t parts) {
        if (parts & (Selection::Layer | Selection::Head | Selection::Token)) refreshSoon();
    });
    connect(m_openLong, &QAction::triggered, this, &AttentionPanel::showLongDialog);
    connect(m_backToProbe, &QAction::triggered, &m_long, &LongTextReading::close);
    connect(m_layers, &Stepper::chosen, &m_selection, &Selection::setLayer);
    connect(m_heads, &Stepper::chosen, &m_selection, &Selection::setHead);
    connect(m_gallery, &HeadGallery::chosen, this, &AttentionPanel::choose);
    connect(m_map, &HeatmapPlot::cellHovered, this, &AttentionPanel::hover);
    connect(m_map, &HeatmapPlot::brushed, this, &AttentionPanel::brush);
    connect(m_map, &HeatmapPlot::cellChosen, this, [this](int query) {
        clearBrush();
        m_selection.setToken(query);
    });
    connect(m_map, &HeatmapPlot::rowLabelChosen, &m_selection, &Selection::setToken);
    connect(m_map, &HeatmapPlot::columnLabelChosen, &m_selection, &Selection::setToken);
    connect(m_norms, &TokenStrip::chosen, this, [this](int dot) { m_selection.setToken(m_firstNorm + dot); });
    for (const auto moved : {&HeatmapPlot::mapMoved, &HeatmapPlot::viewChanged})
        connect(m_map, moved, this, [this] {
            refreshNorms();
            placeMarks();
        });
}

void AttentionPanel::choose(int layer, int head)
{
    m_selection.setHead(head); // each tells us too
    m_selection.setLayer(layer);
}

void AttentionPanel::refresh()
{
    m_frame = m_feed.probe();
    const bool something = (m_frame && !m_frame->tokens.empty()) || showsLong();
    m_pages->setCurrentIndex(something ? 1 : 0);
    const QString obstacle = m_long.obstacle();
    m_openLong->setEnabled(obstacle.isEmpty());
    m_openLong->setToolTip(
        obstacle.isEmpty()
            ? tr("Reads a text of up to %1 tokens with the newest weights").arg(countText(LongText::kMostTokens))
            : obstacle);
    m_backToProbe->setEnabled(showsLong());
    showButtons();
    m_longLine->setVisible(showsLong());
    if (!something) return;
    m_longText = showsLong() && m_long.state() ? m_long.state()->text : nullptr;
    if (!m_frame && !m_longText) return refreshLong();
    refreshChoosers();
    if (showsLong()) refreshLong();
    refreshMap();
    refreshSelection();
}

void AttentionPanel::refreshChoosers()
{
    const std::int64_t layers = m_longText ? m_longText->layers : m_frame->layers;
    const std::int64_t heads = m_longText ? m_longText->heads : m_frame->heads;
    QStringList layerNames;
    for (std::int64_t layer = 0; layer < layers; ++layer) layerNames.push_back(layerTitle(layer, mainLayers()));
    m_layers->setItems(layerNames);
    QStringList headNames;
    for (std::int64_t head = 0; head < heads; ++head) headNames.push_back(tr("Head %1").arg(head));
    m_heads->setItems(headNames);
    if (m_selection.layer() >= 0) m_layer = static_cast<int>(m_selection.layer());
    m_layer = std::clamp(m_layer, 0, static_cast<int>(layers) - 1);
    m_head = std::clamp(static_cast<int>(m_selection.head()), 0, static_cast<int>(heads) - 1);
    m_layers->setIndex(m_layer);
    m_heads->setIndex(m_head);
}

void AttentionPanel::refreshLong()
{
    m_long.choose(m_layer, m_head);
    const auto state = m_long.state();
    m_longStatus->setText(m_long.status());
    const bool reading = m_long.isReading() || m_long.awaitsSave();
    m_progress->setVisible(reading);
    m_progress->setRange(0, state && state->text ? static_cast<int>(state->text->tokens.size()) : 0);
    if (state && state->text) m_progress->setValue(static_cast<int>(state->read));
}

void AttentionPanel::refreshMap()
{
    const auto state = showsLong() ? m_long.state() : nullptr;
    const bool tiles = state && state->tiles && state->text;
    if (showsLong() && !tiles) { // the picture before stays until there is another
        if (state && state->pictures) m_gallery->setPictures(state->pictures, -1);
        m_gallery->setSelected(m_layer, m_head);
        return;
    }
    const auto source = tiles ? std::shared_ptr<const void>(state->tiles) : std::shared_ptr<const void>(m_frame);
    const auto drawn = tiles ? std::tuple(source, static_cast<int>(state->layer), static_cast<int>(state->head))
                             : std::tuple(source, m_layer, m_head);
    const bool another = drawn != m_drawn;
    if (tiles && m_tiles && !another) m_tiles->refresh();
    if (tiles && state->pictures)
        m_gallery->setPictures(state->pictures, -1);
    else if (!tiles && another && std::get<0>(m_drawn) != source)
        m_gallery->setPictures(std::make_shared<ProbePictures>(m_frame), mainLayers());
    m_gallery->setSelected(m_layer, m_head);
    if (!another) return;
    AttentionShown shown = tiles ? AttentionShown(state) : AttentionShown(m_frame, m_layer, m_head);
    // While a training goes on there are new weights of the same tokens again and again.
    const bool sameCells = std::get<1>(drawn) == std::get<1>(m_drawn) && std::get<2>(drawn) == std::get<2>(m_drawn) &&
                           shown.texts() == m_shown.texts();
    if (!sameCells) clearBrush();
    m_drawn = drawn;
    m_shown = std::move(shown);
    if (tiles) {
        m_tiles = std::make_shared<AttentionTileSource>(state->tiles);
        m_map->setTiles(m_tiles, m_shown.map());
    } else {
        m_tiles.reset();
        m_map->setData(m_shown.map());
    }
    m_map->setBrush(length(), length());
    m_norms->setVisible(!tiles && height() >= kRoomForNorms);
    m_normsCaption->setVisible(!tiles && height() >= kRoomForNorms);
    refreshNorms();
}

void AttentionPanel::refreshNorms()
{
    if (!m_frame || m_tiles || length() == 0) return;
    // Columns that are seen as a whole, so that each dot stands below its own.
    const QRectF seen = m_map->view().visible();
    m_firstNorm = std::clamp(static_cast<int>(std::ceil(seen.left() - 1e-6)), 0, length() - 1);
    const int end = std::clamp(static_cast<int>(std::floor(seen.right() + 1e-6)), m_firstNorm + 1, length());
    const double cell = m_map->mapRect().width() / std::max(seen.width(), 1.0);
    const auto edge = [&](int column) { return m_map->mapRect().left() + qRound((column - seen.left()) * cell); };
    const auto first = m_frame->latent_norm.begin() + static_cast<std::ptrdiff_t>(m_layer) * length();
    m_norms->setSpan(edge(m_firstNorm), edge(end));
    m_norms->setValues(std::vector<float>(first + m_firstNorm, first + end), [this](int dot) {
        return tr("Latent of %1: L2 norm %2")
            .arg(m_shown.texts().name(m_firstNorm + dot),
                 fixedText(m_norms->values()[static_cast<std::size_t>(dot)], 2));
    });
    m_norms->setSelected(chosenToken() >= 0 ? chosenToken() - m_firstNorm : -1);
    const auto [low, high] = std::minmax_element(m_norms->values().begin(), m_norms->values().end());
    m_normsCaption->setText(tr("latent norm,\naxis %1 to %2").arg(fixedText(*low, 2), fixedText(*high, 2)));
}

int AttentionPanel::chosenToken() const
{
    return m_selection.token() < length() ? static_cast<int>(m_selection.token()) : -1;
}

void AttentionPanel::refreshSelection()
{
    const int token = chosenToken();
    m_map->setSelected(token, -1);
    m_norms->setSelected(token >= 0 ? token - m_firstNorm : -1);
    tell();
}

void AttentionPanel::hover(int query, int key)
{
    m_query = query;
    m_key = key;
    tell();
}

void AttentionPanel::brush(int row, int column, int toRow, int toColumn)
{
    m_marks->setSpan(QRect(QPoint(std::min(column, toColumn), std::min(row, toRow)),
                           QPoint(std::max(column, toColumn), std::max(row, toRow))));
    tell();
}

void AttentionPanel::clearBrush()
{
    m_marks->setSpan({});
}

void AttentionPanel::placeMarks()
{
    const bool hovered = m_query >= 0 && m_query < length() && m_key >= 0;
    m_marks->place(m_shown, hovered ? m_query : chosenToken());
}

void AttentionPanel::tell()
{
    const bool hovered = m_query >= 0 && m_query < length() && m_key >= 0 && m_key < length();
    const int token = chosenToken();
    m_map->setHighlighted(hovered ? m_query : token, hovered ? m_key : token);
    const QRect span = m_marks->span();
    const QString text = !span.isEmpty() ? m_shown.spanText(span.top(), span.left(), span.bottom(), span.right())
                         : hovered       ? m_shown.lookText(m_query, m_key)
                         : token >= 0    ? m_shown.favouritesText(token)
                                         : tr("Rows look at columns: point at a cell, click to choose a token.");
    m_readout->setText(text);
    m_map->setAccessibleDescription(text);
    placeMarks();
}

void AttentionPanel::showLongDialog()
{
    if (!m_dialog) {
        m_dialog = new LongTextDialog(this);
        connect(m_dialog, &LongTextDialog::readWanted, this,
                [this](const QString& text) { m_long.open(text, m_layer, m_head); });
    }
    m_dialog->setLimits(LongText::kMostTokens, m_feed.run() ? m_feed.run()->config.max_position_embeddings : -1);
    m_dialog->show();
    m_dialog->activateWindow();
}

void AttentionPanel::resizeEvent(QResizeEvent* event)
{
    LazyPanel::resizeEvent(event);
    arrange();
}

void AttentionPanel::arrange()
{
    m_gallery->setWidest(std::clamp(width() * 33 / 100, 40, 420));
    m_map->setScaleVisible(width() >= kRoomForScale);
    m_orders->setTextAs(width() < kRoomForOrder ? HeadOrder::Text::Sign : HeadOrder::Text::Word);
    showButtons();
    m_norms->setVisible(height() >= kRoomForNorms && !m_tiles);
    m_normsCaption->setVisible(height() >= kRoomForNorms && !m_tiles);
}

/// Where its words have no room it has a shorter one; the narrowest wing leaves it to the menu of the card.
void AttentionPanel::showButtons()
{
    QToolButton* wanted = showsLong() ? m_probe : m_open;
    const auto fits = [&] {
        int room = width() - kRoomForMenu - wanted->sizeHint().width();
        for (const QWidget* part :
             {static_cast<QWidget*>(m_layers), static_cast<QWidget*>(m_heads), static_cast<QWidget*>(m_orders)})
            room -= part->minimumSizeHint().width() + kChoosersGap;
        return room >= 0;
    };
    m_openLong->setIconText(m_openLong->text());
    m_backToProbe->setIconText(m_backToProbe->text());
    if (!fits()) {
        m_openLong->setIconText(tr("Text…"));
        m_backToProbe->setIconText(tr("Probe"));
    }
    const bool shown = fits();
    for (QToolButton* button : {m_probe, m_open}) button->setVisible(button == wanted && shown);
}

void AttentionPanel::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_G: m_layers->step(-1); break;
    case Qt::Key_H: m_layers->step(1); break;
    case Qt::Key_J: m_heads->step(-1); break;
    case Qt::Key_K: m_heads->step(1); break;
    case Qt::Key_Escape:
        if (m_marks->span().isEmpty()) return LazyPanel::keyPressEvent(event);
        clearBrush();
        tell();
        break;
    default: LazyPanel::keyPressEvent(event);
    }
}

QVariantMap AttentionPanel::saveState() const
{
    const auto order = m_gallery->order();
    return {{QStringLiteral("layer"), m_layer},
            {QStringLiteral("head"), m_head},
            {QStringLiteral("order"), order ? static_cast<int>(*order) : 0}};
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
    for (const Habit habit : kHabits)
        if (number("order") == static_cast<int>(habit)) m_orders->setOrder(habit);
    if (number("order") == 0) m_orders->setOrder({});
    refresh();
}

std::vector<Twin> AttentionPanel::twins()
{
    if (showsLong())
        return m_long.state() ? longAttentionTwins(*this, m_feed, *m_long.state(), chosenToken()) : std::vector<Twin>();
    return attentionTwins(*this, m_feed, m_selection.layer() >= 0 ? m_selection.layer() : m_layer, m_selection.head());
}

} // namespace

Panel* createAttentionPanel(const PanelContext& context, QWidget* parent)
{
    return new AttentionPanel(context, parent);
}

} // namespace triptych

#include "attention_panel.moc"
