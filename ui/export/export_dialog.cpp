// Controls to the left, the picture to the right.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/export_dialog.h"

#include "ui/export/card_export.h"
#include "ui/export/provenance.h"
#include "ui/widgets/card.h"
#include "ui/widgets/number_text.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QStackedLayout>

#include <cmath>
#include <limits>

namespace triptych {

namespace {

constexpr QSize kPreview(620, 430);
constexpr int kSoon = 150;          // ms after the last change
constexpr int kLoadingLook = 200;   // ms between two looks whether curves have come
constexpr qsizetype kShown = 4'000; // characters of a table
constexpr double kInch = 2.54;      // cm

constexpr auto kKindKey = "export/kind";
constexpr auto kWidthKey = "export/widthCm";
constexpr auto kHeightKey = "export/heightCm";
constexpr auto kDpiKey = "export/dpi";
constexpr auto kLookKey = "export/look";

QDoubleSpinBox* centimetres(const QString& name, QWidget* parent)
{
    auto* box = new QDoubleSpinBox(parent);
    box->setRange(kLeastExportCm, kMostExportCm);
    box->setDecimals(1);
    box->setSuffix(QStringLiteral(" cm"));
    box->setAccessibleName(name);
    return box;
}

} // namespace

ExportDialog::ExportDialog(const PanelInfo& info, const PanelContext& context, Panel& panel, QWidget* parent,
                           QVariantMap part)
    : QDialog(parent), m_info(info), m_context(context), m_panel(panel), m_part(std::move(part)),
      m_kinds(new QButtonGroup(this)), m_width(centimetres(tr("Width"), this)),
      m_height(centimetres(tr("Height"), this)), m_dpi(new QSpinBox(this)), m_look(new QComboBox(this)),
      m_note(mutedLabel({}, this)), m_picture(new QLabel(this)), m_text(new QPlainTextEdit(this))
{
    setObjectName(QStringLiteral("exportDialog"));
    setWindowTitle(tr("Export “%1”").arg(panelTitle(info)));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto* saving = buttons->addButton(tr("Save as…"), QDialogButtonBox::AcceptRole);
    auto* copying = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    copying->setToolTip(tr("Picture and table at once: paste what you have use for"));
    saving->setDefault(true);
    connect(saving, &QPushButton::clicked, this, &ExportDialog::chooseFile);
    connect(copying, &QPushButton::clicked, this, &ExportDialog::copy);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(16);
    columns->addWidget(makeChoices());
    columns->addWidget(makePreview(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addLayout(columns, 1);
    layout->addWidget(buttons);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoon);
    connect(&m_soon, &QTimer::timeout, this, &ExportDialog::showPreview);
    m_loading.setInterval(kLoadingLook);
    connect(&m_loading, &QTimer::timeout, this, &ExportDialog::showSheet);
    const QSettings settings;
    choose(lastKind(settings), lastForm(settings));
    showPreview();
}

ExportDialog::~ExportDialog() = default;

QWidget* ExportDialog::makeChoices()
{
    auto* choices = new QWidget(this);
    auto* form = new QFormLayout(choices);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(8);
    auto* kinds = new QVBoxLayout;
    kinds->setSpacing(4);
    for (const auto& [kind, text, tip] :
         {std::tuple{ExportKind::Png, tr("PNG"), tr("A picture made of pixels")},
          {ExportKind::Svg, tr("SVG"), tr("A drawing that other programs can change")},
          {ExportKind::Pdf, tr("PDF"), tr("A drawing for papers: lines and text, sharp in any size")},
          {ExportKind::Csv, tr("CSV"), tr("The numbers, exactly, as a table")}}) {
        auto* button = new QRadioButton(text, choices);
        button->setToolTip(tip);
        button->setObjectName(endingOf(kind));
        m_kinds->addButton(button, static_cast<int>(kind));
        kinds->addWidget(button);
    }
    m_dpi->setRange(kLeastExportDpi, kMostExportDpi);
    m_dpi->setSuffix(tr(" dpi"));
    m_dpi->setAccessibleName(tr("Dots per inch"));
    m_look->setAccessibleName(tr("Look"));
    m_look->addItem(tr("Paper"), static_cast<int>(ExportLook::Paper));
    m_look->addItem(tr("Light"), static_cast<int>(ExportLook::Light));
    m_look->addItem(tr("Dark"), static_cast<int>(ExportLook::Dark));
    m_note->setWordWrap(true);
    m_note->setMinimumWidth(170);
    form->addRow(tr("As"), kinds);
    form->addRow(tr("Width"), m_width);
    form->addRow(tr("Height"), m_height);
    form->addRow(tr("Pixels"), m_dpi);
    form->addRow(tr("Look"), m_look);
    form->addRow(m_note);
    connect(m_kinds, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on) changed();
    });
    connect(m_width, &QDoubleSpinBox::valueChanged, this, &ExportDialog::changed);
    connect(m_height, &QDoubleSpinBox::valueChanged, this, &ExportDialog::changed);
    connect(m_dpi, &QSpinBox::valueChanged, this, &ExportDialog::changed);
    connect(m_look, &QComboBox::currentIndexChanged, this, &ExportDialog::changed);
    return choices;
}

