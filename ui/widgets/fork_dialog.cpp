// A form of four lines, and what they would do.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/fork_dialog.h"

#include "core/session/run_setup.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/setting_completer.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace triptych {

namespace {

constexpr int kWidth = 560;         // px
constexpr std::int64_t kMore = 200; // steps to train at least where the plan is at its end

int shown(std::int64_t steps)
{
    return static_cast<int>(std::clamp<std::int64_t>(steps, 0, std::numeric_limits<int>::max()));
}

} // namespace

ForkDialog::ForkDialog(std::shared_ptr<const RunRow> run, const QString& place, const Theme& theme, QWidget* parent)
    : QDialog(parent), m_run(std::move(run)), m_theme(theme), m_place(place), m_step(new QComboBox(this)),
      m_settings(new QLineEdit(this)), m_end(new QSpinBox(this)), m_folder(new QLineEdit(this)),
      m_note(new QLabel(this))
{
    const QString name = QString::fromStdString(m_run->name);
    setWindowTitle(tr("Fork of %1").arg(name));
    m_step->setObjectName(QStringLiteral("forkStep"));
    m_step->setAccessibleName(tr("Step of the checkpoint"));
    for (const std::int64_t step : m_run->checkpoints)
        m_step->addItem(countText(step), QVariant::fromValue<qint64>(step));
    m_settings->setObjectName(QStringLiteral("forkSettings"));
    m_settings->setAccessibleName(tr("Settings to change"));
    m_settings->setPlaceholderText(QStringLiteral("learning_rate=0.0005 bias_update_speed=0"));
    m_settings->setToolTip(tr("Settings of the training as key=value, with blanks between; none repeats the other run "
                              "bit for bit. Names and values are offered as you type; Down shows all."));
    new SettingCompleter(settingsOfFork(*m_run->manifest), *m_settings);
    m_end->setObjectName(QStringLiteral("forkEnd"));
    m_end->setAccessibleName(tr("Step to train to"));
    m_end->setRange(1, std::numeric_limits<int>::max());
    m_end->setGroupSeparatorShown(true);
    m_folder->setObjectName(QStringLiteral("forkFolder"));
    m_folder->setAccessibleName(tr("Folder of the new run"));
    m_note->setObjectName(QStringLiteral("forkNote"));
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setMinimumHeight(3 * fontMetrics().lineSpacing()); // nothing moves when it is filled

    auto* form = new QFormLayout;
    form->addRow(tr("Checkpoint of step"), m_step);
    form->addRow(tr("Settings to change"), m_settings);
    form->addRow(tr("Train to step"), m_end);
    form->addRow(tr("New folder"), m_folder);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_start = buttons->addButton(tr("Train"), QDialogButtonBox::AcceptRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(12);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addWidget(buttons);
    setFixedWidth(kWidth);
    connect(m_step, &QComboBox::currentIndexChanged, this, &ForkDialog::chooseEnd);
    connect(m_settings, &QLineEdit::textChanged, this, &ForkDialog::check);
    connect(m_folder, &QLineEdit::textChanged, this, &ForkDialog::check);
    connect(m_end, &QSpinBox::valueChanged, this, &ForkDialog::check);
    chooseEnd();
    m_settings->setFocus();
}

std::int64_t ForkDialog::step() const
{
    return m_step->currentData().toLongLong();
}

void ForkDialog::chooseStep(std::int64_t step)
{
    const auto& all = m_run->checkpoints; // the newest first
    const auto found = std::find_if(all.begin(), all.end(), [step](std::int64_t each) { return each <= step; });
    m_step->setCurrentIndex(found == all.end() ? static_cast<int>(all.size()) - 1
                                               : static_cast<int>(found - all.begin()));
}

/// As far as the other run was planned, or a while further where that is behind.
void ForkDialog::chooseEnd()
{
    const std::int64_t planned = m_run->manifest->schedule_steps;
    m_end->setValue(shown(planned > step() ? planned : step() + std::max(kMore, step() / 4)));
    const QString stem = QStringLiteral("%1/%2-fork-%3").arg(m_place, QString::fromStdString(m_run->name)).arg(step());
    QString folder = stem;
    for (int i = 2; QFileInfo::exists(folder); ++i) folder = QStringLiteral("%1-%2").arg(stem).arg(i);
    m_folder->setText(folder);
    check();
}

std::vector<std::string> ForkDialog::settings() const
{
    std::vector<std::string> all;
    static const QRegularExpression kBetween(QStringLiteral("[\\s,]+"));
    for (const QString& each : m_settings->text().split(kBetween, Qt::SkipEmptyParts))
        all.push_back(each.toStdString());
    return all;
}

void ForkDialog::check()
{
    const Status possible = check_fork_settings(*m_run->manifest, settings());
    QString wrong;
    if (!possible)
        wrong = QString::fromStdString(possible.error().what + ". " + possible.error().hint);
    else if (m_end->value() <= step())
        wrong = tr("The checkpoint is at step %1: train further than that.").arg(countText(step()));
    else if (m_folder->text().trimmed().isEmpty())
        wrong = tr("The new run needs a folder.");
    m_start->setEnabled(wrong.isEmpty());
    const QColor color = wrong.isEmpty() ? m_theme.colors().muted : m_theme.colors().bad;
    m_note->setStyleSheet(QStringLiteral("color: %1").arg(color.name()));
    m_note->setText(!wrong.isEmpty() ? wrong
                    : settings().empty()
                        ? tr("A new run from step %1 on, as the other one was. Without a change it repeats it.")
                              .arg(countText(step()))
                        : tr("A new run from step %1 on: weights, moments and place in the data of the other one, "
                             "which stays as it is. Both are drawn together.")
                              .arg(countText(step())));
}

RunRequest ForkDialog::request() const
{
    RunRequest request;
    request.model = m_run->model;
    request.fork = m_run->folder.string();
    request.fork_step = step();
    request.settings = settings();
    request.run_folder = m_folder->text().trimmed().toStdString();
    request.max_steps = m_end->value();
    return request;
}

} // namespace triptych
