// The history of layouts, and where they are kept.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/layout_keeper.h"

#include <QFile>
#include <QSaveFile>
#include <QSettings>
#include <QSplitter>
#include <QUndoCommand>

#include <algorithm>
#include <utility>

namespace triptych {

namespace {

constexpr int kMostSteps = 100;
constexpr int kPause = 400; // ms without a move of the splitter

const QString kLayout = QStringLiteral("window/layout");
const QString kNames = QStringLiteral("layouts/names");
const QString kTexts = QStringLiteral("layouts/texts");

LayoutState builtInLayout(const QString& name)
{
    LayoutState layout = Arrangement::triptych();
    const auto front = [&layout](PanelPlace place, const QString& id) {
        if (layout.pages[place].contains(id)) layout.inFront[place] = id;
    };
    if (name == QStringLiteral("Compare")) {
        layout.rows = {430, 370, 200};
        front(PanelPlace::Below, QStringLiteral("runs"));
    } else if (name == QStringLiteral("Playground")) {
        layout.rows = {430, 190, 380};
        front(PanelPlace::Below, QStringLiteral("playground"));
    } else if (name == QStringLiteral("Money")) {
        layout.only = {PanelPlace::Below};
        front(PanelPlace::Below, QStringLiteral("cost"));
    } else {
        layout.folded = true;
    }
    return layout;
}

/// Splitters were kept in the form of Qt before layouts were kept as text.
QList<int> oldSizes(const QByteArray& state, int count)
{
    QSplitter splitter;
    for (int i = 0; i < count; ++i) splitter.addWidget(new QWidget);
    splitter.resize(1000, 1000);
    QList<int> parts;
    if (!splitter.restoreState(state) || splitter.sizes().size() != count) return parts;
    double total = 0;
    for (const int size : splitter.sizes()) total += size;
    for (const int size : splitter.sizes()) {
        if (size <= 0) return {};
        parts << std::max(1, static_cast<int>(1000 * size / total));
    }
    return parts;
}

} // namespace

/// Shows the layout after it, or that before.
class LayoutKeeper::Change : public QUndoCommand {
public:
    Change(LayoutKeeper& keeper, const QString& what, LayoutState before, LayoutState after)
        : QUndoCommand(what), m_keeper(keeper), m_before(std::move(before)), m_after(std::move(after))
    {
        // What panels show is put back only where this step changed it.
        if (m_before.panels == m_after.panels) {
            m_before.panels.clear();
            m_after.panels.clear();
        }
    }
    void undo() override { m_keeper.show(m_before); }
    void redo() override
    {
        if (std::exchange(m_done, true)) m_keeper.show(m_after);
    }

private:
    LayoutKeeper& m_keeper;
    LayoutState m_before;
    LayoutState m_after;
    bool m_done = false; ///< a step is pushed when it is done already
};

LayoutKeeper::LayoutKeeper(Arrangement& arrangement, QObject* parent)
    : QObject(parent), m_arrangement(arrangement), m_now(arrangement.state())
{
    m_history.setUndoLimit(kMostSteps);
    m_resizing.setSingleShot(true);
    m_resizing.setInterval(kPause);
    connect(&m_resizing, &QTimer::timeout, this, &LayoutKeeper::noteSizes);
    connect(&arrangement, &Arrangement::resized, &m_resizing, qOverload<>(&QTimer::start));
    connect(&arrangement, &Arrangement::changed, this, &LayoutKeeper::notePages);
    connect(&arrangement, &Arrangement::turned, this, [this] {
        if (!m_paused && !m_showing) m_now.inFront = m_arrangement.state().inFront;
    });
}

LayoutState LayoutKeeper::current() const
{
    return m_paused ? m_now : m_arrangement.state();
}

void LayoutKeeper::push(const QString& what, const LayoutState& before, const LayoutState& after)
{
    m_now = after;
    m_history.push(new Change(*this, what, before, after));
}

void LayoutKeeper::notePages()
{
    if (m_paused || m_showing) return;
    if (m_resizing.isActive()) noteSizes();
    const LayoutState after = m_arrangement.state();
    if (sameStructure(m_now, after)) {
        m_now = after;
        return;
    }
    LayoutState before = m_now;
    before.panels = after.panels; // moving pages changes nothing in them
    push(tr("Pages"), before, after);
}

void LayoutKeeper::noteEdit(const QString& panel, const QString& what, const QVariantMap& before,
                            const QVariantMap& after)
{
    if (m_paused || m_showing) return;
    if (m_resizing.isActive()) noteSizes();
    const LayoutState now = m_arrangement.state();
    LayoutState then = now;
    LayoutState later = now;
    then.panels = {{panel, before}};
    later.panels = {{panel, after}};
    push(what, then, later);
    m_now = now;
}

void LayoutKeeper::noteSizes()
{
    m_resizing.stop();
    if (m_paused) return;
    const LayoutState after = m_arrangement.state();
    if (after.rows == m_now.rows && after.wings == m_now.wings) return;
    LayoutState before = after;
    before.rows = m_now.rows;
    before.wings = m_now.wings;
    push(tr("Sizes"), before, after);
}

void LayoutKeeper::show(const LayoutState& layout)
{
    const bool outer = std::exchange(m_showing, true);
    m_arrangement.apply(layout);
    m_showing = outer;
    m_now = m_arrangement.state();
}

QStringList LayoutKeeper::builtIn()
{
    return {QStringLiteral("Triptych"), QStringLiteral("Compare"), QStringLiteral("Playground"),
            QStringLiteral("Money"), presenterName()};
}

QString LayoutKeeper::title(const QString& name)
{
    if (name == QStringLiteral("Triptych")) return tr("Triptych", "a layout");
    if (name == QStringLiteral("Compare")) return tr("Compare", "a layout");
    if (name == QStringLiteral("Playground")) return tr("Playground", "a layout");
    if (name == QStringLiteral("Money")) return tr("Money", "a layout");
    return name == presenterName() ? tr("Presenter", "a layout") : name;
}

QStringList LayoutKeeper::names() const
{
    QStringList names = builtIn();
    for (const auto& [name, layout] : m_own) names << name;
    return names;
}

QString LayoutKeeper::currentName() const
{
    const LayoutState now = current();
    for (const auto& [name, layout] : m_own)
        if (sameStructure(layout, now) && layout.rows == now.rows) return name;
    for (const QString& name : builtIn()) {
        LayoutState layout = builtInLayout(name);
        layout.folded = now.folded; // by the height of the window
        if (sameStructure(layout, now)) return name;
    }
    return {};
}

bool LayoutKeeper::choose(const QString& name)
{
    const auto own = m_own.find(name);
    if (own == m_own.end() && !builtIn().contains(name)) return false;
    const LayoutState before = m_arrangement.state();
    show(own != m_own.end() ? own->second : builtInLayout(name));
    push(name, before, m_now);
    return true;
}

bool LayoutKeeper::keepAs(const QString& name)
{
    const QString trimmed = name.trimmed();
    const QStringList taken = builtIn();
    const auto isTaken = [&trimmed](const QString& each) { return trimmed == each || trimmed == title(each); };
    if (trimmed.isEmpty() || std::any_of(taken.begin(), taken.end(), isTaken)) return false;
    m_own[trimmed] = current();
    emit namesChanged();
    return true;
}

void LayoutKeeper::forget(const QString& name)
{
    if (m_own.erase(name) > 0) emit namesChanged();
}

Status LayoutKeeper::save(const QString& file) const
{
    QSaveFile out(file);
    const QByteArray json = toJson(current());
    if (!out.open(QIODevice::WriteOnly) || out.write(json) != json.size() || !out.commit())
        return Error{"cannot write " + file.toStdString() + ": " + out.errorString().toStdString(),
                     "Choose a folder where you may write, on a disk with room."};
    return {};
}

Status LayoutKeeper::load(const QString& file)
{
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return Error{"cannot read " + file.toStdString() + ": " + in.errorString().toStdString(),
                     "Choose a file that was written by View, Layouts, Save to a file."};
    const auto layout = layoutFromJson(in.readAll());
    if (!layout) return layout.error();
    take(*layout, tr("Layout from a file"));
    return {};
}

void LayoutKeeper::take(const LayoutState& layout, const QString& what)
{
    const LayoutState before = m_arrangement.state();
    show(layout);
    push(what, before, m_now);
}

Status LayoutKeeper::restore(const QSettings& settings)
{
    const QStringList names = settings.value(kNames).toStringList();
    const QStringList texts = settings.value(kTexts).toStringList();
    for (qsizetype i = 0; i < std::min(names.size(), texts.size()); ++i)
        if (auto layout = layoutFromJson(texts[i].toUtf8())) m_own[names[i]] = layout.take();
    emit namesChanged();
    if (!settings.contains(kLayout)) return readOld(settings);
    auto layout = layoutFromJson(settings.value(kLayout).toString().toUtf8());
    if (layout) layout->only.clear(); // a start shows everything
    show(layout ? *layout : builtInLayout(builtIn().front()));
    m_history.clear();
    if (!layout)
        return Error{"the layout that was kept cannot be read: " + layout.error().what,
                     "The window has the layout of the program. View, Layouts has others."};
    return {};
}

Status LayoutKeeper::readOld(const QSettings& settings)
{
    LayoutState layout = m_arrangement.state();
    if (const auto rows = oldSizes(settings.value(QStringLiteral("window/rows")).toByteArray(), 3); !rows.isEmpty())
        layout.rows = rows;
    if (const auto wings = oldSizes(settings.value(QStringLiteral("window/wings")).toByteArray(), 3); !wings.isEmpty())
        layout.wings = wings;
    for (const QString& id : settings.value(QStringLiteral("window/inFront")).toStringList())
        if (const auto place = m_arrangement.placeOf(id)) layout.inFront[*place] = id;
    layout.folded = settings.value(QStringLiteral("window/folded"), layout.folded).toBool();
    layout.panels.clear();
    for (const QString& id : m_arrangement.ids()) {
        const QVariantMap saved = settings.value(QStringLiteral("panels/") + id).toMap();
        if (!saved.isEmpty()) layout.panels[id] = saved;
    }
    show(layout);
    m_history.clear();
    return {};
}

void LayoutKeeper::store(QSettings& settings) const
{
    settings.setValue(kLayout, QString::fromUtf8(toJson(current())));
    QStringList texts;
    QStringList names;
    for (const auto& [name, layout] : m_own) {
        names << name;
        texts << QString::fromUtf8(toJson(layout));
    }
    settings.setValue(kNames, names);
    settings.setValue(kTexts, texts);
}

QStringList LayoutKeeper::namesIn(const QSettings& settings)
{
    return builtIn() + settings.value(kNames).toStringList();
}

void LayoutKeeper::pause()
{
    if (std::exchange(m_paused, true)) return;
    m_resizing.stop();
    m_now = m_arrangement.state();
}

void LayoutKeeper::goOn()
{
    if (!m_paused) return;
    LayoutState before = m_now;
    before.panels.clear(); // as they are by now
    show(before);
    m_paused = false;
}

} // namespace triptych
