// Filling and reading the choosers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/run_chooser.h"

#include "core/config/parameter_count.h"
#include "core/config/preset.h"
#include "core/data/synthetic_tasks.h"
#include "core/routing/router_catalog.h"
#include "ui/language/core_texts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace triptych {

namespace {

/// Entries that open a dialog carry one of these instead of a value.
const QString kAskFile = QStringLiteral("ask:file");
const QString kAskFolder = QStringLiteral("ask:folder");

/// Presets beyond this are for planning and counting; training one needs a cluster.
constexpr double kMostParametersHere = 2e9;

QComboBox* chooser(const QString& name, const QString& explanation, int characters, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(explanation);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(characters);
    return box;
}

QString baseName(const QString& path)
{
    return path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
}

} // namespace

RunChooser::RunChooser(QWidget* parent)
    : QWidget(parent),
      m_model(chooser(tr("Model"), tr("A preset or a config.json with the keys of deepseek_v3."), 12, this)),
      m_data(chooser(tr("Data"), tr("Built-in texts, a text file, or a folder of them."), 15, this)),
      m_router(chooser(tr("Balancing"), tr("How tokens choose their experts, and what keeps the experts in use."), 20,
                       this)),
      m_start(new QPushButton(tr("Train"), this))
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QComboBox* box : {m_model, m_data, m_router}) {
        auto* label = mutedLabel(box->accessibleName(), this);
        label->setBuddy(box);
        layout->addWidget(label);
        layout->addWidget(box);
    }
    layout->addWidget(m_start);
    m_start->setToolTip(
        tr("Starts a new run with this model, data and balancing. The run that goes on is saved and ended."));
    fillModels();
    fillData();
    fillRouters();
    connect(m_model, &QComboBox::activated, this, [this](int i) { askForFile(*m_model, i); });
    connect(m_data, &QComboBox::activated, this, [this](int i) { askForFile(*m_data, i); });
    connect(m_start, &QPushButton::clicked, this, &RunChooser::startRequested);
}

void RunChooser::fillModels()
{
    for (const std::string& name : list_model_presets()) {
        const auto config = load_model_config(name);
        const double parameters = config ? estimated_parameters(*config) : 0;
        if (!config || parameters > kMostParametersHere) continue;
        m_model->addItem(QString::fromStdString(name), QString::fromStdString(name));
        m_model->setItemData(m_model->count() - 1,
                             tr("%1 parameters, %2 experts of which %3 a token")
                                 .arg(largeText(parameters), countText(config->n_routed_experts),
                                      countText(config->num_experts_per_tok)),
                             Qt::ToolTipRole);
    }
    m_model->addItem(tr("Other config.json…"), kAskFile);
    choose(*m_model, QStringLiteral("tiny"));
}

void RunChooser::fillData()
{
    m_data->addItem(tr("Built-in, mixed"), QStringLiteral("builtin:mixed"));
    m_data->setItemData(0, tr("All built-in domains in equal shares, labelled, so that experts can specialise."),
                        Qt::ToolTipRole);
    for (const SyntheticDomain& domain : synthetic_domains()) {
        const QString name = QString::fromUtf8(domain.name.data(), static_cast<int>(domain.name.size()));
        m_data->addItem(tr("Built-in, %1").arg(name), QStringLiteral("builtin:") + name);
        m_data->setItemData(m_data->count() - 1, coreText(domain.title), Qt::ToolTipRole);
    }
    m_data->addItem(tr("Text file…"), kAskFile);
    m_data->addItem(tr("Folder of texts…"), kAskFolder);
}

void RunChooser::fillRouters()
{
    for (const RouterInfo& router : router_catalog()) {
        m_router->addItem(coreText(router.title),
                          QString::fromUtf8(router.id.data(), static_cast<int>(router.id.size())));
        m_router->setItemData(m_router->count() - 1, coreText(router.doc), Qt::ToolTipRole);
    }
}

void RunChooser::askForFile(QComboBox& box, int index)
{
    int& last = &box == m_model ? m_lastModel : m_lastData;
    const QString value = box.itemData(index).toString();
    QString path;
    if (value == kAskFolder)
        path = QFileDialog::getExistingDirectory(this, tr("Folder of texts"));
    else if (value == kAskFile && &box == m_model)
        path = QFileDialog::getOpenFileName(this, tr("Model configuration"), {}, tr("Model configuration (*.json)"));
    else if (value == kAskFile)
        path = QFileDialog::getOpenFileName(this, tr("Text file"));
    if (value != kAskFile && value != kAskFolder) {
        last = index;
    } else if (path.isEmpty()) {
        box.setCurrentIndex(last);
    } else {
        choose(box, path);
        last = box.currentIndex();
    }
    if (&box == m_model) followModel();
}

void RunChooser::followModel()
{
    const auto config = load_model_config(m_model->currentData().toString().toStdString());
    if (!config) return; // starting it will say what is wrong
    const auto router = router_of(*config);
    if (router)
        m_router->setCurrentIndex(
            m_router->findData(QString::fromUtf8((*router)->id.data(), static_cast<int>((*router)->id.size()))));
}

void RunChooser::choose(QComboBox& box, const QString& value)
{
    int index = box.findData(value);
    if (index < 0) {
        box.insertItem(0, baseName(value), value);
        box.setItemData(0, value, Qt::ToolTipRole);
        index = 0;
    }
    box.setCurrentIndex(index);
}

RunRequest RunChooser::request() const
{
    RunRequest request;
    request.model = m_model->currentData().toString().toStdString();
    request.data = {m_data->currentData().toString().toStdString()};
    request.settings = {"router=" + m_router->currentData().toString().toStdString()};
    return request;
}

void RunChooser::show(const std::string& model, const std::vector<std::string>& texts, const std::string& router)
{
    choose(*m_model, QString::fromStdString(model));
    if (texts.size() == 1) choose(*m_data, QString::fromStdString(texts.front()));
    if (!router.empty() && m_router->findData(QString::fromStdString(router)) >= 0)
        choose(*m_router, QString::fromStdString(router));
    m_lastModel = m_model->currentIndex();
    m_lastData = m_data->currentIndex();
}

} // namespace triptych
