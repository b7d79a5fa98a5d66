// A person at the window: mouse and keys go in where a window system puts them, and each stop is looked at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/qt_print.h"
#include "tests/support/temp_folder.h"
#include "ui/main_window.h"
#include "ui/widgets/card.h"

#include <gtest/gtest.h>

#include <QPoint>

#include <functional>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

class QAbstractSpinBox;
class QImage;
class QLineEdit;
class QMenu;
class QWindow;

namespace triptych::test {

struct TourOptions {
    QString pictures; ///< a folder; empty: none are written
    QSize size{1280, 800};
    ThemeChoice look = ThemeChoice::Dark;
};

/// One window, one training that goes on behind it, and a recorded run of 60 steps beside it. All stops of the program
/// share it; each begins with home().
class Tour {
public:
    explicit Tour(TourOptions options);
    ~Tour();

    /// Of its trainings.
    static std::vector<std::string> settings();
    MainWindow& window() { return *m_window; }
    RunFeed& feed() { return m_window->feed(); }
    Selection& selection() { return m_window->selection(); }
    Moment& moment() { return m_window->moment(); }
    QString recordedRun() const { return path("runs/recorded"); }
    QString path(const char* name) const { return QString::fromStdString((m_folder / name).string()); }
    const TempFolder& folder() const { return m_folder; }
    std::int64_t newestStep() { return feed().series().latestStep(); }

    /// What is shown alone; nothing: all of it.
    bool shows(std::set<PanelPlace> alone) { return m_window->arrangement().only() == alone; }
    /// All wings and the newest step, nothing in front of the window.
    void home();
    /// What is to be seen is not there yet; the hand does something; it comes, and is photographed. `sees` is asked
    /// until it says yes; that it never does, and that it did before the hand, are failures.
    void stop(const std::string& name, const std::function<void()>& hand, const std::function<bool()>& sees);
    /// A stop where the hand has done its part already: in a dialog that has just opened.
    void look(const std::string& name, const std::function<bool()>& sees);
    /// Inside `hand` a menu or a dialog opens that keeps it: `then` is done as soon as that is there.
    void during(const std::function<void()>& hand, const std::function<void(QWidget&)>& then);
    bool waits(const std::function<bool()>& condition);
    /// Until so many more steps are trained, however busy the machine is.
    void letTrain(std::int64_t steps);
    /// Until all that is shown has its place: what a busy machine still lays out would move away below the hand.
    void settle();

    void click(QWidget& widget, Qt::KeyboardModifiers keys = {}) { click(widget, widget.rect().center(), keys); }
    void click(QWidget& widget, const QPoint& at, Qt::KeyboardModifiers keys = {});
    void rightClick(QWidget& widget, const QPoint& at);
    void doubleClick(QWidget& widget, const QPoint& at);
    void hover(QWidget& widget, const QPoint& at);
    void drag(QWidget& widget, const QPoint& from, const QPoint& to, Qt::KeyboardModifiers keys = {},
              Qt::MouseButton button = Qt::LeftButton);
    /// Notches away from the person are positive.
    void wheel(QWidget& widget, const QPoint& at, int notches, Qt::KeyboardModifiers keys = {});
    /// To whatever has the focus of the keyboard.
    void key(Qt::Key key, Qt::KeyboardModifiers keys = {});
    void type(const QString& text);
    /// Into a field, by a click, over what was there.
    void write(QLineEdit& field, const QString& text);
    void write(QAbstractSpinBox& box, const QString& value);
    /// An entry of an open menu, by its words.
    void pick(QWidget& menu, const QString& text);
    /// From the menu bar through the menus behind it: {"View", "Language", "Deutsch"}.
    void menu(const QStringList& way);
    /// Ctrl+K, the words, Enter; `then` where that opens another dialog.
    void palette(const QString& words, const std::function<void(QWidget&)>& then = {});
    /// What is done in a dialog that asks for a file or a folder.
    std::function<void(QWidget&)> answer(const QString& path);
    /// The page's tab.
    void tab(const char* panel);

    Panel& panel(const char* id) { return *m_window->panel(QString::fromLatin1(id)); }
    /// A part of a page by its name; of its kind alone where that is empty. Throws where there is none.
    template <class Part>
    Part& part(const char* id, const char* name = "")
    {
        return in<Part>(*m_window->card(QString::fromLatin1(id)), name);
    }
    template <class Part>
    static Part& in(QWidget& place, const char* name = "")
    {
        const auto found = place.findChildren<Part*>(*name ? QString::fromLatin1(name) : QString());
        for (Part* each : found)
            if (each->isVisible()) return *each;
        if (found.isEmpty())
            throw std::invalid_argument(std::string("there is no ") + Part::staticMetaObject.className() + " " + name);
        return *found.front();
    }

private:
    QWindow* windowOf(QWidget& widget) const;
    QPoint reach(QWidget& widget, const QPoint& at);
    QWindow* focus() const;
    QImage picture() const;
    void photograph(const std::string& name);
    void recordRun(const std::string& model);

    TourOptions m_options;
    TempFolder m_folder;
    Theme m_theme;
    std::unique_ptr<MainWindow> m_window;
    int m_stops = 0;
};

/// Of the program; made with the first stop.
Tour& tour();

} // namespace triptych::test
