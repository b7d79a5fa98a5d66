// Cache sizes (DeepSeek-V2 report 2.1.2; arXiv 2505.09343, table 1), painted.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/cache_bars.h"

#include "core/config/parameter_count.h"
#include "ui/widgets/number_text.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kNameWidth = 48;
constexpr int kGap = 8;
constexpr std::int64_t kBytesPerValue = 2; // BF16

} // namespace

std::vector<CacheRow> CacheBars::rowsOf(const ModelConfig& c)
{
    const CacheBytes bytes = cache_bytes_per_token(c, kBytesPerValue);
    ModelConfig one = c;
    one.num_hidden_layers = 1;
    const CacheBytes values = cache_bytes_per_token(one, 1);
    std::vector<CacheRow> rows = {
        {QStringLiteral("MLA"), values.mla, bytes.mla,
         tr("latent %1 + rotated key %2, shared by all heads").arg(c.kv_lora_rank).arg(c.qk_rope_head_dim)},
        {QStringLiteral("MHA"), values.mha, bytes.mha,
         tr("%1 heads × (key %2 + value %3)").arg(c.num_attention_heads).arg(c.qk_head_dim()).arg(c.v_head_dim)}};
    if (c.num_attention_heads > 8)
        rows.push_back({QStringLiteral("GQA-8"), values.gqa8, bytes.gqa8,
                        tr("8 groups of heads × (key %1 + value %2)").arg(c.qk_head_dim()).arg(c.v_head_dim)});
    rows.push_back({QStringLiteral("MQA"), values.mqa, bytes.mqa,
                    tr("one key of %1 and one value of %2 for all heads").arg(c.qk_head_dim()).arg(c.v_head_dim)});
    return rows;
}

CacheBars::CacheBars(const Theme& theme, QColor ThemeColors::*accent, CacheQuantity quantity, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_accent(accent), m_quantity(quantity)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CacheBars::show(const ModelConfig& config)
{
    m_rows = rowsOf(config);
    m_layers = config.num_hidden_layers;
    setMaximumHeight(2 * leastRowHeight() * std::max(2, static_cast<int>(m_rows.size())));
    updateGeometry();
    update();
}

int CacheBars::rowHeight() const
{
    const int rows = std::max(2, static_cast<int>(m_rows.size()));
    return std::clamp(height() / rows, leastRowHeight(), 2 * leastRowHeight());
}

QSize CacheBars::sizeHint() const
{
    return {260, leastRowHeight() * std::max<int>(2, static_cast<int>(m_rows.size()))};
}

QSize CacheBars::minimumSizeHint() const
{
    return {160, leastRowHeight() * 2};
}

int CacheBars::shownRows() const
{
    return std::clamp(height() / leastRowHeight(), 2, std::max(2, static_cast<int>(m_rows.size())));
}

double CacheBars::amount(int row) const
{
    const auto bytes = static_cast<double>(std::max<std::int64_t>(m_rows[static_cast<std::size_t>(row)].bytes, 1));
    return m_quantity == CacheQuantity::Bytes ? bytes : kDeviceBytes / bytes;
}

QString CacheBars::sizeText(int row) const
{
    if (m_quantity == CacheQuantity::Context) return tr("%1 tokens").arg(largeText(amount(row)));
    return tr("%1 / token").arg(bytesText(amount(row)));
}

int CacheBars::textWidth() const
{
    int width = 0;
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row)
        width = std::max(width, fontMetrics().horizontalAdvance(sizeText(row)));
    return width;
}

QRect CacheBars::bar(int row) const
{
    double largest = 0;
    for (int r = 0; r < static_cast<int>(m_rows.size()); ++r) largest = std::max(largest, amount(r));
    const int room = std::max(width() - kNameWidth - kGap - textWidth(), 1);
    const double share = amount(row) / largest;
    const int height = rowHeight();
    return {kNameWidth, row * height + 3, std::max(2, static_cast<int>(room * share)), height - 6};
}

QString CacheBars::explanation(int row) const
{
    const CacheRow& r = m_rows[static_cast<std::size_t>(row)];
    const QString bytes =
        tr("%1: %2 = %3 numbers per token and layer; × %4 layers × 2 bytes (BF16) = %5 per token.")
            .arg(r.name, r.formula, countText(r.values), countText(m_layers), bytesText(static_cast<double>(r.bytes)));
    const QString context =
        m_quantity == CacheQuantity::Bytes
            ? QString()
            : tr("\n%1 / %2 = %3 tokens, if nothing but the cache were there.")
                  .arg(bytesText(kDeviceBytes), bytesText(static_cast<double>(r.bytes)), largeText(amount(row)));
    return bytes + context + tr("\nDeepSeek-V2 report, section 2.1.2; arXiv 2505.09343, table 1.");
}

void CacheBars::paintEvent(QPaintEvent*)
{
    const ThemeColors& colors = m_theme.colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int rows = std::min(shownRows(), static_cast<int>(m_rows.size()));
    for (int row = 0; row < rows; ++row) {
        const CacheRow& r = m_rows[static_cast<std::size_t>(row)];
        const QRect place = bar(row);
        const bool ours = row == 0;
        const QRect line(0, row * rowHeight(), width(), rowHeight());
        painter.setPen(ours ? colors.text : colors.muted);
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, r.name);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ours ? colors.*m_accent : colors.border);
        painter.drawRoundedRect(place, 2, 2);
        painter.setPen(ours ? colors.text : colors.muted);
        painter.drawText(line.adjusted(place.right() + kGap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, sizeText(row));
    }
}

bool CacheBars::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = help->pos().y() / rowHeight();
    QToolTip::showText(help->globalPos(), row < static_cast<int>(m_rows.size()) ? explanation(row) : QString(), this);
    return true;
}

} // namespace triptych
