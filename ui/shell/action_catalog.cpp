// Keeping and checking the list of actions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/action_catalog.h"

#include <QAction>
#include <QKeySequence>

#include <algorithm>

namespace triptych {

namespace {

bool heardTogether(const CatalogAction& a, const CatalogAction& b)
{
    return a.scope.isEmpty() || b.scope.isEmpty() || a.scope == b.scope;
}

} // namespace

void ActionCatalog::add(const QString& group, QAction* action, const QString& scope)
{
    // Behind the last of its group, so that groups stay together.
    const auto last = std::find_if(m_actions.rbegin(), m_actions.rend(),
                                   [&group](const CatalogAction& known) { return known.group == group; });
    m_actions.insert(last == m_actions.rend() ? m_actions.end() : last.base(), {action, group, scope});
}

std::vector<CatalogAction> ActionCatalog::actions() const
{
    std::vector<CatalogAction> there;
    std::copy_if(m_actions.begin(), m_actions.end(), std::back_inserter(there),
                 [](const CatalogAction& known) { return known.action != nullptr; });
    return there;
}

QAction* ActionCatalog::find(const QString& name) const
{
    for (const CatalogAction& known : m_actions)
        if (known.action && known.action->objectName() == name) return known.action;
    return nullptr;
}

QStringList ActionCatalog::faults() const
{
    QStringList faults;
    const auto all = actions();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QAction& a = *all[i].action;
        if (a.objectName().isEmpty() || plainText(a).isEmpty() || all[i].group.isEmpty())
            faults << QStringLiteral("\"%1\" (%2) has no name, text or group").arg(plainText(a), a.objectName());
        for (std::size_t k = 0; k < i; ++k) {
            const QAction& b = *all[k].action;
            if (a.objectName() == b.objectName() && all[i].scope == all[k].scope)
                faults << QStringLiteral("\"%1\" and \"%2\" are both named %3")
                              .arg(plainText(b), plainText(a), a.objectName());
            if (!heardTogether(all[i], all[k])) continue;
            for (const QKeySequence& key : a.shortcuts())
                if (b.shortcuts().contains(key))
                    faults << QStringLiteral("%1 is the key of \"%2\" and of \"%3\"")
                                  .arg(key.toString(), plainText(b), plainText(a));
        }
    }
    return faults;
}

QString plainText(const QAction& action)
{
    QString text = action.text();
    text.remove(QLatin1Char('&'));
    if (text.endsWith(QChar(0x2026))) text.chop(1);
    return text;
}

QString keyText(const QAction& action)
{
    QStringList keys;
    for (const QKeySequence& key : action.shortcuts()) keys << key.toString(QKeySequence::NativeText);
    keys.removeDuplicates();
    return keys.join(QStringLiteral(", "));
}

} // namespace triptych
