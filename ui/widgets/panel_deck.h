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
    void setPageTitle(QWidget* page, const QString& tab, const QString& tip);
    /// Gives the page back: it has no parent afterwards and is hidden. The one beside it comes to the front.
    void takePage(QWidget* page);
    bool has(const QWidget* page) const;
    /// Those with a tab, from left to right.
    QList<QWidget*> pages() const;
    /// In front, with a tab, and unfolded.
    void raise(QWidget* page);
    QWidget* current() const;
    int count() const;
    /// The page with a tab so many places on, round the ends.
    void turn(int places);

    /// A button that leaves the row of tabs alone; so does a click on the tab in front.
    void setFoldable();
    bool isFolded() const { return m_folded; }
    void setFolded(bool folded);
    /// Whether nothing else is shown, which folding could give the room: then it cannot be folded.
    void setAlone(bool alone);
    /// Beside the tabs; the deck takes it.
    void setCaption(QWidget* caption);

signals:
    void foldedChanged(bool folded);
    void currentChanged();
    /// By the right button on its tab.
    void menuWanted(QWidget* page, const QPoint& global);
    /// A tab is pulled out of the row; where the mouse is, then where it was let go.
    void dragged(QWidget* page, const QPoint& global);
    void dropped(QWidget* page, const QPoint& global);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fitTabs();
    bool drag(QEvent* event);

    DeckTabs m_when;
    QWidget* m_row;
    QHBoxLayout* m_rowLayout;
    QWidget* m_name = nullptr; ///< none where the place has none
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    QToolButton* m_fold = nullptr;
    bool m_folded = false;
    bool m_alone = false;
    QWidget* m_pulled = nullptr; ///< the page whose tab the button is held on
    bool m_dragging = false;
};

} // namespace triptych
