// Pages from place to place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/arrangement.h"

#include "ui/shell/floating_window.h"
#include "ui/widgets/card.h"
#include "ui/widgets/panel_deck.h"

#include <QApplication>
#include <QRubberBand>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

namespace triptych {

namespace {

constexpr int kGap = 8; // pixels between cards
constexpr int kPageHeight = 170;
constexpr std::array kWings = {PanelPlace::LeftWing, PanelPlace::Centre, PanelPlace::RightWing};

QSplitter* splitter(Qt::Orientation orientation, const QString& name)
{
    auto* s = new QSplitter(orientation);
    s->setObjectName(name);
    s->setHandleWidth(kGap);
    s->setChildrenCollapsible(false);
    return s;
}

bool isWing(PanelPlace place)
{
    return place != PanelPlace::Predella && place != PanelPlace::Below;
}

/// Sizes as parts of a thousand; nothing where one of them has none.
QList<int> partsOf(const QList<int>& sizes)
{
    const double total = std::accumulate(sizes.begin(), sizes.end(), 0.0);
    QList<int> parts;
    for (const int size : sizes) {
        if (size <= 0) return {};
        parts << std::max(1, static_cast<int>(std::lround(1000 * size / total)));
    }
    return parts;
}

} // namespace

Arrangement::Arrangement(QWidget* parent)
    : QWidget(parent), m_rows(splitter(Qt::Vertical, QStringLiteral("rows"))),
      m_wings(splitter(Qt::Horizontal, QStringLiteral("wings"))),
      m_target(new QRubberBand(QRubberBand::Rectangle, this)), m_rowSizes(triptych().rows),
      m_wingSizes(triptych().wings)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_rows);
    m_rows->addWidget(m_wings);
    for (const PanelPlace place : kWings) m_decks[place] = makeDeck(place);
    for (const PanelPlace place : {PanelPlace::Predella, PanelPlace::Below}) m_decks[place] = makeDeck(place);
    deck(PanelPlace::Below).setFoldable();
    connect(&deck(PanelPlace::Below), &PanelDeck::foldedChanged, this, [this] {
        // After the splitter has learnt how high the deck may be now.
        QTimer::singleShot(0, this, &Arrangement::shareRows);
        if (!m_applying) emit changed();
    });
    connect(m_rows, &QSplitter::splitterMoved, this, [this] { m_rowsByHand = true; });
    for (QSplitter* s : {m_rows, m_wings}) connect(s, &QSplitter::splitterMoved, this, &Arrangement::resized);
}

Arrangement::~Arrangement()
{
    for (const auto& [id, window] : m_floating) delete window;
}

PanelDeck* Arrangement::makeDeck(PanelPlace place)
{
    const bool predella = place == PanelPlace::Predella; // its title has controls beside it
    auto* deck = new PanelDeck(placeTitle(place), predella ? DeckTabs::FromTheSecondPage : DeckTabs::Always);
    QSplitter* row = isWing(place) ? m_wings : m_rows;
    row->addWidget(deck);
    row->setStretchFactor(row->indexOf(deck), isWing(place) ? 1 : 2);
    if (place == PanelPlace::Predella) m_rows->setStretchFactor(0, 5);
    connect(deck, &PanelDeck::currentChanged, this, [this] {
        if (!m_applying) emit turned();
    });
    connect(deck, &PanelDeck::menuWanted, this, &Arrangement::showMenu);
    connect(deck, &PanelDeck::dragged, this, [this](QWidget*, const QPoint& at) { dragged(at); });
    connect(deck, &PanelDeck::dropped, this, &Arrangement::dropped);
    return deck;
}

void Arrangement::add(const PanelInfo& info, Card* card, Panel* panel)
{
    const QString id = QString::fromLatin1(info.id);
    m_panels[id] = {&info, card, panel, info.place};
    put(id, info.place);
    if (info.show == PanelShow::OnRequest) deck(info.place).hidePage(card);
}

void Arrangement::put(const QString& id, PanelPlace place)
{
    Shown& shown = m_panels.at(id);
    shown.place = place;
    // The curves alone have a title of their own; elsewhere the tab says it.
    shown.card->setTitleVisible(place == PanelPlace::Predella && shown.info->place == place);
    deck(place).addPage(shown.card, panelShortTitle(*shown.info), panelTitle(*shown.info));
}

void Arrangement::renewPanels(const std::function<Panel*(const PanelInfo& info, Card& card)>& make)
{
    for (auto& [id, shown] : m_panels) {
        shown.panel = make(*shown.info, *shown.card);
        const QString title = panelTitle(*shown.info);
        deck(shown.place).setPageTitle(shown.card, panelShortTitle(*shown.info), title);
        if (const auto window = m_floating.find(id); window != m_floating.end()) window->second->setWindowTitle(title);
    }
}

