// Counting equal tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/probe_tokens.h"

#include "ui/widgets/token_text.h"

#include <QStringList>

#include <algorithm>
#include <utility>
#include <vector>

namespace triptych {

std::optional<ExpertTokens> tokensOfExpert(const ProbeFrame& frame, std::int64_t layer, std::int64_t expert)
{
    const auto l = static_cast<std::size_t>(layer);
    if (layer < 0 || l >= frame.routes.size() || frame.routes[l].empty()) return std::nullopt;
    const auto& routes = frame.routes[l];
    ExpertTokens found;
    found.of = static_cast<std::int64_t>(routes.size());
    std::vector<std::pair<QString, int>> kinds; // in the order of the text
    for (std::size_t t = 0; t < std::min(routes.size(), frame.token_texts.size()); ++t) {
        if (std::find(routes[t].begin(), routes[t].end(), expert) == routes[t].end()) continue;
        ++found.count;
        const QString label = tokenLabel(frame.token_texts[t]);
        const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& k) { return k.first == label; });
        if (kind == kinds.end())
            kinds.emplace_back(label, 1);
        else
            ++kind->second;
    }
    std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    QStringList parts;
    for (const auto& [label, times] : kinds)
        parts << (times > 1 ? QStringLiteral("%1 ×%2").arg(label).arg(times) : label);
    found.text = parts.join(QStringLiteral(", "));
    return found;
}

} // namespace triptych
