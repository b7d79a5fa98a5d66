// Controls of a lane, and what it says while it works.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/playground_lane_view.h"

#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/played_text.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/steady_width.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRandomGenerator>
#include <QScrollBar>
#include <QSpinBox>
#include <QStackedLayout>
#include <QToolButton>

#include <limits>

namespace triptych {

namespace {

/// The entry that opens a dialog has this instead of a folder.
const QString kAskFolder = QStringLiteral("ask:folder");
constexpr int kMostTokens = 4096;
constexpr int kGap = 4; // px

template <class Box>
Box* spinBox(const char* id, const QString& name, const QString& prefix, const QString& explanation, QWidget* parent)
{
    auto* box = new Box(parent);
    box->setObjectName(QString::fromLatin1(id));
    box->setAccessibleName(name);
    box->setToolTip(explanation);
    box->setPrefix(prefix + QLatin1Char(' '));
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setMinimumWidth(48);
    return box;
}

QToolButton* toolButton(const char* id, const QString& text, const QString& explanation, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(id));
    button->setText(text);
    button->setToolTip(explanation);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

/// "runs/tiny" of ".../runs/tiny".
QString shortPath(const QString& path)
{
    return path.section(QLatin1Char('/'), -2, -1, QString::SectionSkipEmpty);
}

} // namespace

PlaygroundLaneView::PlaygroundLaneView(PlayLane lane, PlaygroundBridge& bridge, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_lane(lane), m_bridge(bridge), m_theme(theme)
{
    setObjectName(QStringLiteral("lane") + name());
    auto* controls = new QWidget(this);
    controls->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed); // see resizeEvent()
    auto* first = new QHBoxLayout;
    first->setSpacing(kGap);
    addCheckpoints(first);
    addActions(first);
    auto* rows = new QVBoxLayout(controls);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(kGap);
    rows->addLayout(first);
    rows->addLayout(makeSettings());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(kGap);
    layout->addWidget(controls);
    layout->addWidget(makeText(), 1);
    layout->addWidget(m_status);
    connect(&bridge, &PlaygroundBridge::changed, this, [this](PlayLane changed) {
        if (changed == m_lane) refresh();
    });
    connect(&theme, &Theme::changed, this, &PlaygroundLaneView::refresh);
    setCheckpoints({}, {}, {});
    arrange();
}

void PlaygroundLaneView::addCheckpoints(QHBoxLayout* row)
{
    auto* title = new QLabel(QStringLiteral("<b>%1</b>").arg(name()), this);
    m_checkpoints = new QComboBox(this);
    m_checkpoints->setObjectName(QStringLiteral("checkpoint"));
    m_checkpoints->setAccessibleName(tr("Checkpoint of lane %1").arg(name()));
    m_checkpoints->setToolTip(tr("The weights that write: a checkpoint of the run that is shown, or another folder."));
    m_checkpoints->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_checkpoints->setMinimumContentsLength(11);
    title->setBuddy(m_checkpoints);
    m_newest =
        toolButton("newest", tr("Newest weights"),
                   tr("Has the run that trains save its weights, and takes them: they are those of that step."), this);
    m_newest->setAccessibleName(m_newest->text()); // it is shortened where there is no room
    row->addWidget(title);
    row->addWidget(m_checkpoints, 1);
    row->addWidget(m_newest);
    connect(m_checkpoints, &QComboBox::activated, this, &PlaygroundLaneView::chooseCheckpoint);
    connect(m_newest, &QToolButton::clicked, this, &PlaygroundLaneView::newestWanted);
}

void PlaygroundLaneView::addActions(QHBoxLayout* row)
{
    m_generate = new QPushButton(tr("Generate"), this);
    m_generate->setObjectName(QStringLiteral("generate"));
    keepWidth(*m_generate, tr("Generate"), 28); // "Stop" is shorter, and nothing is to move
    m_again = toolButton("again", tr("Again"), tr("Same seed again: the same text, to the letter."), this);
    m_newSeed = toolButton("newSeed", tr("New seed"), tr("Another seed, and with it another text."), this);
    m_copy = toolButton("copy", tr("Copy"), tr("Copies the prompt and what was written after it."), this);
    for (QWidget* button : {static_cast<QWidget*>(m_generate), static_cast<QWidget*>(m_again),
                            static_cast<QWidget*>(m_newSeed), static_cast<QWidget*>(m_copy)}) {
        button->setFixedHeight(m_copy->sizeHint().height()); // buttons of both kinds in one line
        row->addWidget(button);
    }
    connect(m_generate, &QPushButton::clicked, this, [this] {
        if (text().writing)
            m_bridge.stop(m_lane);
        else
            generate();
    });
    connect(m_again, &QToolButton::clicked, this, [this] {
        m_seed->setValue(static_cast<int>(text().request.settings.sampling.seed));
        generate();
    });
    connect(m_newSeed, &QToolButton::clicked, this, [this] {
        m_seed->setValue(static_cast<int>(QRandomGenerator::global()->bounded(1, 1'000'000)));
        generate();
    });
    connect(m_copy, &QToolButton::clicked, this, &PlaygroundLaneView::copy);
    if (m_lane == PlayLane::A) return;
    m_close = toolButton("close", QStringLiteral("×"), tr("Closes this lane and frees its memory."), this);
    m_close->setAccessibleName(tr("Close lane %1").arg(name()));
    row->addWidget(m_close);
    connect(m_close, &QToolButton::clicked, this, &PlaygroundLaneView::closeWanted);
}

QHBoxLayout* PlaygroundLaneView::makeSettings()
{
    m_temperature = spinBox<QDoubleSpinBox>("temperature", tr("Temperature"), tr("T"),
                                            tr("Temperature, 0 to 100: logits are divided by it. Below 1 the likely "
                                               "tokens become likelier; 0 always takes the likeliest."),
                                            this);
    m_temperature->setRange(0, 100);
    m_temperature->setSingleStep(0.1);
    m_temperature->setValue(PlayRequest{}.settings.sampling.temperature);
    m_topP = spinBox<QDoubleSpinBox>("topP", tr("Top-p"), tr("p"),
                                     tr("Top-p, 0 to 1: draws from the likeliest tokens that have this probability "
                                        "together; 1: from all."),
                                     this);
    m_topP->setRange(0, 1);
    m_topP->setSingleStep(0.05);
    m_topP->setValue(1);
    m_topK = spinBox<QSpinBox>("topK", tr("Top-k"), tr("k"),
                               tr("Top-k, 0 and above: draws from so many likeliest tokens; 0: from all."), this);
    m_topK->setRange(0, 1'000'000);
    m_seed = spinBox<QSpinBox>("seed", tr("Seed"), tr("seed"),
                               tr("Of the draws: the same seed, prompt and settings give the same text, here and by "
                                  "triptych generate."),
                               this);
    m_seed->setRange(0, std::numeric_limits<int>::max());
    m_seed->setValue(1);
    m_count = spinBox<QSpinBox>("count", tr("New tokens"), tr("tokens"),
                                tr("How many tokens at most, 1 to %1. The text ends before where the model ends it or "
                                   "has no position left.")
                                    .arg(countText(kMostTokens)),
                                this);
    m_count->setRange(1, kMostTokens);
    m_count->setValue(static_cast<int>(PlayRequest{}.settings.max_new_tokens));
    m_status = new ElidedLabel(this);
    m_status->setObjectName(QStringLiteral("status"));
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (QAbstractSpinBox* box : {static_cast<QAbstractSpinBox*>(m_temperature), static_cast<QAbstractSpinBox*>(m_topP),
                                  static_cast<QAbstractSpinBox*>(m_topK), static_cast<QAbstractSpinBox*>(m_seed),
                                  static_cast<QAbstractSpinBox*>(m_count)}) {
        box->setFixedWidth(fontMetrics().horizontalAdvance(box == m_seed || box == m_count
                                                               ? QStringLiteral("tokens 9999")
                                                               : QStringLiteral("T 100.0")) +
                           20);
        row->addWidget(box);
    }
    row->addStretch(1);
    return row;
}

QWidget* PlaygroundLaneView::makeText()
{
    auto* place = new QWidget(this);
    m_pages = new QStackedLayout(place);
    m_note = emptyNote({});
    m_note->setMargin(2);
    m_note->setObjectName(QStringLiteral("note"));
    m_text = new PlayedText(m_theme);
    m_text->setObjectName(QStringLiteral("text"));
    m_text->setAccessibleName(tr("Text of lane %1").arg(name()));
    m_text->setToolTip(
        tr("The line below a token is the stronger, the more probable the token was. Point at a token, or "
           "go to one with the arrow keys: the tokens it looked at get a ground."));
    m_scroll = scrollColumn(m_text, {}, place);
    QScrollArea* note = scrollColumn(m_note, {}, place);
    for (QScrollArea* low : {note, m_scroll}) low->setMinimumHeight(1); // the controls above keep their height
    m_pages->addWidget(note);
    m_pages->addWidget(m_scroll);
    connect(m_text, &PlayedText::focusedChanged, this, &PlaygroundLaneView::focusedChanged);
    connect(m_text, &PlayedText::reach, this,
            [this](const QRect& at) { m_scroll->ensureVisible(at.center().x(), at.center().y(), 0, at.height()); });
    return place;
}

void PlaygroundLaneView::resizeEvent(QResizeEvent*)
{
    arrange();
}

void PlaygroundLaneView::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) arrange();
}

