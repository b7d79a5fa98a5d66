// The places of the window with their pages: which are shown, how large, and which have windows of their own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/layout_state.h"

#include <QWidget>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

class QRubberBand;
class QSplitter;

namespace triptych {

class Card;
class FloatingWindow;
class PanelDeck;

/// Where a person wants the pages at the bottom: shown, or the tabs alone.
enum class Fold : std::uint8_t { Open = 1, TabsOnly };

/// Three wings side by side, the curves below them, more pages at the bottom. Knows cards by the ids of the catalog.
class Arrangement : public QWidget {
    Q_OBJECT

public:
    explicit Arrangement(QWidget* parent = nullptr);
    ~Arrangement() override;

    /// Behind the pages that its place has already. Takes the card.
    void add(const PanelInfo& info, Card* card, Panel* panel);
    /// After the last add(): equal wings, the rows of the program.
    void settle();
    /// Other panels in the places of those that are there: their texts are made anew. `make` fills the card, which
    /// deletes the panel before, with one that takes over from it.
    void renewPanels(const std::function<Panel*(const PanelInfo& info, Card& card)>& make);
    /// Of a fixed height, between the wings and the curves; it is there whatever is shown alone. The
    /// strip before is deleted.
    void setBetween(QWidget* strip);
    /// Beside the tabs of a place.
    void setCaption(PanelPlace place, QWidget* caption);

    QStringList ids() const;
    Card* card(const QString& id) const;
    Panel* panel(const QString& id) const;
    /// Where it is, or would go back to; nothing for another id.
    std::optional<PanelPlace> placeOf(const QString& id) const;
    /// The page in front; empty where there is none.
    QString inFront(PanelPlace place) const;
    /// The page that has the focus of the keyboard, or will when the dialog in front of it is gone; empty: none.
    QString focused() const;

    /// In front of its place, which is shown and unfolded, or its window is.
    void raise(const QString& id);
    /// Into another place, the last of its tabs and in front.
    void move(const QString& id, PanelPlace place);
    /// Into a window of its own. Closing that brings it back.
    void floatOut(const QString& id, const QRect& geometry = {});
    void bringBack(const QString& id);
    bool isFloating(const QString& id) const { return m_floating.contains(id); }
    /// Without a tab, until it is raised.
    void hidePage(const QString& id);

    /// These places alone; empty: all.
    void showOnly(const std::set<PanelPlace>& places);
    const std::set<PanelPlace>& only() const { return m_only; }
    void fold(Fold how);
    bool isFolded() const;
    /// The next page of the place that has the focus, or of the only one shown.
    void turnPage(int places);

    LayoutState state() const;
    /// Pages that it does not name stay in, or go to, the places of the catalog; names that are none are left out.
    void apply(const LayoutState& layout);
    /// As the program comes.
    static LayoutState triptych();

    /// Given to every window that is made for a page, for the keys of the main one.
    void setWindowSetup(std::function<void(QWidget&)> setup) { m_setup = std::move(setup); }

    /// Once more to those that are there.
    void setUpWindows();

    /// Of pages; they come again when this is shown.
    void hideWindows();

protected:
    void showEvent(QShowEvent* event) override;

signals:
    /// Pages, windows, fold or what is shown alone: by a hand or by apply().
    void changed();
    /// Another page is in front of its place, by a hand alone.
    void turned();
    /// By a hand at a splitter.
    void resized();

private:
    struct Shown {
        const PanelInfo* info = nullptr;
        Card* card = nullptr;
        Panel* panel = nullptr;
        PanelPlace place = PanelPlace::Below;
    };

    PanelDeck* makeDeck(PanelPlace place);
    PanelDeck& deck(PanelPlace place) const { return *m_decks.at(place); }
    const Shown* find(const QString& id) const;
    QString idOf(const QWidget* card) const;
    bool hasPagesOf(const LayoutState& layout) const;
    void placePages(const LayoutState& layout);
    void putBack(const QString& id);
    void put(const QString& id, PanelPlace place);
    void shareRows();
    /// Rows and wings, of a thousand; where not all are shown as they were before.
    std::pair<QList<int>, QList<int>> sizes() const;
    void applySizes();
    void refresh();
    void showMenu(QWidget* page, const QPoint& global);
    PanelDeck* deckAt(const QPoint& global) const;
    void dragged(const QPoint& global);
    void dropped(QWidget* page, const QPoint& global);

    QSplitter* m_rows;
    QSplitter* m_wings;
    QWidget* m_between = nullptr;
    QRubberBand* m_target;
    std::map<PanelPlace, PanelDeck*> m_decks;
    std::map<QString, Shown> m_panels;
    std::map<QString, FloatingWindow*> m_floating;
    std::set<PanelPlace> m_only;
    QList<int> m_rowSizes; ///< of a thousand, as they were with everything shown
    QList<int> m_wingSizes;
    std::function<void(QWidget&)> m_setup;
    bool m_applying = false;
    bool m_rowsByHand = false; ///< rows have sizes that a hand gave them
};

/// "Left wing (MoE)": for menus.
QString placeDescription(PanelPlace place);

} // namespace triptych
