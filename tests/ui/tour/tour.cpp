// Hands and eyes of the tour.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/tour/tour.h"

#include "core/config/config_json.h"
#include "core/config/preset.h"
#include "tests/support/small_run.h"
#include "ui/panels/panel_catalog.h"

#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QPointer>
#include <QTabBar>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>
#include <QWindow>

#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

namespace triptych::test {

namespace {

constexpr int kPatience = 12000; // ms; only a failing stop waits for so long
constexpr int kWay = 8;          // moves of a drag

/// Groups, two MTP modules, domains: something to see on every page.
std::string small_model()
{
    ModelConfig config = load_model_config("tiny").value();
    config.hidden_size = 64;
    config.intermediate_size = 96;
    config.moe_intermediate_size = 24;
    config.n_group = 4;
    config.topk_group = 2;
    config.num_nextn_predict_layers = 2;
    return model_config_json(config);
}

} // namespace

std::vector<std::string> Tour::settings()
{
    return {"sequence_length=64", "batch_size=2", "threads=1", "eval_every=20", "eval_batches=1"};
}

Tour::Tour(TourOptions options) : m_options(std::move(options)), m_theme(m_options.look)
{
    qputenv("XDG_DATA_HOME", m_folder.path().c_str());
    qputenv("XDG_CONFIG_HOME", m_folder.path().c_str());
    std::filesystem::current_path(m_folder.path()); // where runs/ is looked for
    const std::string model = m_folder.write("small.json", small_model()).string();
    recordRun(model);
    m_window = std::make_unique<MainWindow>(m_theme);
    m_window->resize(m_options.size);
    m_window->show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    RunRequest request;
    request.model = model;
    request.settings = settings();
    request.run_folder = (m_folder / "runs/live").string();
    m_window->controller().start(request);
    EXPECT_TRUE(waits([this] { return feed().isTraining() && feed().loads() && feed().probe() && newestStep() > 3; }));
}

Tour::~Tour()
{
    m_window->controller().finish();
    waits([this] { return !feed().isLive(); });
    m_window.reset();
    std::filesystem::current_path("/");
}

void Tour::recordRun(const std::string& model)
{
    RunRequest request;
    request.model = model;
    request.settings = settings();
    request.settings.emplace_back("learning_rate=0.002");
    request.run_folder = (m_folder / "runs/recorded").string();
    request.max_steps = 60;
    request.checkpoint_every = 30;
    RecordingObserver observer;
    EXPECT_NE(train(request, observer), nullptr);
}

bool Tour::waits(const std::function<bool()>& condition)
{
    return QTest::qWaitFor(condition, kPatience);
}

void Tour::letTrain(std::int64_t steps)
{
    const std::int64_t last = newestStep() + steps;
    for (std::int64_t now = newestStep(); now < last; now = newestStep())
        if (!waits([&] { return newestStep() > now; })) {
            ADD_FAILURE() << "it trains no more at step " << now;
            return;
        }
}

void Tour::settle()
{
    const auto places = [this] {
        std::vector<QRect> all;
        for (const QWidget* widget : m_window->findChildren<QWidget*>())
            if (widget->isVisible()) all.push_back(widget->geometry());
        return all;
    };
    std::vector<QRect> before;
    waits([&] {
        std::vector<QRect> now = places();
        return std::exchange(before, now) == now;
    });
}

void Tour::home()
{
    for (int i = 0; i < 5 && (QApplication::activePopupWidget() || QApplication::activeModalWidget()); ++i)
        key(Qt::Key_Escape);
    m_window->activateWindow();
    m_window->setFocus();
    key(Qt::Key_0);
    key(Qt::Key_Backslash);
    EXPECT_TRUE(waits([this] { return !feed().isHeld() && m_window->arrangement().only().empty(); }));
}

void Tour::stop(const std::string& name, const std::function<void()>& hand, const std::function<bool()>& sees)
{
    SCOPED_TRACE("stop " + name);
    EXPECT_FALSE(sees()) << "what is to come is there already";
    settle();
    {
        // A menu that opened unasked would keep the hand for ever.
        QTimer watchdog;
        QObject::connect(&watchdog, &QTimer::timeout, &watchdog, [] {
            for (QWidget* open : {QApplication::activePopupWidget(), QApplication::activeModalWidget()})
                if (open) open->close();
        });
        watchdog.start(2 * kPatience);
        hand();
    }
    const bool seen = waits(sees);
    QApplication::processEvents();
    EXPECT_TRUE(seen) << "it did not come";
    photograph(seen ? name : name + "-missed");
}

void Tour::look(const std::string& name, const std::function<bool()>& sees)
{
    const bool seen = waits(sees);
    EXPECT_TRUE(seen) << "stop " << name;
    photograph(seen ? name : name + "-missed");
}

void Tour::during(const std::function<void()>& hand, const std::function<void(QWidget&)>& then)
{
    const QWidget* before = QApplication::activeModalWidget();
    bool done = false;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &poll, [&] {
        QWidget* opened = QApplication::activePopupWidget();
        if (!opened && QApplication::activeModalWidget() != before) opened = QApplication::activeModalWidget();
        if (!opened || !opened->isVisible()) return;
        poll.stop();
        const QPointer<QWidget> watched = opened;
        try {
            then(*opened);
        } catch (const std::exception& error) {
            ADD_FAILURE() << error.what();
        }
        done = true;
        // Whatever happened, nothing stays open that keeps the hand.
        for (int i = 0; i < 3 && watched && watched->isVisible(); ++i) watched->close();
    });
    poll.start(10);
    hand();
    EXPECT_TRUE(waits([&] { return done; })) << "nothing opened";
    // Where no window manager does it.
    if (!QApplication::activeWindow()) m_window->activateWindow();
}

