// What the map of attention shows, a probe frame or a long text, and how it is put in words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frame.h"
#include "core/session/long_attention.h"
#include "ui/plots/heatmap_plot.h"
#include "ui/widgets/look_list.h"
#include "ui/widgets/token_text.h"

#include <QCoreApplication>
#include <QString>

#include <memory>
#include <vector>

namespace triptych {

/// One head's weights. Positions are tokens of the text.
class AttentionShown {
    Q_DECLARE_TR_FUNCTIONS(triptych::AttentionShown)

public:
    /// How true a weight is. Largest: of a recorded frame, the largest of a few neighbours. Rounded: of a long text,
    /// off by less than 0.4 %.
    enum class Truth : std::uint8_t { Exact = 1, Largest, Rounded };

    AttentionShown() = default;
    AttentionShown(std::shared_ptr<const ProbeFrame> frame, std::int64_t layer, std::int64_t head);
    explicit AttentionShown(std::shared_ptr<const LongAttention> reading);

    int length() const;
    Truth truth() const;
    /// Not-a-number for what is not read yet and for later tokens.
    double weight(int query, int key) const;
    const TokenTexts& texts() const { return *m_texts; }
    /// Labels and words; of a probe frame the weights too.
    HeatmapData map() const;

    /// "“s” looks at “h”: 31.2 %".
    QString lookText(int query, int key) const;
    /// "“s” looks most at “h” 31 %, ...".
    QString favouritesText(int query) const;
    /// How much of their look the queries of a rectangle give to its keys, on average.
    QString spanText(int row, int column, int toRow, int toColumn) const;
    /// The keys with most weight, then all others together, so that the sum is 1.
    std::vector<Look> looks(int query, int most) const;

private:
    std::vector<int> favourites(int query, std::size_t most) const;
    double rowSum(int query) const;
    QString shareText(double share, int decimals) const;
    QString tokensText(int first, int last) const;

    std::shared_ptr<const ProbeFrame> m_frame;
    std::int64_t m_layer = 0;
    std::int64_t m_head = 0;
    std::shared_ptr<const LongAttention> m_reading;
    std::shared_ptr<const TokenTexts> m_texts = std::make_shared<TokenTexts>();
};

} // namespace triptych