/// In a narrow lane what can be had otherwise goes first, and no button is cut.
void PlaygroundLaneView::arrange()
{
    int room = width() - m_checkpoints->minimumSizeHint().width() - 3 * kGap - fontMetrics().maxWidth();
    for (const QWidget* kept : {static_cast<const QWidget*>(m_generate), static_cast<const QWidget*>(m_close)})
        if (kept) room -= std::max(kept->sizeHint().width(), kept->minimumWidth()) + kGap;
    const bool offered = m_newestState != NewestWeights::None;
    int all = 0;
    m_newest->setText(tr("Newest weights"));
    for (const QToolButton* button : {m_newest, m_newSeed, m_again, m_copy})
        if (button != m_newest || offered) all += button->sizeHint().width() + kGap;
    if (all > room) m_newest->setText(tr("Newest", "weights"));
    for (QToolButton* button : {m_newest, m_newSeed, m_again, m_copy}) {
        const int needed = button->sizeHint().width() + kGap;
        const bool shown = (button != m_newest || offered) && needed <= room;
        button->setVisible(shown);
        if (shown) room -= needed;
    }
    m_count->setVisible(width() >= 400);
    m_topK->setVisible(width() >= 310);
    m_topP->setVisible(width() >= 240);
}

QString PlaygroundLaneView::checkpoint() const
{
    const QString folder = m_checkpoints->currentData().toString();
    return folder == kAskFolder ? QString() : folder;
}