void Arrangement::setUpWindows()
{
    for (const auto& [id, window] : m_floating)
        if (m_setup) m_setup(*window);
}

void Arrangement::settle()
{
    applySizes();
    refresh();
}

void Arrangement::setBetween(QWidget* strip)
{
    if (m_between) std::tie(m_rowSizes, m_wingSizes) = sizes(); // as they are, not as they were at first
    delete std::exchange(m_between, strip);
    m_rows->insertWidget(1, strip);
    m_rows->setStretchFactor(1, 0);
    applySizes();
}

void Arrangement::setCaption(PanelPlace place, QWidget* caption)
{
    deck(place).setCaption(caption);
}

QStringList Arrangement::ids() const
{
    QStringList ids;
    for (const PanelInfo& info : panelCatalog())
        if (m_panels.contains(QString::fromLatin1(info.id))) ids << QString::fromLatin1(info.id);
    return ids;
}

const Arrangement::Shown* Arrangement::find(const QString& id) const
{
    const auto found = m_panels.find(id);
    return found == m_panels.end() ? nullptr : &found->second;
}

QString Arrangement::idOf(const QWidget* card) const
{
    for (const auto& [id, shown] : m_panels)
        if (shown.card == card) return id;
    return {};
}

Card* Arrangement::card(const QString& id) const
{
    const Shown* shown = find(id);
    return shown ? shown->card : nullptr;
}

Panel* Arrangement::panel(const QString& id) const
{
    const Shown* shown = find(id);
    return shown ? shown->panel : nullptr;
}

std::optional<PanelPlace> Arrangement::placeOf(const QString& id) const
{
    const Shown* shown = find(id);
    return shown ? std::optional(shown->place) : std::nullopt;
}

QString Arrangement::inFront(PanelPlace place) const
{
    return deck(place).pages().isEmpty() ? QString() : idOf(deck(place).current());
}

QString Arrangement::focused() const
{
    // A dialog that just closed, or is about to, has the focus of what it was called from.
    for (const QWidget* from : {QApplication::focusWidget(), window()->focusWidget()})
        for (const QWidget* w = from; w; w = w->parentWidget())
            if (const QString id = idOf(w); !id.isEmpty()) return id;
    return m_only.size() == 1 ? inFront(*m_only.begin()) : QString();
}

void Arrangement::raise(const QString& id)
{
    const Shown* shown = find(id);
    if (!shown) return;
    if (const auto window = m_floating.find(id); window != m_floating.end()) {
        window->second->show();
        window->second->raise();
        window->second->activateWindow();
        return;
    }
    const bool hadTab = deck(shown->place).pages().contains(shown->card);
    deck(shown->place).raise(shown->card);
    if (!m_only.empty() && !m_only.contains(shown->place))
        return showOnly(m_only.size() == 1 ? std::set{shown->place} : std::set<PanelPlace>{});
    refresh();
    if (!hadTab && !m_applying) emit changed();
}

void Arrangement::move(const QString& id, PanelPlace place)
{
    const Shown* shown = find(id);
    if (!shown || (shown->place == place && !isFloating(id))) return;
    const bool outer = std::exchange(m_applying, true); // told once
    if (isFloating(id)) putBack(id);
    deck(shown->place).takePage(shown->card);
    put(id, place);
    raise(id);
    refresh();
    m_applying = outer;
    emit changed();
}

void Arrangement::floatOut(const QString& id, const QRect& geometry)
{
    const Shown* shown = find(id);
    if (!shown || isFloating(id)) return;
    const bool outer = std::exchange(m_applying, true);
    const QSize size = shown->card->size().expandedTo({480, 360});
    deck(shown->place).takePage(shown->card);
    shown->card->setTitleVisible(false); // the window says it
    auto* window = new FloatingWindow(shown->card, panelTitle(*shown->info), this);
    m_floating[id] = window;
    connect(window, &FloatingWindow::homeWanted, this, [this, id] { bringBack(id); });
    if (m_setup) m_setup(*window);
    if (geometry.isEmpty())
        window->resize(size);
    else
        window->setGeometry(geometry);
    window->setVisible(isVisible());
    refresh();
    m_applying = outer;
    if (!m_applying) emit changed();
}

void Arrangement::hideWindows()
{
    for (const auto& [id, window] : m_floating) window->hide();
}

void Arrangement::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    for (const auto& [id, window] : m_floating) window->show();
}

