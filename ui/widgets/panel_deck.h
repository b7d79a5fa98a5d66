// The pages of one place of the window: a name, a tab for each page, and room for a line of text beside them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace triptych {

/// Whether the row of tabs is there with a single page, too.
enum class DeckTabs : std::uint8_t { Always = 1, FromTheSecondPage };

class PanelDeck : public QWidget {
    Q_OBJECT

public:
    /// `name` is shown before the tabs; may be empty.
    PanelDeck(const QString& name, DeckTabs tabs, QWidget* parent = nullptr);

    /// Takes ownership. A page that is not shown has no tab until raise() is called for it.
    void addPage(QWidget* page, const QString& tab, const QString& tip);
    void hidePage(QWidget* page);
    bool has(const QWidget* page) const;
    /// In front, with a tab, and unfolded.
    void raise(QWidget* page);
    QWidget* current() const;
    int count() const;

    /// A button that leaves the row of tabs alone; so does a click on the tab in front.
    void setFoldable();
    bool isFolded() const { return m_folded; }
    void setFolded(bool folded);
    /// Beside the tabs; the deck takes it.
    void setCaption(QWidget* caption);

signals:
    void foldedChanged(bool folded);

private:
    void refresh();

    DeckTabs m_when;
    QWidget* m_row;
    QHBoxLayout* m_rowLayout;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    QToolButton* m_fold = nullptr;
    bool m_folded = false;
};

} // namespace triptych
