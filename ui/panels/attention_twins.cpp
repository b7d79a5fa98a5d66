// Weights and norms, cell by cell.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/attention_twins.h"

#include "ui/models/twin_table.h"
#include "ui/panels/layer_names.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/token_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace triptych {

std::vector<Twin> attentionTwins(Panel& panel, const RunFeed& feed, std::int64_t chosenLayer, std::int64_t chosenHead)
{
    const auto frame = feed.probe();
    if (!frame || frame->tokens.empty() || frame->layers < 1 || frame->heads < 1) return {};
    const std::int64_t layer = std::clamp<std::int64_t>(chosenLayer, 0, frame->layers - 1);
    const std::int64_t head = std::clamp<std::int64_t>(chosenHead, 0, frame->heads - 1);
    const QString where = layerTitle(layer, feed.run() ? feed.run()->layers : -1);
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
    return {
        twinTable(panel, "attention",
                  QCoreApplication::translate("AttentionTwins", "Attention of %1, head %2, step %3")
                      .arg(where, countText(head), countText(frame->step)),
                  {QCoreApplication::translate("AttentionTwins", "query (position)"),
                   QCoreApplication::translate("AttentionTwins", "query"),
                   QCoreApplication::translate("AttentionTwins", "key (position)"),
                   QCoreApplication::translate("AttentionTwins", "key"),
                   QCoreApplication::translate("AttentionTwins", "weight")},
                  tokens * (tokens + 1) / 2, looks),
        twinTable(
            panel, "norms",
            QCoreApplication::translate("AttentionTwins", "Latents of %1, step %2").arg(where, countText(frame->step)),
            {QCoreApplication::translate("AttentionTwins", "position"),
             QCoreApplication::translate("AttentionTwins", "token"),
             QCoreApplication::translate("AttentionTwins", "L2 norm of the latent")},
            tokens, norms)};
}

std::vector<Twin> longAttentionTwins(Panel& panel, const RunFeed& feed, const LongAttention& reading, int query)
{
    const auto read = static_cast<int>(reading.read);
    if (!reading.text || !reading.tiles || read < 1) return {};
    const int row = query >= 0 && query < read ? query : read - 1;
    const auto looks = [tiles = reading.tiles, text = reading.text, row](int key, int column) -> QVariant {
        if (column == 0) return key;
        if (column == 1) return tokenLabel(text->token_texts[static_cast<std::size_t>(key)]);
        return tiles->weight(row, key);
    };
    const QString where = layerTitle(reading.layer, feed.run() ? feed.run()->layers : -1);
    return {twinTable(panel, "attention",
                      QCoreApplication::translate(
                          "AttentionTwins", "Attention of %1, head %2: where token %3 (%4) of the long text looks")
                          .arg(where, countText(reading.head), countText(row),
                               tokenLabel(reading.text->token_texts[static_cast<std::size_t>(row)])),
                      {QCoreApplication::translate("AttentionTwins", "key (position)"),
                       QCoreApplication::translate("AttentionTwins", "key"),
                       QCoreApplication::translate("AttentionTwins", "weight, rounded")},
                      row + 1, looks)};
}

} // namespace triptych