QWindow* Tour::windowOf(QWidget& widget) const
{
    return widget.window()->windowHandle();
}

/// Where it is in its window. That something else lies there is a failure: the hand could not reach it.
QPoint Tour::reach(QWidget& widget, const QPoint& at)
{
    QWidget* window = widget.window();
    const QPoint place = widget.mapTo(window, at);
    QWidget* there = window->childAt(place);
    const bool reached = widget.isVisible() && window->rect().contains(place) &&
                         (&widget == window || (there && (there == &widget || widget.isAncestorOf(there))));
    EXPECT_TRUE(reached) << widget.metaObject()->className() << " \"" << widget.objectName().toStdString()
                         << "\" cannot be reached at " << place.x() << ", " << place.y() << "; there is "
                         << (there ? there->metaObject()->className() : "nothing");
    return place;
}

void Tour::click(QWidget& widget, const QPoint& at, Qt::KeyboardModifiers keys)
{
    QWindow* window = windowOf(widget);
    QTest::mouseMove(window, reach(widget, at));
    // A page that has just been shown may have been laid out meanwhile.
    QTest::mouseClick(window, Qt::LeftButton, keys, reach(widget, at));
}

void Tour::rightClick(QWidget& widget, const QPoint& at)
{
    const QPoint place = reach(widget, at);
    QTest::mouseClick(windowOf(widget), Qt::RightButton, {}, place);
}

void Tour::doubleClick(QWidget& widget, const QPoint& at)
{
    const QPoint place = reach(widget, at);
    QTest::mouseDClick(windowOf(widget), Qt::LeftButton, {}, place);
    QTest::lastMouseTimestamp += 2 * QApplication::doubleClickInterval(); // or the next click were a double one, too
}

void Tour::hover(QWidget& widget, const QPoint& at)
{
    const QPoint place = reach(widget, at);
    QTest::mouseMove(windowOf(widget), place - QPoint(1, 1));
    QTest::mouseMove(windowOf(widget), place);
}

void Tour::drag(QWidget& widget, const QPoint& from, const QPoint& to, Qt::KeyboardModifiers keys,
                Qt::MouseButton button)
{
    QWindow* window = windowOf(widget);
    const QPoint first = reach(widget, from);
    const QPoint last = widget.mapTo(widget.window(), to);
    QTest::mouseMove(window, first);
    QTest::mousePress(window, button, keys, first);
    for (int i = 1; i <= kWay; ++i) QTest::mouseMove(window, first + (last - first) * i / kWay);
    QTest::mouseRelease(window, button, keys, last);
}

void Tour::wheel(QWidget& widget, const QPoint& at, int notches, Qt::KeyboardModifiers keys)
{
    const QPoint place = reach(widget, at);
    QWindow* window = windowOf(widget);
    for (int i = 0; i < std::abs(notches); ++i) {
        QWheelEvent event(place, window->mapToGlobal(place), {}, {0, notches > 0 ? 120 : -120}, Qt::NoButton, keys,
                          Qt::NoScrollPhase, false);
        QSpontaneKeyEvent::setSpontaneous(&event); // else it would not go on to what stands around
        qApp->notify(window, &event);
    }
}

QWindow* Tour::focus() const
{
    if (QWidget* popup = QApplication::activePopupWidget()) return popup->windowHandle();
    if (QWidget* modal = QApplication::activeModalWidget()) return modal->windowHandle();
    QWidget* active = QApplication::activeWindow();
    return (active ? active : m_window.get())->windowHandle();
}

void Tour::key(Qt::Key key, Qt::KeyboardModifiers keys)
{
    // Between two windows none is the active one for a moment, and nobody would hear the key.
    if (!QApplication::activeWindow() && !QApplication::activePopupWidget()) {
        QWidget* modal = QApplication::activeModalWidget();
        (modal ? modal : m_window.get())->activateWindow();
        waits([] { return QApplication::activeWindow() != nullptr; });
    }
    QTest::keyClick(focus(), key, keys);
    QApplication::processEvents(); // places that it moved are asked for next
}

void Tour::type(const QString& text)
{
    for (const QChar letter : text) QTest::keyClick(focus(), letter.toLatin1());
}

