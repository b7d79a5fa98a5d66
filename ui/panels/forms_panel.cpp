// Why generation attends to the latents themselves: what both forms of MLA cost against the length of the context.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/cost/attention_forms.h"
#include "core/session/form_timer.h"
#include "ui/models/twin_table.h"
#include "ui/panels/panel.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/form_page.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/stepper.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedLayout>
#include <QTimer>

#include <array>
#include <cmath>
#include <memory>
#include <utility>

namespace triptych {

namespace {

constexpr int kRoomForAll = 700; // px: narrower than this, one quantity is shown at a time
constexpr int kPollMs = 100;
constexpr std::int64_t kLastContext = 128 * 1024;

/// Parameters are counted in billions, work in the prefixes of SI.
QString flopsText(double flops)
{
    return largeText(flops).replace(QLatin1Char('B'), QLatin1Char('G'));
}

class FormsPanel final : public Panel {
    Q_OBJECT

public:
    FormsPanel(const PanelContext& context, QWidget* parent);

    std::vector<Twin> twins() override;
    void takeOver(Panel& other) override;
    void succeed(Panel& before) override;
    QVariantMap saveState() const override { return {{QStringLiteral("quantity"), m_choice->index()}}; }
    void restoreState(const QVariantMap& state) override
    {
        bool valid = false;
        const int index = state.value(QStringLiteral("quantity")).toInt(&valid);
        if (valid && index >= 0 && index < m_choice->count()) m_choice->setIndex(index);
        arrange();
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        Panel::resizeEvent(event);
        arrange();
        refreshButton();
    }

private:
    QWidget* makeContent(const Theme& theme);
    void startRun();
    void refresh();
    void arrange();
    void refreshTimes();
    void refreshButton();
    void press();
    void poll();
    QString words(const ModelConfig& config) const;
    static std::vector<FormRow> formulaRows(const ModelConfig& config, double FormCost::*quantity);

    RunFeed& m_feed;
    std::shared_ptr<FormTimer> m_timer = std::make_shared<FormTimer>(); ///< of figures of this page, too
    QTimer m_poll;
    bool m_ofThisRun = false;      ///< what was measured last
    bool m_besideTraining = false; ///< some of it was

