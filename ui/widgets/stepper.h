// Chooses one of a row of things in little space: back, a menu of all, on.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QMenu;
class QToolButton;

namespace triptych {

class Stepper : public QWidget {
    Q_OBJECT

public:
    /// what: for screen readers, "Layer".
    explicit Stepper(const QString& what, QWidget* parent = nullptr);

    /// The index stays where it is, or becomes the last. Nothing is emitted.
    void setItems(const QStringList& items);
    /// Nothing is emitted.
    void setIndex(int index);
    int index() const { return m_index; }
    int count() const { return static_cast<int>(m_items.size()); }
    QString currentText() const;
    /// By so many places; stops at the ends. Emits chosen().
    void step(int places);

signals:
    /// By the user.
    void chosen(int index);

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    void choose(int index);
    void refresh();
    void fillMenu();

    QString m_what;
    QStringList m_items;
    int m_index = 0;
    int m_wheel = 0; ///< eighths of a degree turned and not yet a step
    QToolButton* m_back;
    QToolButton* m_current;
    QToolButton* m_on;
    QMenu* m_menu;
};

} // namespace triptych