void PlaygroundLaneView::setCheckpoints(const QString& run, const std::vector<StoredCheckpoint>& checkpoints,
                                        const QString& without)
{
    const QString chosen = checkpoint();
    const bool ofRun = !m_run.isEmpty() && chosen.startsWith(m_run);
    m_run = run;
    m_without = without;
    m_checkpoints->clear();
    for (const StoredCheckpoint& stored : checkpoints) {
        const QString folder = QString::fromStdString(stored.path.string());
        m_checkpoints->addItem(tr("step %1").arg(countText(stored.step)), folder);
        m_checkpoints->setItemData(m_checkpoints->count() - 1, folder, Qt::ToolTipRole);
    }
    if (checkpoints.empty()) m_checkpoints->addItem(tr("no checkpoint"), QString());
    m_checkpoints->addItem(tr("Other folder…"), kAskFolder);
    // What was chosen stays chosen while it is there; another run's is left for the newest of this one.
    if (!chosen.isEmpty() && (!ofRun || m_checkpoints->findData(chosen) >= 0))
        selectCheckpoint(chosen);
    else
        m_checkpoints->setCurrentIndex(0);
    m_lastCheckpoint = m_checkpoints->currentIndex();
    refresh();
}

void PlaygroundLaneView::selectCheckpoint(const QString& folder)
{
    int index = m_checkpoints->findData(folder);
    if (index < 0) {
        index = m_checkpoints->count() - 1; // before the entry that asks
        m_checkpoints->insertItem(index, shortPath(folder), folder);
        m_checkpoints->setItemData(index, folder, Qt::ToolTipRole);
    }
    m_checkpoints->setCurrentIndex(index);
    m_lastCheckpoint = index;
}

