// A text that a model wrote, as it is: spaces as faint dots, line ends as arrows, the given beginning in grey.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QTextLayout>
#include <QWidget>

namespace triptych {

/// Wraps and is no higher than its lines; what has no room ends in an ellipsis and is whole in the tooltip.
class SampleView : public QWidget {
    Q_OBJECT

public:
    explicit SampleView(const Theme& theme, QWidget* parent = nullptr);

    /// given: how many characters at the beginning were no work of the model.
    void setSample(const QString& text, int given);
    /// What is shown, with whitespace made visible; without the cut.
    QString shownText() const { return m_shown; }
    /// Whether the end has no room.
    bool isCut() const { return m_cut; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    /// Breaks lines; the first beyond the room is the last laid out. Returns the height of those before.
    static double breakLines(QTextLayout& layout, int width, double room, bool& cut);
    int wholeHeight() const; ///< that all lines take
    void layOut();

    const Theme& m_theme;
    QString m_shown;
    int m_given = 0; ///< of m_shown
    QTextLayout m_layout;
    bool m_cut = false;
};

/// Space as a middle dot, line end as an arrow and a real line end, other control characters as their pictures. Longer
/// than the text: given becomes the length of that part of the result.
QString visibleWhitespace(const QString& text, int& given);

} // namespace triptych
