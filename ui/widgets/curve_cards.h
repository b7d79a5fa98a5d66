// The cards of curves in as many columns as there is room for: to be added, removed, moved, filtered, folded.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/curve_card.h"

#include <QSet>
#include <QWidget>

#include <vector>

class QFrame;
class QGridLayout;
class QScrollArea;

namespace triptych {

/// Whether cards stand in the order a hand gave them, or under a heading for runs, layers, MTP modules and domains that
/// can be folded.
enum class CardGroups : std::uint8_t { None = 1, ByKind };

class CurveCards : public QWidget {
    Q_OBJECT

public:
    /// `context` outlives it.
    explicit CurveCards(const CurveContext& context, QWidget* parent = nullptr);

    std::vector<CardSpec> specs() const;
    /// At most kMostCards; others are left out.
    void setSpecs(const std::vector<CardSpec>& specs);
    /// Behind the others, and in sight. Null where there are kMostCards already.
    CurveCard* add(const CardSpec& spec);
    void remove(int index);
    /// To the place of another; both within the cards.
    void move(int from, int to);
    const std::vector<CurveCard*>& cards() const { return m_cards; }
    /// Those on the screen, in their order.
    std::vector<CurveCard*> shown() const;

    void setSmoothing(double weight, SmoothingKind kind = SmoothingKind::Exponential);
    void setMarks(std::vector<PlotMark> marks);
    /// Only cards whose series have all the words in their names; empty: all.
    void setFilter(const QString& words);
    const QString& filter() const { return m_filter; }
    void setGroups(CardGroups groups);
    CardGroups groups() const { return m_groups; }
    /// Folded groups by their names in files: "run", "layer", "mtp", "domain".
    QStringList folded() const;
    void setFolded(const QStringList& groups);
    /// One card in all the room; null: all cards.
    void showAlone(CurveCard* card);
    CurveCard* alone() const { return m_alone; }
    int columns() const { return m_columns; }

    QSize minimumSizeHint() const override;

signals:
    /// Another set, order or choice of cards.
    void changed();
    /// The mouse moved over a card's curves, or away.
    void pointed(CurveCard* card);
    void exportRequested(const CurveCard& card);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    CurveCard* make(const CardSpec& spec);
    void connectCard(CurveCard& card);
    void arrange();
    void arrangeGroup(const std::vector<CurveCard*>& cards, int& row);
    void addHeading(const QString& group, std::size_t count, int row);
    void orderKeys();
    bool passes(const CurveCard& card) const;
    int indexOf(const CurveCard* card) const;
    int indexAt(const QPoint& screen) const;
    void showDrop(const QPoint& at);

    const CurveContext& m_context;
    QWidget* m_content;
    QScrollArea* m_scroll;
    QGridLayout* m_grid;
    QFrame* m_dropMark;
    std::vector<CurveCard*> m_cards;
    std::vector<QWidget*> m_headings;
    std::vector<PlotMark> m_marks;
    double m_smoothing = 0;
    SmoothingKind m_smoothingKind = SmoothingKind::Exponential;
    QString m_filter;
    CardGroups m_groups = CardGroups::None;
    QSet<QString> m_folded;
    CurveCard* m_alone = nullptr;
    int m_columns = 1;
};

} // namespace triptych
