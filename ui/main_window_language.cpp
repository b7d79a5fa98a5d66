// A change of language while the window is open: what has texts is built anew, what they speak of stays.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/access/tab_order.h"
#include "ui/language/language.h"
#include "ui/main_window.h"
#include "ui/shell/popover.h"
#include "ui/widgets/card.h"
#include "ui/widgets/run_chooser.h"
#include "ui/widgets/run_readouts.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QLayout>
#include <QLocale>
#include <QMenuBar>

namespace triptych {

namespace {

/// The chooser's setting "router=..." without its key.
std::string routerOf(const RunRequest& request)
{
    const std::string& setting = request.settings.front();
    return setting.substr(setting.find('=') + 1);
}

} // namespace

void MainWindow::buildLanguageMenu(QMenu* view)
{
    QMenu* menu = view->addMenu(tr("La&nguage"));
    auto* choices = new QActionGroup(menu);
    for (const LanguageInfo& info : languageCatalog()) {
        QAction* action = makeAction(tr("Language"), QStringLiteral("language-") + QLatin1String(info.id),
                                     languageName(info), {}, [choice = info.choice] { chooseLanguage(choice); });
        action->setCheckable(true);
        action->setChecked(info.choice == chosenLanguage());
        choices->addAction(action);
        menu->addAction(action);
    }
}

void MainWindow::renewMenus()
{
    for (const CatalogAction& known : m_actions.actions())
        if (known.action && known.action->parent() == this) delete known.action;
    m_actions.clear();
    menuBar()->clear();
    qDeleteAll(menuBar()->findChildren<QMenu*>(Qt::FindDirectChildrenOnly));
    m_controller->nameActions();
    buildScrubber();
    buildMenus();
}

void MainWindow::speakAnew()
{
    const bool presented = m_presenter->isOn();
    m_presenter->leave();
    // Fields of numbers write them as their window does, which keeps the language that it was made in.
    for (QWidget* window : QApplication::topLevelWidgets()) window->setLocale(QLocale());
    const QString focused = m_arrangement->focused();
    const auto cells = m_selection.cells();
    const std::int64_t layer = m_selection.layer();
    const std::int64_t head = m_selection.head();
    const std::int64_t token = m_selection.token();

    auto* readouts = new RunReadouts(m_feed, m_moment, m_selection, m_clock, m_theme, m_readouts->parentWidget());
    delete m_readouts->parentWidget()->layout()->replaceWidget(m_readouts, readouts);
    delete std::exchange(m_readouts, readouts);
    readouts->show();
    readouts->parentWidget()->layout()->activate();
    readouts->layout()->activate(); // once more, with those that have room
    const RunRequest wanted = m_chooser->request();
    delete m_newRunSheet;
    buildChooser();
    m_chooser->show(wanted.model, wanted.data, routerOf(wanted));

    m_arrangement->renewPanels([this](const PanelInfo& info, Card& card) { return buildPanel(info, card); });
    renewMenus();
    m_arrangement->setUpWindows();
    // Panels that were restored may have chosen what they had shown.
    cells.empty() ? m_selection.setExperts(layer, {}) : m_selection.setCells(cells);
    m_selection.setHead(head);
    m_selection.setToken(token);
    tabAsOneReads(*this);
    showTitle();
    m_text.setWidth(width());
    if (presented) m_presenter->enter();
    if (Panel* panel = this->panel(focused)) panel->setFocus(Qt::OtherFocusReason);
}

} // namespace triptych
