// The frame around a panel: a line in the wing's accent, a title, room for a few controls, the content.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QFrame>
#include <QPointer>

class QHBoxLayout;
class QLabel;
class QMenu;
class QToolButton;
class QVBoxLayout;

namespace triptych {

class Card : public QFrame {
    Q_OBJECT

public:
    Card(const Theme& theme, QColor ThemeColors::*accent, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// Not where something else names the card already, a tab for instance.
    void setTitleVisible(bool visible);
    /// To the right of the title; one that expands takes all the room there is.
    void addHeaderWidget(QWidget* widget);
    /// Takes ownership; fills the card below its title. What was there, and what stood beside the title, is deleted.
    void setContent(QWidget* content);
    QWidget* content() const { return m_content; }
    /// In the place of the content, which is hidden meanwhile; null: the content again.
    void showInstead(QWidget* widget);
    /// Behind a button at the right end of the header; also by the right button where the content has no menu. Another
    /// one takes the place of the first, which remains its owner's.
    void setMenu(QMenu* menu);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void placeMenu();

    const Theme& m_theme;
    QColor ThemeColors::*m_accent;
    QVBoxLayout* m_layout;
    QHBoxLayout* m_header;
    QLabel* m_title;
    QWidget* m_content = nullptr;
    QPointer<QWidget> m_instead; ///< belongs to whoever gave it
    QToolButton* m_menu = nullptr;
    QList<QWidget*> m_controls; ///< beside the title
};

/// A label in the muted colour of the theme, for units and captions.
QLabel* mutedLabel(const QString& text, QWidget* parent = nullptr);

} // namespace triptych