QWidget* ExportDialog::makePreview()
{
    auto* previews = new QWidget(this);
    previews->setMinimumSize(kPreview);
    m_previews = new QStackedLayout(previews);
    m_previews->addWidget(m_picture);
    m_previews->addWidget(m_text);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setAccessibleName(tr("Preview"));
    m_text->setReadOnly(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setAccessibleName(tr("The first lines of the table"));
    return previews;
}

ExportForm ExportDialog::form() const
{
    return {m_width->value(), m_height->value(), m_dpi->value(),
            static_cast<ExportLook>(m_look->currentData().toInt())};
}

ExportKind ExportDialog::kind() const
{
    return static_cast<ExportKind>(m_kinds->checkedId());
}

void ExportDialog::choose(ExportKind kind, const ExportForm& form)
{
    m_kinds->button(static_cast<int>(kind))->setChecked(true);
    m_width->setValue(form.widthCm);
    m_height->setValue(form.heightCm);
    m_dpi->setValue(form.dpi);
    m_look->setCurrentIndex(m_look->findData(static_cast<int>(form.look)));
}

void ExportDialog::changed()
{
    const bool table = kind() == ExportKind::Csv;
    for (QWidget* control :
         {static_cast<QWidget*>(m_width), static_cast<QWidget*>(m_height), static_cast<QWidget*>(m_look)})
        control->setEnabled(!table);
    m_dpi->setEnabled(kind() == ExportKind::Png);
    m_soon.start();
}

void ExportDialog::showPreview()
{
    m_sheet.reset();
    m_loading.stop();
    m_previews->setCurrentWidget(kind() == ExportKind::Csv ? static_cast<QWidget*>(m_text) : m_picture);
    if (const Status sound = checkForm(form()); !sound) {
        m_picture->setText(QString::fromStdString(sound.error().what));
        m_note->setText(QString::fromStdString(sound.error().hint));
        return;
    }
    m_sheet = std::make_unique<ExportSheet>(m_info, m_context, form(), &m_panel, m_part);
    m_loading.start();
    showSheet();
}

/// Again until all of it is read.
void ExportDialog::showSheet()
{
    if (!m_sheet) return m_loading.stop();
    if (!m_sheet->isLoading(kind())) m_loading.stop();
    kind() == ExportKind::Csv ? showTable() : showPicture();
}

void ExportDialog::showTable()
{
    const QString text = QString::fromUtf8(csvOf(m_info, m_sheet->panel(), m_context.feed));
    m_text->setPlainText(text.size() > kShown ? text.left(kShown) + QStringLiteral("\n…") : text);
    m_note->setText(tr("%1 of text").arg(bytesText(static_cast<double>(text.size()))));
}

void ExportDialog::showPicture()
{
    m_sheet->settle();
    const QSize room = m_previews->parentWidget()->size().expandedTo(kPreview) - QSize(2, 2);
    const QSizeF layout = m_sheet->layoutSize();
    const double scale = std::min(room.width() / layout.width(), room.height() / layout.height());
    QPixmap picture = QPixmap::fromImage(m_sheet->picture((layout * scale * devicePixelRatioF()).toSize()));
    picture.setDevicePixelRatio(devicePixelRatioF());
    m_picture->setPixmap(picture);
    const double perCm = m_dpi->value() / kInch;
    m_note->setText(kind() == ExportKind::Png ? tr("%1 × %2 pixels")
                                                    .arg(countText(std::llround(m_width->value() * perCm)),
                                                         countText(std::llround(m_height->value() * perCm)))
                                              : tr("Lines and text, sharp in any size"));
}

QString ExportDialog::suggestedFile() const
{
    QString name = provenanceText(m_context.feed, ProvenanceFor::File).section(QLatin1Char(','), 0, 0);
    name.replace(QLatin1Char('/'), QLatin1Char('-'));
    return QStringLiteral("%1-%2.%3").arg(name, QString::fromLatin1(m_info.id), endingOf(kind()));
}

void ExportDialog::chooseFile()
{
    const QString ending = endingOf(kind());
    QString file = QFileDialog::getSaveFileName(this, windowTitle(), suggestedFile(),
                                                tr("%1 files (*.%2)").arg(ending.toUpper(), ending));
    if (file.isEmpty()) return;
    if (kindOfFile(file) != kind()) file += QLatin1Char('.') + ending;
    if (save(file)) accept();
}

bool ExportDialog::save(const QString& file)
{
    const auto tell = [this](const Error& error) {
        m_note->setText(QString::fromStdString(error.what + ". " + error.hint));
        return false;
    };
    if (const Status sound = checkForm(form()); !sound) return tell(sound.error());
    ExportSheet sheet(m_info, m_context, form(), &m_panel, m_part);
    if (!sheet.await(kind()))
        return tell({"what is shown is still being read from " + m_context.feed.run()->run_folder,
                     "Try again in a moment, or copy the run to a quicker disk."});
    const auto bytes = bytesOf(sheet, kind());
    if (!bytes) return tell(bytes.error());
    if (const Status written = writeFile(file, *bytes); !written) return tell(written.error());
    QSettings settings;
    remember(settings, kind(), form());
    return true;
}

void ExportDialog::copy()
{
    if (const Status sound = checkForm(form()); !sound) return;
    ExportSheet sheet(m_info, m_context, form(), &m_panel, m_part);
    sheet.await(ExportKind::Csv);
    sheet.await(ExportKind::Png);
    copyCard(sheet);
    QSettings settings;
    remember(settings, kind(), form());
}

ExportForm ExportDialog::lastForm(const QSettings& settings)
{
    ExportForm form;
    const auto number = [&settings](const char* key, double otherwise) {
        bool sound = false;
        const double value = settings.value(QLatin1String(key)).toDouble(&sound);
        return sound && std::isfinite(value) ? value : otherwise;
    };
    ExportForm last{number(kWidthKey, form.widthCm), number(kHeightKey, form.heightCm),
                    static_cast<int>(std::clamp(number(kDpiKey, form.dpi), 0.0, 1e6)), form.look};
    const int look = settings.value(QLatin1String(kLookKey)).toInt();
    if (look >= static_cast<int>(ExportLook::Paper) && look <= static_cast<int>(ExportLook::Dark))
        last.look = static_cast<ExportLook>(look);
    return checkForm(last) ? last : form;
}

ExportKind ExportDialog::lastKind(const QSettings& settings)
{
    return kindOfFile(QStringLiteral("a.") + settings.value(QLatin1String(kKindKey)).toString())
        .value_or(ExportKind::Png);
}

void ExportDialog::remember(QSettings& settings, ExportKind kind, const ExportForm& form)
{
    settings.setValue(QLatin1String(kKindKey), endingOf(kind));
    settings.setValue(QLatin1String(kWidthKey), form.widthCm);
    settings.setValue(QLatin1String(kHeightKey), form.heightCm);
    settings.setValue(QLatin1String(kDpiKey), form.dpi);
    settings.setValue(QLatin1String(kLookKey), static_cast<int>(form.look));
}

} // namespace triptych
