// Layouts of the window: back and forth, by name, in files, and from one start of the program to the next.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/arrangement.h"

#include <QTimer>
#include <QUndoStack>

class QSettings;

namespace triptych {

/// Follows an arrangement: each change by a hand is one step of the history.
class LayoutKeeper : public QObject {
    Q_OBJECT

public:
    explicit LayoutKeeper(Arrangement& arrangement, QObject* parent = nullptr);

    QUndoStack& history() { return m_history; }

    /// Those of the program, then a person's own in the order of the alphabet.
    QStringList names() const;
    static QStringList builtIn();
    /// As menus call it: those of the program in its language. Files, links and settings have the name itself.
    static QString title(const QString& name);
    /// The presenter mode is a layout by name alone: choosing it is left to the window.
    static QString presenterName() { return QStringLiteral("Presenter"); }
    /// Of the layout whose pages are as they are now; empty where there is none.
    QString currentName() const;
    bool isOwn(const QString& name) const { return m_own.contains(name); }
    /// One step of the history. False, and nothing happens, for a name that there is not.
    bool choose(const QString& name);
    /// Of a file, say; one step of the history, with this name.
    void take(const LayoutState& layout, const QString& what);
    /// What a person changed within a panel, as one step: two states that its restoreState() takes.
    void noteEdit(const QString& panel, const QString& what, const QVariantMap& before, const QVariantMap& after);
    /// What is there now under a name of one's own; the one before is replaced. False for a name or a title of
    /// the program, and for none.
    bool keepAs(const QString& name);
    void forget(const QString& name);

    /// Errors: not writable; not there, no layout, of another format.
    Status save(const QString& file) const;
    Status load(const QString& file);

    /// Nothing where there is nothing. Nonsense leaves the layout of the program, and the error says so.
    Status restore(const QSettings& settings);
    void store(QSettings& settings) const;
    /// Names that are kept in settings, before any window is made.
    static QStringList namesIn(const QSettings& settings);

    /// While something else than the person arranges the pages: what it does is no step, and what was is what is
    /// stored.
    void pause();
    /// Back to how it was when paused.
    void goOn();
    bool isPaused() const { return m_paused; }
    LayoutState current() const;

signals:
    void namesChanged();

private:
    class Change;

    void notePages();
    void noteSizes();
    void show(const LayoutState& layout);
    void push(const QString& what, const LayoutState& before, const LayoutState& after);
    Status readOld(const QSettings& settings);

    Arrangement& m_arrangement;
    QUndoStack m_history;
    LayoutState m_now;
    std::map<QString, LayoutState> m_own;
    QTimer m_resizing; ///< one step for one pull at a splitter
    bool m_showing = false;
    bool m_paused = false;
};

} // namespace triptych
