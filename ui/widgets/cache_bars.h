// What the cache of one token takes, by kind of attention, as bars to one scale.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/model_config.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <vector>

namespace triptych {

/// One way to build attention.
struct CacheRow {
    QString name;            ///< "MLA"
    std::int64_t values = 0; ///< per token and layer
    std::int64_t bytes = 0;  ///< per token over all main layers, in BF16
    QString formula;
};

/// What the bars count.
enum class CacheQuantity : std::uint8_t {
    Bytes = 1, ///< per token, over all layers
    Context,   ///< tokens whose cache fits into so many bytes
};

/// Shows as many rows as have room, and at least two; they grow to twice their height where there is more.
class CacheBars : public QWidget {
    Q_OBJECT

public:
    CacheBars(const Theme& theme, QColor ThemeColors::*accent, CacheQuantity quantity, QWidget* parent = nullptr);

    /// One H100 or A100.
    static constexpr double kDeviceBytes = 80e9;

    /// MLA first, then what it stands in for; GQA-8 only where the model has more heads than eight.
    static std::vector<CacheRow> rowsOf(const ModelConfig& config);

    void show(const ModelConfig& config);
    const std::vector<CacheRow>& rows() const { return m_rows; }
    /// Where a row's bar is drawn.
    QRect bar(int row) const;
    QString explanation(int row) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    int rowHeight() const;
    int leastRowHeight() const { return fontMetrics().height() + 3; }
    int shownRows() const;
    double amount(int row) const;
    QString sizeText(int row) const;
    int textWidth() const; ///< of the numbers behind the bars

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    CacheQuantity m_quantity;
    std::int64_t m_layers = 0;
    std::vector<CacheRow> m_rows;
};

} // namespace triptych
