// Telling of changes, and keeping them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/assumption_book.h"

#include "ui/bridge/run_feed.h"

#include <cmath>

namespace triptych {

namespace {

constexpr std::size_t kMostKept = 1000;

} // namespace

AssumptionBook& AssumptionBook::of(RunFeed& feed)
{
    auto* book = feed.findChild<AssumptionBook*>(QString(), Qt::FindDirectChildrenOnly);
    return book ? *book : *new AssumptionBook(&feed);
}

QVariantMap AssumptionBook::save() const
{
    QVariantMap saved;
    for (const auto& [name, value] : m_shared->values()) saved[QString::fromStdString(name)] = value;
    return saved;
}

void AssumptionBook::restore(const QVariantMap& saved)
{
    std::map<std::string, double> values;
    for (auto it = saved.begin(); it != saved.end() && values.size() < kMostKept; ++it) {
        bool known = false;
        const double value = it.value().toDouble(&known);
        if (known && std::isfinite(value)) values[it.key().toStdString()] = value;
    }
    m_shared->restore(std::move(values));
    tell(this);
}

} // namespace triptych