    QStackedLayout* m_pages;
    Stepper* m_choice;
    QPushButton* m_measure;
    QLabel* m_words;
    FormPage* m_flops;
    FormPage* m_bytes;
    FormPage* m_times;
};

FormsPanel::FormsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_pages(new QStackedLayout(this))
{
    m_pages->addWidget(emptyNote(tr("Here you will see what attention over cached latents costs in its two forms: "
                                    "absorbed, or expanded to keys and values.\nIt follows from the shape of the "
                                    "model: start or open a run."),
                                 this));
    m_pages->addWidget(makeContent(context.theme));
    m_poll.setInterval(kPollMs);
    connect(&m_poll, &QTimer::timeout, this, &FormsPanel::poll);
    connect(&m_feed, &RunFeed::runStarted, this, &FormsPanel::startRun);
    connect(&m_feed, &RunFeed::stateChanged, this, &FormsPanel::refreshButton);
    connect(m_choice, &Stepper::chosen, this, &FormsPanel::arrange);
    connect(m_measure, &QPushButton::clicked, this, &FormsPanel::press);
    refresh();
}

QWidget* FormsPanel::makeContent(const Theme& theme)
{
    auto* content = new QWidget(this);
    m_choice = new Stepper(tr("Quantity"), content);
    m_choice->setItems({tr("FLOPs"), tr("Bytes"), tr("Time")});
    m_measure = new QPushButton(content);
    m_measure->setObjectName(QStringLiteral("measure"));
    m_measure->setMinimumWidth(60); // its text does not hold the panel wide
    m_words = mutedLabel({}, content);
    m_words->setWordWrap(true);
    m_words->setObjectName(QStringLiteral("formWords"));
    m_flops = new FormPage(theme, tr("FLOPs per token"), flopsText, content);
    m_bytes = new FormPage(
        theme, tr("bytes moved per token"), [](double v) { return bytesText(v); }, content);
    m_times = new FormPage(
        theme, tr("ms per token, measured"), [](double v) { return fixedText(v, v < 1     ? 3
                                                                                : v < 100 ? 2
                                                                                          : 0); },
        content);
    m_times->setEmptyText(tr("Nothing was measured yet: the button above runs attention in both forms for a moment."));
    auto* top = new QHBoxLayout;
    top->setSpacing(8);
    top->setContentsMargins(0, 0, kRoomForMenu, 0);
    top->addWidget(m_choice);
    top->addStretch(1);
    top->addWidget(m_measure);
    auto* row = new QHBoxLayout;
    row->setSpacing(24);
    for (FormPage* page : {m_flops, m_bytes, m_times}) row->addWidget(page, 1);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(top);
    layout->addWidget(m_words);
    layout->addLayout(row, 1);
    return content;
}

void FormsPanel::startRun()
{
    m_timer->stop(); // of another model
    m_ofThisRun = false;
    refresh();
}

std::vector<FormRow> FormsPanel::formulaRows(const ModelConfig& config, double FormCost::*quantity)
{
    std::vector<FormRow> rows;
    for (std::int64_t context = kTimedContexts[0]; context <= kLastContext; context *= 4)
        rows.push_back({context, form_cost(config, AttentionForm::Absorbed, context).*quantity,
                        form_cost(config, AttentionForm::Materialized, context).*quantity});
    return rows;
}

QString FormsPanel::words(const ModelConfig& config) const
{
    const auto context = absorbed_from_context(config);
    const auto tokens = materialized_from_tokens(config);
    const QString one =
        context ? tr("One new token: absorbed takes fewer FLOPs from %1 positions on.").arg(countText(*context))
                : tr("One new token: expanded takes fewer FLOPs at any context.");
    const QString many = tokens ? tr("A prompt: expanded does, from %1 tokens at once.").arg(countText(*tokens))
                                : tr("A prompt: absorbed does too.");
    return one + QLatin1Char(' ') + many;
}

void FormsPanel::refresh()
{
    const event::RunStarted* run = m_feed.run();
    m_pages->setCurrentIndex(run ? 1 : 0);
    if (!run) return;
    const ModelConfig& c = run->config;
    m_flops->setRows(formulaRows(c, &FormCost::flops));
    m_bytes->setRows(formulaRows(c, &FormCost::bytes));
    m_words->setText(words(c));
    const QString shape = tr("Here H = %1 heads, c = %2 (latent), r = %3 (rotated key), n = %4 (key), v = %5 (value), "
                             "%6 layers.\nDeepSeek-V2 report, section 2.1.2; V3 report, section 2.1.1.")
                              .arg(c.num_attention_heads)
                              .arg(c.kv_lora_rank)
                              .arg(c.qk_rope_head_dim)
                              .arg(c.qk_nope_head_dim)
                              .arg(c.v_head_dim)
                              .arg(c.num_hidden_layers);
    m_flops->setExplanation(
        tr("FLOPs of one new token against S cached positions, per layer:\n"
           "absorbed 2 H c (n + v) + 2 H S (2 c + r): W_UK is folded into the query, W_UV into the output\n"
           "expanded 2 H c (n + v) S + 2 H S (n + r + v): keys and values are made of all latents again\n") +
        shape);
    m_bytes->setExplanation(tr("Bytes that one new token moves, in BF16, per layer:\n"
                               "absorbed 2 (H c (n + v) + S (c + r)): W_UK and W_UV, and the cache\n"
                               "expanded the same + 4 S H (n + v): keys and values, written and read\n") +
                            shape);
    m_words->setToolTip(
        tr("Both forms give the same logits. Expanding costs once for all tokens that are read together, the\n"
           "products with the latent more for each pair: they cost the same at c (n + v) / (2 c − n − v)\n"
           "tokens at once against a long context. So prompts are read expanded, and text is written\n"
           "absorbed.\n") +
        shape);
    refreshTimes();
    refreshButton();
    arrange();
}

void FormsPanel::arrange()
{
    const bool all = width() >= kRoomForAll;
    const std::array pages = {m_flops, m_bytes, m_times};
    for (std::size_t i = 0; i < pages.size(); ++i)
        pages[i]->setVisible(all || static_cast<int>(i) == m_choice->index());
    m_choice->setVisible(!all);
}

void FormsPanel::refreshTimes()
{
    std::vector<FormRow> rows;
    const FormTimer::Progress progress = m_ofThisRun ? m_timer->progress() : FormTimer::Progress{};
    for (const FormTime& time : progress.times)
        rows.push_back({time.context, 1000 * time.absorbed, 1000 * time.materialized});
    m_times->setRows(std::move(rows));
    const QString beside =
        m_besideTraining ? tr("\nMeasured while a training had the same cores: alone it is faster.") : QString();
    m_times->setExplanation(
        tr("Milliseconds that the attention of all layers takes for one token on this machine, in f32, median\n"
           "of a few, with fresh weights; its projections are in it, everything else is not.") +
        beside);
    if (progress.error)
        m_times->setEmptyText(QString::fromStdString(progress.error->what + ". " + progress.error->hint));
}

void FormsPanel::refreshButton()
{
    const bool running = m_timer->progress().running;
    const QString text = running               ? tr("Stop measuring")
                         : m_feed.isTraining() ? tr("Measure: takes seconds from the training")
                                               : tr("Measure on this machine");
    m_measure->setText(text);
    const int room = width() - kRoomForMenu - (m_choice->isHidden() ? 0 : m_choice->sizeHint().width() + 8);
    if (m_measure->sizeHint().width() > room) m_measure->setText(running ? tr("Stop") : tr("Measure"));
    m_measure->setToolTip(tr("Runs the attention of this model's layers in both forms for some seconds, on all cores.\n"
                             "A training that goes on meanwhile is slower for so long; nothing of it changes."));
    m_measure->setAccessibleName(text);
}

std::vector<Twin> FormsPanel::twins()
{
    std::vector<Twin> all;
    const auto add = [&](const char* key, const QString& title, const QString& unit, const FormPage& page) {
        if (page.rows().empty()) return;
        const auto cell = [rows = page.rows()](int at, int column) -> QVariant {
            const FormRow& row = rows[static_cast<std::size_t>(at)];
            switch (column) {
            case 0: return countCell(row.context);
            case 1: return row.absorbed;
            case 2: return row.expanded;
            default: return row.expanded / row.absorbed;
            }
        };
        all.push_back(twinTable(*this, key, title,
                                {tr("context S (tokens)"), tr("absorbed (%1)").arg(unit), tr("expanded (%1)").arg(unit),
                                 tr("expanded / absorbed")},
                                static_cast<int>(page.rows().size()), cell));
    };
    add("flops", tr("FLOPs per token"), tr("FLOP"), *m_flops);
    add("bytes", tr("Bytes moved per token"), tr("bytes"), *m_bytes);
    add("times", tr("Time per token, measured"), tr("ms"), *m_times);
    return all;
}

void FormsPanel::press()
{
    if (m_timer->progress().running) {
        m_timer->stop();
    } else if (const event::RunStarted* run = m_feed.run()) {
        m_timer->start(run->config);
        m_ofThisRun = true;
        m_besideTraining = m_feed.isTraining();
        m_choice->setIndex(2);
        m_times->setEmptyText(tr("Measuring …"));
        m_poll.start();
        arrange();
    }
    poll();
}

/// What was measured, and what comes; this one starts nothing.
void FormsPanel::takeOver(Panel& other)
{
    auto* panel = dynamic_cast<FormsPanel*>(&other);
    if (!panel) return;
    m_timer = panel->m_timer;
    m_ofThisRun = panel->m_ofThisRun;
    m_besideTraining = panel->m_besideTraining;
    poll();
}

void FormsPanel::succeed(Panel& before)
{
    auto* panel = dynamic_cast<FormsPanel*>(&before);
    if (!panel) return;
    std::swap(m_timer, panel->m_timer);
    m_ofThisRun = panel->m_ofThisRun;
    m_besideTraining = panel->m_besideTraining;
    panel->m_poll.stop();
    if (m_timer->progress().running) m_poll.start();
    poll();
}

void FormsPanel::poll()
{
    m_besideTraining = m_besideTraining || m_feed.isTraining();
    if (!m_timer->progress().running) m_poll.stop();
    refreshTimes();
    refreshButton();
}

} // namespace

Panel* createFormsPanel(const PanelContext& context, QWidget* parent)
{
    return new FormsPanel(context, parent);
}

} // namespace triptych

#include "forms_panel.moc"