void Tour::write(QLineEdit& field, const QString& text)
{
    click(field);
    key(Qt::Key_A, Qt::ControlModifier);
    type(text);
}

void Tour::write(QAbstractSpinBox& box, const QString& value)
{
    click(box, {10, box.height() / 2});
    key(Qt::Key_A, Qt::ControlModifier);
    type(value);
    key(Qt::Key_Tab);
}

void Tour::pick(QWidget& menu, const QString& text)
{
    auto* entries = qobject_cast<QMenu*>(&menu);
    if (!entries) throw std::invalid_argument("no menu is open");
    for (QAction* action : entries->actions())
        if (action->text().remove(QLatin1Char('&')).contains(text))
            return click(menu, entries->actionGeometry(action).center());
    throw std::invalid_argument("the menu has no " + text.toStdString());
}

void Tour::menu(const QStringList& way)
{
    QMenuBar& bar = *m_window->menuBar();
    const auto found = [&](const QAction* action) { return action->text().remove(QLatin1Char('&')) == way.front(); };
    for (QAction* action : bar.actions()) {
        if (!found(action)) continue;
        return during([&] { click(bar, bar.actionGeometry(action).center()); },
                      [&](QWidget& opened) {
                          QPointer<QWidget> open = &opened;
                          for (qsizetype i = 1; i < way.size(); ++i) {
                              pick(*open, way[i]);
                              if (i + 1 == way.size()) return;
                              EXPECT_TRUE(waits([&] {
                                  QWidget* next = QApplication::activePopupWidget();
                                  return next && next != open && next->isVisible();
                              })) << way[i].toStdString();
                              open = QApplication::activePopupWidget();
                          }
                      });
    }
    throw std::invalid_argument("there is no menu " + way.front().toStdString());
}

void Tour::palette(const QString& words, const std::function<void(QWidget&)>& then)
{
    during([this] { key(Qt::Key_K, Qt::ControlModifier); },
           [&](QWidget&) {
               type(words);
               then ? during([this] { key(Qt::Key_Return); }, then) : key(Qt::Key_Return);
           });
}

std::function<void(QWidget&)> Tour::answer(const QString& path)
{
    return [this, path](QWidget& dialog) {
        const QPointer<QWidget> open = &dialog;
        auto& name = in<QLineEdit>(dialog, "fileNameEdit");
        // A dialog that is still reading its folder may write over what was written.
        for (int i = 0; i < 3 && name.text() != path; ++i) write(name, path);
        EXPECT_EQ(name.text(), path);
        // A list of completions may take the first one.
        for (int i = 0; i < 3 && open && open->isVisible(); ++i) key(Qt::Key_Return);
    };
}

void Tour::tab(const char* panel)
{
    const QString id = QString::fromLatin1(panel);
    for (const PanelInfo& info : panelCatalog()) {
        if (info.id != std::string_view(panel)) continue;
        if (m_window->arrangement().inFront(info.place) == id && m_window->panel(id)->isVisible()) return;
        for (QTabBar* bar : m_window->findChildren<QTabBar*>())
            for (int i = 0; i < bar->count(); ++i)
                if (bar->isVisible() && bar->tabText(i) == panelShortTitle(info)) {
                    click(*bar, bar->tabRect(i).center());
                    EXPECT_TRUE(waits([&] { return m_window->panel(id)->isVisible(); }));
                    return;
                }
    }
    throw std::invalid_argument(std::string("no tab of ") + panel);
}

/// The window with what lies in front of it.
QImage Tour::picture() const
{
    QWidgetList all;
    for (QWidget* each : QApplication::topLevelWidgets())
        if (each->isVisible() && each != m_window.get() && !each->testAttribute(Qt::WA_DontShowOnScreen)) all << each;
    QRect place(m_window->mapToGlobal(QPoint(0, 0)), m_window->size());
    for (const QWidget* each : all) place |= QRect(each->mapToGlobal(QPoint(0, 0)), each->size());
    const double ratio = m_window->devicePixelRatioF();
    QImage image(place.size() * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.drawPixmap(m_window->mapToGlobal(QPoint(0, 0)) - place.topLeft(), m_window->grab());
    for (QWidget* each : all)
        if (!each->inherits("QRubberBand"))
            painter.drawPixmap(each->mapToGlobal(QPoint(0, 0)) - place.topLeft(), each->grab());
    return image;
}

void Tour::photograph(const std::string& name)
{
    ++m_stops;
    if (m_options.pictures.isEmpty()) return;
    // What was asked for has come; a frame later it is drawn.
    QTest::qWait(40);
    const QString file = QStringLiteral("%1/%2-%3.png")
                             .arg(m_options.pictures)
                             .arg(m_stops, 3, 10, QLatin1Char('0'))
                             .arg(QString::fromStdString(name));
    EXPECT_TRUE(picture().save(file)) << file.toStdString();
}

} // namespace triptych::test
