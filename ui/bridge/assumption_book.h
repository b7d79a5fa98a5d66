// The assumptions of a window: every page that counts money reads and changes the same ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifndef Q_MOC_RUN // moc 6.4 stumbles over headers of the standard library that this includes
#include "core/cost/assumptions.h"
#endif

#include <QObject>
#include <QVariant>

#include <memory>

namespace triptych {

class RunFeed;

/// One for each feed, which owns it. A page makes its sheets over shared(), changes those, and tells; all follow.
class AssumptionBook : public QObject {
    Q_OBJECT

public:
    explicit AssumptionBook(QObject* parent = nullptr) : QObject(parent) {}
    /// Made with the first call.
    static AssumptionBook& of(RunFeed& feed);

    const std::shared_ptr<Assumptions>& shared() const { return m_shared; }
    /// After each change, by whom.
    void tell(const QObject* who) { emit changed(who); }

    QVariantMap save() const;
    /// Takes anything; nonsense is left out. What a preset cannot take it leaves alone.
    void restore(const QVariantMap& saved);

signals:
    void changed(const QObject* who);

private:
    std::shared_ptr<Assumptions> m_shared = std::make_shared<Assumptions>();
};

} // namespace triptych
