// A ledger as a whole: its total with the band, what is in its scope, what matters most, what is wrong with its source.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/cost_book.h"
#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace triptych {

class ElidedLabel;
class TornadoView;

class CostOverview : public QWidget {
    Q_OBJECT

public:
    CostOverview(const Theme& theme, CostBook& book, QWidget* parent = nullptr);

    TornadoView& tornado() { return *m_tornado; }

signals:
    /// By the user: of the tornado.
    void inputChosen(const std::string& key);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void clear();
    void arrange();

    const Theme& m_theme;
    CostBook& m_book;
    ElidedLabel* m_total;
    QLabel* m_scope;
    ElidedLabel* m_caption;
    ElidedLabel* m_key; ///< what the bars mean
    TornadoView* m_tornado;
    QLabel* m_notes;
};

} // namespace triptych