void PlaygroundLaneView::chooseCheckpoint(int index)
{
    if (m_checkpoints->itemData(index).toString() != kAskFolder) {
        m_lastCheckpoint = index;
        return refresh();
    }
    m_checkpoints->setCurrentIndex(m_lastCheckpoint);
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder of a checkpoint or of a run"), m_run);
    if (!folder.isEmpty()) selectCheckpoint(folder);
    refresh();
}

void PlaygroundLaneView::setNewestWeights(NewestWeights newest)
{
    if (std::exchange(m_newestState, newest) != newest) arrange();
    refresh();
}

void PlaygroundLaneView::setPrompt(const QString& prompt)
{
    m_prompt = prompt;
    refresh();
}

PlayRequest PlaygroundLaneView::request() const
{
    PlayRequest request;
    request.prompt = m_prompt.toStdString();
    request.settings.sampling = {.temperature = m_temperature->value(),
                                 .top_p = m_topP->value(),
                                 .top_k = m_topK->value(),
                                 .seed = static_cast<std::uint64_t>(m_seed->value())};
    request.settings.max_new_tokens = m_count->value();
    return request;
}

void PlaygroundLaneView::generate()
{
    if (!hasCheckpoint()) return refresh();
    const std::string folder = checkpoint().toStdString();
    if (text().folder != folder) m_bridge.load(m_lane, folder);
    m_bridge.generate(m_lane, request());
}

void PlaygroundLaneView::takeNewest()
{
    m_checkpoints->setCurrentIndex(0);
    m_lastCheckpoint = 0;
    if (hasCheckpoint() && text().folder != checkpoint().toStdString())
        m_bridge.load(m_lane, checkpoint().toStdString());
}

QString PlaygroundLaneView::titleOf(const PlayModel& model) const
{
    const QString folder = QString::fromStdString(model.checkpoint);
    const QString run = folder.section(QStringLiteral("/checkpoints/"), 0, 0);
    return model.step >= 0 ? tr("step %1 of %2").arg(countText(model.step), shortPath(run)) : shortPath(folder);
}

QString PlaygroundLaneView::status() const
{
    const PlayText& now = text();
    QStringList parts;
    if (now.error) return QString::fromStdString(now.error->what + ". " + now.error->hint);
    if (now.loading) return tr("reading the checkpoint…");
    if (m_newestState == NewestWeights::Awaited) parts << tr("the run saves its weights…");
    if (now.progress.tokens > 0) {
        parts << tr("%1 tokens/s").arg(largeText(now.progress.tokens_per_second()));
        parts << tr("%1 tokens").arg(countText(now.progress.tokens));
    } else if (now.writing && now.progress.prompt_tokens > 0) {
        parts << tr("reads the prompt, %1 of %2 tokens")
                     .arg(countText(now.progress.prompt_read), countText(now.progress.prompt_tokens));
    }
    if (const std::int64_t drafts = now.drafts(); drafts > 0)
        parts << tr("drafts right %1")
                     .arg(percentText(static_cast<double>(now.rightDrafts()) / static_cast<double>(drafts), 0));
    if (now.end == PlayEnd::EndToken) parts << tr("the model ended the text");
    if (now.end == PlayEnd::Full) parts << tr("no position is left");
    if (now.end == PlayEnd::Stopped) parts << tr("stopped");
    if (now.model) {
        parts << titleOf(*now.model);
        for (const std::string& note : now.model->notes) parts << QString::fromStdString(note);
    }
    return parts.join(QStringLiteral(" · "));
}