void Arrangement::putBack(const QString& id)
{
    const auto found = m_floating.find(id);
    if (found == m_floating.end()) return;
    FloatingWindow* window = found->second;
    m_floating.erase(found);
    window->take();
    put(id, m_panels.at(id).place);
    window->hide();
    window->deleteLater(); // it may be closing just now
}

void Arrangement::bringBack(const QString& id)
{
    if (!isFloating(id)) return;
    const bool outer = std::exchange(m_applying, true);
    putBack(id);
    const Shown& shown = m_panels.at(id);
    deck(shown.place).raise(shown.card);
    refresh();
    m_applying = outer;
    if (!m_applying) emit changed();
}

void Arrangement::hidePage(const QString& id)
{
    const Shown* shown = find(id);
    if (!shown) return;
    const bool outer = std::exchange(m_applying, true);
    if (isFloating(id)) putBack(id);
    deck(shown->place).hidePage(shown->card);
    refresh();
    m_applying = outer;
    if (!m_applying) emit changed();
}

void Arrangement::showOnly(const std::set<PanelPlace>& places)
{
    if (places == m_only) return;
    std::tie(m_rowSizes, m_wingSizes) = sizes();
    m_only = places;
    refresh();
    applySizes();
    if (!m_applying) emit changed();
}

void Arrangement::fold(Fold how)
{
    deck(PanelPlace::Below).setFolded(how == Fold::TabsOnly);
}

bool Arrangement::isFolded() const
{
    return deck(PanelPlace::Below).isFolded();
}

void Arrangement::turnPage(int places)
{
    const QString id = focused();
    const auto place =
        id.isEmpty() ? std::optional(m_only.empty() ? PanelPlace::LeftWing : *m_only.begin()) : placeOf(id);
    deck(*place).turn(places);
    if (Panel* next = panel(inFront(*place))) next->setFocus(Qt::ShortcutFocusReason);
}

void Arrangement::shareRows()
{
    // What the pages at the bottom take, or leave, is the wings'.
    if (isFolded() && !m_rowsByHand) return applySizes();
    QList<int> sizes = m_rows->sizes();
    if (isFolded() || sizes.back() >= kPageHeight || sizes.front() == 0) return;
    sizes.front() -= kPageHeight - sizes.back();
    sizes.back() = kPageHeight;
    m_rows->setSizes(sizes);
}

std::pair<QList<int>, QList<int>> Arrangement::sizes() const
{
    // Before the window is seen rows have sizes that nobody chose.
    if (!m_only.empty() || !m_rows->isVisible()) return {m_rowSizes, m_wingSizes};
    QList<int> rows;
    for (QWidget* row : {static_cast<QWidget*>(m_wings), static_cast<QWidget*>(&deck(PanelPlace::Predella)),
                         static_cast<QWidget*>(&deck(PanelPlace::Below))})
        rows << m_rows->sizes()[m_rows->indexOf(row)];
    rows = partsOf(rows);
    const QList<int> wings = partsOf(m_wings->sizes());
    return {rows.isEmpty() ? m_rowSizes : rows, wings.isEmpty() ? m_wingSizes : wings};
}

void Arrangement::applySizes()
{
    // What is more than there is a splitter takes from all rows alike, not from each its part.
    const int height = (m_rows->isVisible() ? m_rows->height() : std::max(m_rows->height(), 1000)) -
                       (m_between ? m_between->sizeHint().height() : 0);
    QList<int> rows;
    for (const int part : m_rowSizes) rows << part * height / 1000;
    if (isFolded() && rows.size() > 1) {
        const int tabs = deck(PanelPlace::Below).maximumHeight(); // nothing but these is seen
        rows.front() += std::max(0, rows.back() - tabs);
        rows.back() = tabs;
    }
    m_rowsByHand = false;
    if (m_between) rows.insert(1, m_between->sizeHint().height());
    m_rows->setSizes(rows);
    QList<int> wings;
    for (const int part : m_wingSizes) wings << 10 * part; // more than there is: a splitter shares out what it has
    m_wings->setSizes(wings);
}

void Arrangement::refresh()
{
    bool anyWing = false;
    for (const auto& [place, deck] : m_decks) {
        const bool shown = (m_only.empty() || m_only.contains(place)) && !deck->pages().isEmpty();
        deck->setVisible(shown);
        anyWing = anyWing || (shown && isWing(place));
    }
    m_wings->setVisible(anyWing);
    deck(PanelPlace::Below).setAlone(m_only == std::set{PanelPlace::Below});
}

} // namespace triptych
