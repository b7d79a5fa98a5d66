// Weights of a head in numbers and sentences.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/attention_shown.h"

#include "ui/widgets/number_text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace triptych {

namespace {

/// A weight below this is no favourite.
constexpr double kWorthTelling = 0.005;

} // namespace

AttentionShown::AttentionShown(std::shared_ptr<const ProbeFrame> frame, std::int64_t layer, std::int64_t head)
    : m_frame(std::move(frame)), m_layer(layer), m_head(head),
      m_texts(std::make_shared<TokenTexts>(m_frame->token_texts))
{}

AttentionShown::AttentionShown(std::shared_ptr<const LongAttention> reading)
    : m_layer(reading->layer), m_head(reading->head), m_reading(std::move(reading)),
      m_texts(std::make_shared<TokenTexts>(m_reading->text->token_texts))
{}

int AttentionShown::length() const
{
    return m_texts->count();
}

AttentionShown::Truth AttentionShown::truth() const
{
    if (m_reading) return Truth::Rounded;
    return m_frame && m_frame->pool > 1 ? Truth::Largest : Truth::Exact;
}

double AttentionShown::weight(int query, int key) const
{
    if (key > query) return std::numeric_limits<double>::quiet_NaN();
    if (m_reading) return m_reading->tiles->weight(query, key);
    return static_cast<double>(m_frame->attention[attention_index(*m_frame, m_layer, m_head, query, key)]);
}

HeatmapData AttentionShown::map() const
{
    HeatmapData map;
    const int tokens = length();
    for (int token = 0; token < tokens; ++token) map.rowLabels.push_back(m_texts->label(token));
    for (const TokenWord& word : m_texts->words()) map.rowSpans.push_back({word.first, word.count, word.text});
    map.columnLabels = map.rowLabels;
    map.columnSpans = map.rowSpans;
    if (m_reading) return map;
    map.rows = tokens;
    map.columns = tokens;
    const auto side = static_cast<std::size_t>(tokens);
    map.values.assign(side * side, std::numeric_limits<float>::quiet_NaN());
    for (int query = 0; query < tokens; ++query)
        for (int key = 0; key <= query; ++key)
            map.values[static_cast<std::size_t>(query) * side + static_cast<std::size_t>(key)] =
                static_cast<float>(weight(query, key));
    return map;
}

QString AttentionShown::shareText(double share, int decimals) const
{
    const QString text = percentText(share, decimals);
    switch (truth()) {
    case Truth::Exact: return text;
    case Truth::Largest: return tr("at most %1").arg(text);
    case Truth::Rounded: {
        if (decimals == 0) return text;
        const double error = 100 * std::sqrt(std::clamp(share, 0.0, 1.0)) / 254; // half a step of the root, in %
        return tr("%1 ± %2", "a rounded weight and its error").arg(text, fixedText(error, error < 0.1 ? 2 : 1));
    }
    }
    return text;
}

QString AttentionShown::lookText(int query, int key) const
{
    const QString from = m_texts->name(query);
    const QString to = m_texts->name(key);
    if (key > query) return tr("%1 cannot see %2: it comes later").arg(from, to);
    if (std::isnan(weight(query, key))) return tr("%1 is not read yet").arg(from);
    if (key == query) return tr("%1 looks at itself: %2").arg(from, shareText(weight(query, key), 1));
    return tr("%1 looks at %2: %3").arg(from, to, shareText(weight(query, key), 1));
}

std::vector<int> AttentionShown::favourites(int query, std::size_t most) const
{
    std::vector<int> keys(static_cast<std::size_t>(query) + 1);
    std::iota(keys.begin(), keys.end(), 0);
    if (std::isnan(weight(query, 0))) return {};
    const std::size_t count = std::min(most, keys.size());
    std::partial_sort(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(count), keys.end(), [&](int a, int b) {
        const double first = weight(query, a);
        const double second = weight(query, b);
        return first > second || (first == second && a > b); // of two alike the nearer one
    });
    keys.resize(count);
    while (keys.size() > 1 && weight(query, keys.back()) < kWorthTelling) keys.pop_back();
    return keys;
}

QString AttentionShown::favouritesText(int query) const
{
    QStringList parts;
    for (const int key : favourites(query, 3))
        parts.push_back(tr("%1 %2", "a token and its share")
                            .arg(key == query ? tr("itself") : m_texts->name(key), shareText(weight(query, key), 0)));
    if (parts.empty()) return tr("%1 is not read yet").arg(m_texts->name(query));
    return tr("%1 looks most at %2").arg(m_texts->name(query), parts.join(tr(", ")));
}

double AttentionShown::rowSum(int query) const
{
    double sum = 0;
    for (int key = 0; key <= query; ++key) sum += weight(query, key);
    return sum;
}

std::vector<Look> AttentionShown::looks(int query, int most) const
{
    std::vector<Look> looks;
    double told = 0;
    const std::vector<int> keys = favourites(query, static_cast<std::size_t>(most));
    for (const int key : keys) {
        const double share = weight(query, key);
        told += share;
        looks.push_back({key == query ? tr("itself") : m_texts->name(key), percentText(share, 0), share});
    }
    const int others = query + 1 - static_cast<int>(keys.size());
    // Neighbours that were pooled cannot be added up; a row of weights is 1, whatever was rounded.
    if (others > 0 && !keys.empty() && truth() != Truth::Largest) {
        const double rest = std::clamp(1 - told, 0.0, 1.0);
        looks.push_back({tr("%1 others").arg(countText(others)), percentText(rest, 0), rest});
    }
    return looks;
}

QString AttentionShown::tokensText(int first, int last) const
{
    if (first == last) return m_texts->name(first);
    return tr("%1 tokens (%2 to %3)").arg(countText(last - first + 1), m_texts->name(first), m_texts->name(last));
}

QString AttentionShown::spanText(int row, int column, int toRow, int toColumn) const
{
    const auto [top, bottom] = std::minmax(row, toRow);
    const auto [left, right] = std::minmax(column, toColumn);
    const QString from = tokensText(top, bottom);
    const QString to = tokensText(left, right);
    if (left > bottom) return tr("%1 cannot see %2: later tokens").arg(from, to);
    if (truth() == Truth::Largest)
        return tr("%1 and %2: this recorded step keeps the largest of %3 × %3 neighbours, which do not add up")
            .arg(from, to)
            .arg(m_frame->pool);
    double share = 0;
    int queries = 0;
    for (int query = std::max(top, left); query <= bottom; ++query) {
        double sum = 0;
        for (int key = left; key <= std::min(right, query); ++key) sum += weight(query, key);
        if (std::isnan(sum)) continue;
        // Rounded weights of a row do not quite add up to 1.
        share += truth() == Truth::Rounded ? sum / rowSum(query) : sum;
        ++queries;
    }
    if (queries == 0) return tr("%1 is not read yet").arg(from);
    return tr("%1 give %2 on average to %3").arg(from, percentText(share / queries, 1), to);
}

} // namespace triptych
