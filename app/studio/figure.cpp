// A feed without a window, and a sheet made of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/figure.h"

#include "app/studio/outcome.h"
#include "app/studio/wait_until.h"
#include "ui/bridge/history_feed.h"
#include "ui/bridge/recorded_feed.h"
#include "ui/export/card_export.h"

#include <QElapsedTimer>

#include <algorithm>

namespace triptych {

namespace {

constexpr int kQuiet = 150;      // ms without more points
constexpr int kPatience = 60000; // ms for a disk

const PanelInfo* find_panel(const std::string& id)
{
    const auto catalog = panelCatalog();
    const auto found = std::find_if(catalog.begin(), catalog.end(), [&](const PanelInfo& p) { return p.id == id; });
    return found == catalog.end() ? nullptr : &*found;
}

Error no_panel(const std::string& id)
{
    std::string ids;
    for (const PanelInfo& info : panelCatalog()) ids += (ids.empty() ? "" : ", ") + std::string(info.id);
    return {"--panel: there is no panel \"" + id + "\"", "The panels are " + ids + "."};
}

/// Everything that a panel is given, of a recorded run.
struct Desk {
    RunFeed feed;
    Selection selection;
    Moment moment;
    HistoryFeed history{feed, moment};
    SeriesHub series{feed};
    FrameClock clock;
    RecordedFeed recorded{feed, series};

    Status open(const std::string& folder)
    {
        std::optional<Error> error;
        bool done = false;
        QObject::connect(&recorded, &RecordedFeed::failed, &recorded, [&](const QString& what, const QString& hint) {
            error = Error{what.toStdString(), hint.toStdString()};
        });
        QObject::connect(&recorded, &RecordedFeed::completed, &recorded, [&] { done = true; });
        recorded.open(QString::fromStdString(folder));
        const bool answered = wait_until([&] { return done || error; }, kPatience);
        recorded.disconnect();
        if (error) return *error;
        if (!answered) return Error{"the disk of " + folder + " does not answer", "Copy the run to another disk."};
        wait_until([&] { return !history.isReading(); }, kPatience);
        return {};
    }

    Status show(std::int64_t step)
    {
        const auto extent = series.extent({});
        if (extent && (step < extent->first || step > extent->last))
            return Error{"--step: the run has no step " + std::to_string(step),
                         "It has steps " + std::to_string(extent->first) + " to " + std::to_string(extent->last) + "."};
        moment.show(step);
        wait_until([&] { return feed.isHeld() && !history.isReading(); }, kPatience);
        if (!history.trouble()) return {};
        return *history.trouble();
    }
};

} // namespace

int make_figure(const StudioArguments& arguments)
{
    const FigureArguments& figure = arguments.figure;
    const PanelInfo* info = find_panel(figure.panel);
    if (!info) return fail(no_panel(figure.panel), kWrongUsage);
    if (const Status sound = checkForm(figure.form); !sound) return fail(sound.error(), kWrongUsage);
    const auto kind = kindOfFile(QString::fromStdString(figure.file));
    if (!kind)
        return fail({"--out: \"" + figure.file + "\" is no kind of file that can be written",
                     "Give it a name that ends with .png, .svg, .pdf or .csv."},
                    kWrongUsage);
    const Theme theme(ThemeChoice::Light); // the style of widgets
    Desk desk;
    if (const Status opened = desk.open(arguments.runs.front()); !opened) return fail(opened.error(), kFailed);
    const ViewLink& view = arguments.view;
    if (const auto step = figure.step ? figure.step : view.step)
        if (const Status shown = desk.show(*step); !shown) return fail(shown.error(), kFailed);
    if (view.expert)
        desk.selection.setExpertOfLayer(view.layer.value_or(-1), *view.expert);
    else if (view.layer)
        desk.selection.setLayer(*view.layer);
    if (view.head) desk.selection.setHead(*view.head);
    if (view.token) desk.selection.setToken(*view.token);
    const PanelContext context{desk.feed,   desk.selection, theme,     [](const Command&) {},
                               desk.moment, desk.series,    desk.clock};
    ExportSheet sheet(*info, context, figure.form);
    // Points that lie in files come when the sheet has asked for them; some series do not tell that they wait.
    QElapsedTimer quiet;
    quiet.start();
    QObject::connect(&desk.series, &SeriesHub::loaded, &desk.series, [&quiet] { quiet.restart(); });
    const bool came = wait_until([&] { return !sheet.isLoading(*kind) && quiet.elapsed() > kQuiet; }, kPatience);
    QObject::disconnect(&desk.series, &SeriesHub::loaded, &desk.series, nullptr);
    if (!came) return fail({"the curves of the run cannot be read", "Copy the run to another disk."}, kFailed);
    sheet.settle();
    const auto bytes = bytesOf(sheet, *kind);
    if (!bytes) return fail(bytes.error(), kFailed);
    const Status written = writeFile(QString::fromStdString(figure.file), *bytes);
    return written ? 0 : fail(written.error(), kFailed);
}

} // namespace triptych
