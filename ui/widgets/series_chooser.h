// Chooses series for a card: every metric of the runs in view, to be found by typing and by group.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/card_spec.h"

#include <QFrame>

#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace triptych {

/// A popup. Typing filters, Down goes into the list, Space marks, Enter adds: what is marked, or else the current row.
/// What is marked comes as one card, or as a card each.
class SeriesChooser : public QFrame {
    Q_OBJECT

public:
    /// `catalog` is copied; what it reads outlives the chooser.
    explicit SeriesChooser(const SeriesCatalog& catalog, QWidget* parent = nullptr);

    /// Lists what is there now, nothing marked, at a place of the screen.
    void openAt(const QPoint& screen);
    /// Lists what is there now.
    void fill();

signals:
    void chosen(const std::vector<CardSpec>& cards);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    enum class As : std::uint8_t { OneCard = 1, ACardEach };

    void addRow(const SeriesKey& key, QTreeWidgetItem& group);
    void filter(const QString& words);
    void choose(As as);
    void showMarked();
    std::vector<SeriesKey> marked() const;
    void selectFirst();

    SeriesCatalog m_catalog;
    QLineEdit* m_filter;
    QTreeWidget* m_list;
    QLabel* m_note;
    QPushButton* m_each;
    QPushButton* m_together;
    std::vector<SeriesKey> m_keys; ///< by the number that a row carries
};

} // namespace triptych