QString PlaygroundLaneView::emptyText() const
{
    if (const PlayText& now = text(); now.error) {
        return QString::fromStdString(now.error->what + ".\n" + now.error->hint);
    } else if (now.loading) {
        return tr("The checkpoint is being read.");
    }
    if (!hasCheckpoint()) return m_without;
    return tr("Enter in the prompt, or Generate: here the model goes on with it, token by token.");
}

void PlaygroundLaneView::refresh()
{
    const PlayText& now = text();
    const bool any = !now.tokens.empty();
    m_text->show(now);
    m_note->setText(emptyText());
    m_pages->setCurrentIndex(any ? 1 : 0);
    m_status->setText(any || now.loading || now.writing || !now.error ? status() : QString());
    m_status->setColor(now.error ? m_theme.colors().bad : m_theme.colors().muted);
    m_generate->setText(now.writing ? tr("Stop") : tr("Generate"));
    m_generate->setToolTip(now.writing       ? tr("Ends the text after the next token.")
                           : hasCheckpoint() ? tr("Goes on with the prompt (Enter in the prompt).")
                                             : m_without);
    m_generate->setEnabled(now.writing || (hasCheckpoint() && !m_prompt.isEmpty()));
    m_newSeed->setEnabled(hasCheckpoint() && !m_prompt.isEmpty());
    m_again->setEnabled(any && m_newSeed->isEnabled());
    m_copy->setEnabled(any);
    m_newest->setEnabled(m_newestState == NewestWeights::Offered);
    if (now.writing) { // the end of the text stays in sight, unless somebody looks at a token
        QScrollBar* bar = m_scroll->verticalScrollBar();
        if (m_text->focused() < 0)
            QMetaObject::invokeMethod(
                bar, [bar] { bar->setValue(bar->maximum()); }, Qt::QueuedConnection);
    }
}

void PlaygroundLaneView::copy()
{
    QApplication::clipboard()->setText(QString::fromStdString(text().written(true)));
}

QVariantMap PlaygroundLaneView::saveState() const
{
    // As it is shown: steps of 0.1 add up to 0.7999999999999999.
    const auto shown = [](const QDoubleSpinBox& box) {
        return QString::number(box.value(), 'f', box.decimals()).toDouble();
    };
    return {{QStringLiteral("checkpoint"), checkpoint()}, {QStringLiteral("temperature"), shown(*m_temperature)},
            {QStringLiteral("topP"), shown(*m_topP)},     {QStringLiteral("topK"), m_topK->value()},
            {QStringLiteral("seed"), m_seed->value()},    {QStringLiteral("count"), m_count->value()}};
}

void PlaygroundLaneView::restoreState(const QVariantMap& state)
{
    const auto restore = [&](auto* box, const char* key) {
        bool sound = false;
        const double value = state.value(QString::fromLatin1(key)).toDouble(&sound);
        if (sound && value >= static_cast<double>(box->minimum()) && value <= static_cast<double>(box->maximum()))
            box->setValue(static_cast<decltype(box->value())>(value));
    };
    restore(m_temperature, "temperature");
    restore(m_topP, "topP");
    restore(m_topK, "topK");
    restore(m_seed, "seed");
    restore(m_count, "count");
    const QString folder = state.value(QStringLiteral("checkpoint")).toString();
    if (!folder.isEmpty() && folder != kAskFolder) selectCheckpoint(folder);
    refresh();
}

} // namespace triptych
