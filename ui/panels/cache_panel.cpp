// How little MLA keeps of each token while text is generated, beside what other kinds of attention would keep.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/panel.h"
#include "ui/widgets/cache_bars.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/empty_note.h"
#include "ui/widgets/number_text.h"

#include <QStackedLayout>
#include <QVBoxLayout>

namespace triptych {

namespace {

constexpr double kMemory = 80e9; // bytes: one H100 or A100

class CachePanel final : public Panel {
    Q_OBJECT

public:
    CachePanel(const PanelContext& context, QWidget* parent);

private:
    void refresh();

    RunFeed& m_feed;
    QStackedLayout* m_pages;
    ElidedLabel* m_title;
    CacheBars* m_bars;
    QLabel* m_words;
};

CachePanel::CachePanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_feed(context.feed), m_pages(new QStackedLayout(this))
{
    auto* content = new QWidget(this);
    m_title = new ElidedLabel(content);
    m_title->setObjectName(QStringLiteral("cacheTitle"));
    m_bars = new CacheBars(context.theme, &ThemeColors::mla, content);
    m_words = mutedLabel({}, content);
    m_words->setObjectName(QStringLiteral("cacheWords"));
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored); // what has no room is not shown
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_bars);
    layout->addWidget(m_words, 1);
    m_pages->addWidget(emptyNote(tr("Here you will see what the cache of one token takes with multi-head latent "
                                    "attention, and what it would take with other kinds.\nIt follows from the shape "
                                    "of the model: start or open a run."),
                                 this));
    m_pages->addWidget(content);
    connect(&m_feed, &RunFeed::runStarted, this, &CachePanel::refresh);
    refresh();
}

void CachePanel::refresh()
{
    const event::RunStarted* run = m_feed.run();
    m_pages->setCurrentIndex(run ? 1 : 0);
    if (!run) return;
    const double factor =
        static_cast<double>(run->mha_values) / static_cast<double>(std::max<std::int64_t>(run->latent_values, 1));
    m_title->setText(tr("%1 numbers per token and layer instead of %2: %3× less")
                         .arg(countText(run->latent_values), countText(run->mha_values), fixedText(factor, 1)));
    m_title->setHint(tr("What generation must keep of each token: MLA caches one latent and one rotated key for\n"
                        "all heads, plain attention (MHA) a key and a value for each of them.\n"
                        "The bars count bytes over all %1 layers in BF16.\n"
                        "DeepSeek-V2 report, section 2.1.2; arXiv 2505.09343, table 1.")
                         .arg(run->layers));
    m_bars->show(run->config);
    QString words;
    for (const CacheRow& row : m_bars->rows())
        words += tr("<p><b>%1</b>: %2. A cache of 80 GB has room for %3 tokens.</p>")
                     .arg(row.name, row.formula, largeText(kMemory / static_cast<double>(row.bytes)));
    m_words->setText(words);
}

} // namespace

Panel* createCachePanel(const PanelContext& context, QWidget* parent)
{
    return new CachePanel(context, parent);
}

} // namespace triptych

#include "cache_panel.moc"
