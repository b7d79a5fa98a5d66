// How little MLA keeps of each token while text is generated, beside what other kinds of attention would keep.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/preset.h"
#include "ui/models/twin_table.h"
#include "ui/panels/panel.h"
#include "ui/widgets/cache_bars.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/menu_room.h"
#include "ui/widgets/number_text.h"

#include <QCheckBox>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <optional>

namespace triptych {

namespace {

constexpr const char* kPaperPreset = "deepseek-v3";

class CachePanel final : public Panel {
    Q_OBJECT

public:
    CachePanel(const PanelContext& context, QWidget* parent);
    std::vector<Twin> twins() override;

    QVariantMap saveState() const override { return {{QStringLiteral("paper"), m_paper->isChecked()}}; }
    void restoreState(const QVariantMap& state) override
    {
        const QVariant paper = state.value(QStringLiteral("paper"));
        if (paper.isValid()) m_paper->setChecked(paper.toBool());
    }

private:
    QWidget* makeContent(const Theme& theme);
    void refresh();
    void show(const ModelConfig& config);
    /// The preset, read once, when it is wanted first; null: it could not be read, and the box says why.
    const ModelConfig* paper();

    RunFeed& m_feed;
    std::optional<ModelConfig> m_preset;
    QStackedLayout* m_pages;
    ElidedLabel* m_title;
    QCheckBox* m_paper;
    QLabel* m_bytesCaption;
    CacheBars* m_bars;
    CacheBars* m_contexts;
    QLabel* m_words;
};

CachePanel::CachePanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_pages(new QStackedLayout(this))
{
    m_pages->addWidget(emptyNote(tr("Here you will see what the cache of one token takes with multi-head latent "
                                    "attention, and what it would take with other kinds.\nIt follows from the shape "
                                    "of the model: start or open a run."),
                                 this));
    m_pages->addWidget(makeContent(context.theme));
    connect(&m_feed, &RunFeed::runStarted, this, &CachePanel::refresh);
    connect(m_paper, &QCheckBox::toggled, this, &CachePanel::refresh);
    refresh();
}

QWidget* CachePanel::makeContent(const Theme& theme)
{
    auto* content = new QWidget(this);
    m_title = new ElidedLabel(content);
    m_title->setObjectName(QStringLiteral("cacheTitle"));
    m_paper = new QCheckBox(tr("DeepSeek-V3 instead"), content);
    m_paper->setObjectName(QStringLiteral("paper"));
    m_paper->setToolTip(
        tr("Shows the numbers of DeepSeek-V3, 671 B parameters, instead of those of this run's model."));
    m_bytesCaption = mutedLabel({}, content);
    m_bytesCaption->setWordWrap(true);
    m_bytesCaption->setToolTip(tr("Bytes of one token = numbers that a layer keeps × layers × bytes of a number."));
    m_bars = new CacheBars(theme, &ThemeColors::mla, CacheQuantity::Bytes, content);
    m_bars->setAccessibleName(tr("Bytes of the cache per token, by kind of attention"));
    auto* contextCaption = mutedLabel(tr("tokens whose cache fits into 80 GB"), content);
    contextCaption->setWordWrap(true);
    contextCaption->setToolTip(
        tr("The memory of one H100 or A100 over the bytes of a token, were the cache all there is:\n"
           "weights and activations take their part of it too."));
    m_contexts = new CacheBars(theme, &ThemeColors::mla, CacheQuantity::Context, content);
    m_contexts->setAccessibleName(tr("Tokens whose cache fits into one device, by kind of attention"));
    m_words = mutedLabel({}, content);
    m_words->setObjectName(QStringLiteral("cacheWords"));
    m_words->setWordWrap(true);
    m_words->setToolTip(
        tr("Numbers that a layer keeps of each token. MLA keeps a latent of c numbers and a rotated key "
           "of r for all heads together,\nwhere MHA keeps a key and a value of every head, and MQA "
           "those of one.\nDeepSeek-V2 report, section 2.1.4; DeepSeek-V3 report, section 2.1.1."));
    m_words->setAlignment(Qt::AlignTop);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // what has no room is not shown
    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 0, kRoomForMenu, 0);
    top->addWidget(m_title);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(8);
    middle->addWidget(contextCaption, 1);
    middle->addWidget(m_paper);
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addSpacing(4);
    layout->addWidget(m_bytesCaption);
    layout->addWidget(m_bars, 3);
    layout->addSpacing(8);
    layout->addLayout(middle);
    layout->addWidget(m_contexts, 3);
    layout->addSpacing(8);
    layout->addWidget(m_words, 1);
    return content;
}

const ModelConfig* CachePanel::paper()
{
    if (m_preset) return &*m_preset;
    auto read = load_model_config(kPaperPreset);
    if (read) {
        m_preset = read.take();
        return &*m_preset;
    }
    m_paper->setEnabled(false);
    m_paper->setToolTip(QString::fromStdString(read.error().what + ". " + read.error().hint));
    return nullptr;
}

void CachePanel::refresh()
{
    const event::RunStarted* run = m_feed.run();
    m_pages->setCurrentIndex(run ? 1 : 0);
    if (!run) return;
    const ModelConfig* other = m_paper->isChecked() ? paper() : nullptr;
    show(other ? *other : run->config);
}

void CachePanel::show(const ModelConfig& config)
{
    m_bars->show(config);
    m_contexts->show(config);
    const CacheRow& mla = m_bars->rows()[0];
    const CacheRow& mha = m_bars->rows()[1];
    const double factor = static_cast<double>(mha.values) / static_cast<double>(std::max<std::int64_t>(mla.values, 1));
    m_title->setText(tr("%1 numbers per token and layer instead of %2: %3× less")
                         .arg(countText(mla.values), countText(mha.values), fixedText(factor, 1)));
    m_title->setHint(tr("What generation must keep of each token: MLA caches one latent and one rotated key for\n"
                        "all heads, plain attention (MHA) a key and a value for each of them.\n"
                        "The bars count bytes over all %1 layers in BF16.\n"
                        "DeepSeek-V2 report, section 2.1.2; arXiv 2505.09343, table 1.")
                         .arg(config.num_hidden_layers));
    m_bytesCaption->setText(
        tr("cache of one token: numbers × %1 layers × 2 bytes (BF16)").arg(countText(config.num_hidden_layers)));
    QString words;
    for (const CacheRow& row : m_bars->rows())
        words +=
            tr("<p><b>%1</b>: %2 = %3 numbers. A cache of 80 GB has room for %4 tokens.</p>")
                .arg(row.name, row.formula, countText(row.values),
                     largeText(CacheBars::kDeviceBytes / static_cast<double>(std::max<std::int64_t>(row.bytes, 1))));
    m_words->setText(words);
}

std::vector<Twin> CachePanel::twins()
{
    if (!m_feed.run()) return {};
    const std::vector<CacheRow> rows = m_bars->rows();
    const auto count = static_cast<int>(rows.size());
    const auto cell = [rows](int row, int column) -> QVariant {
        const CacheRow& kind = rows[static_cast<std::size_t>(row)];
        switch (column) {
        case 0: return kind.name;
        case 1: return countCell(kind.values);
        case 2: return countCell(kind.bytes);
        case 3: return std::floor(CacheBars::kDeviceBytes / static_cast<double>(std::max<std::int64_t>(kind.bytes, 1)));
        default: return kind.formula;
        }
    };
    return {twinTable(*this, "cache", tr("Cache of one token, by kind of attention"),
                      {tr("attention"), tr("numbers per token and layer"), tr("bytes per token (BF16, all layers)"),
                       tr("tokens in 80 GB"), tr("formula")},
                      count, cell)};
}

} // namespace

Panel* createCachePanel(const PanelContext& context, QWidget* parent)
{
    return new CachePanel(context, parent);
}

} // namespace triptych

#include "cache_panel.moc"
