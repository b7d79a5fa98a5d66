// Everything that can be done in the window, by name: the palette, the key map and the tests walk it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <vector>

class QAction;

namespace triptych {

/// One action, where it belongs, and where its keys are heard.
struct CatalogAction {
    QPointer<QAction> action;
    QString group; ///< "Training", "Pages"; of a panel its title
    QString scope; ///< id of a panel; empty: the whole window
};

/// Actions belong to whoever made them. Each has an object name, a text and a group.
class ActionCatalog : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void add(const QString& group, QAction* action, const QString& scope = {});
    /// Those that are still there, in the order in which they came; groups together.
    std::vector<CatalogAction> actions() const;
    void clear() { m_actions.clear(); }
    QAction* find(const QString& name) const;

    /// What is wrong, in words: two actions on one key where both are heard, two of one name, one without name, text or
    /// group. The keys of the window are heard in each panel.
    QStringList faults() const;

private:
    std::vector<CatalogAction> m_actions;
};

/// Without the marks of menus: "Save a checkpoint".
QString plainText(const QAction& action);
/// "Ctrl+Shift+Z, Ctrl+Y"; empty where there is no key.
QString keyText(const QAction& action);

} // namespace triptych
