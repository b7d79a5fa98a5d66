// Files of four kinds.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/card_export.h"

#include "core/util/atomic_file.h"
#include "ui/export/provenance.h"
#include "ui/export/stable_pdf.h"
#include "ui/models/table_text.h"

#include <QBuffer>
#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>
#include <array>
#include <filesystem>

namespace triptych {

namespace {

constexpr double kCmPerInch = 2.54;
constexpr int kPixelsPerInch = 96;

struct Ending {
    ExportKind kind;
    const char* text;
};
constexpr std::array kEndings = {Ending{ExportKind::Png, "png"}, Ending{ExportKind::Svg, "svg"},
                                 Ending{ExportKind::Pdf, "pdf"}, Ending{ExportKind::Csv, "csv"}};

} // namespace

std::optional<ExportKind> kindOfFile(const QString& file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    for (const Ending& ending : kEndings)
        if (suffix == QLatin1String(ending.text)) return ending.kind;
    return std::nullopt;
}

QString endingOf(ExportKind kind)
{
    for (const Ending& ending : kEndings)
        if (kind == ending.kind) return QString::fromLatin1(ending.text);
    return {};
}

QImage pictureOf(ExportSheet& sheet)
{
    const ExportForm& form = sheet.form();
    const double perCm = form.dpi / kCmPerInch;
    QImage image = sheet.picture((QSizeF(form.widthCm, form.heightCm) * perCm).toSize());
    image.setDotsPerMeterX(qRound(perCm * 100));
    image.setDotsPerMeterY(qRound(perCm * 100));
    return image;
}

QByteArray svgOf(ExportSheet& sheet)
{
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(kPixelsPerInch);
    generator.setSize(sheet.size().toSize());
    generator.setViewBox(QRectF(QPointF(), sheet.layoutSize()));
    generator.setTitle(panelTitle(sheet.info()));
    generator.setDescription(provenanceText(sheet.feed(), ProvenanceFor::File));
    QPainter painter(&generator);
    sheet.paint(painter, PlotsAs::Lines);
    painter.end();
    return buffer.data();
}

QByteArray pdfOf(ExportSheet& sheet)
{
    const StableOrder order;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        const ExportForm& form = sheet.form();
        QPdfWriter writer(&buffer);
        writer.setPageSize(
            QPageSize(QSizeF(form.widthCm, form.heightCm) * 10, QPageSize::Millimeter, {}, QPageSize::ExactMatch));
        writer.setPageMargins({0, 0, 0, 0});
        writer.setResolution(kPixelsPerInch);
        writer.setTitle(panelTitle(sheet.info()) + QStringLiteral(" – ") +
                        provenanceText(sheet.feed(), ProvenanceFor::File));
        writer.setCreator(QStringLiteral("Triptych"));
        QPainter painter(&writer);
        const double smaller = sheet.size().width() / sheet.layoutSize().width();
        painter.scale(smaller, smaller);
        sheet.paint(painter, PlotsAs::Lines);
    }
    QByteArray pdf = buffer.data();
    setCreationTime(pdf, exportTime());
    return pdf;
}

QByteArray csvOf(const PanelInfo& info, Panel& panel, const RunFeed& feed)
{
    QString text = QStringLiteral("# %1\n# %2\n").arg(panelTitle(info), provenanceText(feed, ProvenanceFor::File));
    if (const QString prices = panel.pricedBy(); !prices.isEmpty()) text += QStringLiteral("# %1\n").arg(prices);
    bool first = true;
    for (const Twin& twin : panel.twins()) {
        if (!std::exchange(first, false)) text += QLatin1Char('\n');
        text += QStringLiteral("# %1\n").arg(twin.title) + tableAsCsv(*twin.model);
    }
    return text.toUtf8();
}

Result<QByteArray> bytesOf(ExportSheet& sheet, ExportKind kind)
{
    switch (kind) {
    case ExportKind::Png: {
        QBuffer buffer;
        buffer.open(QIODevice::WriteOnly);
        // Packed less than it could be: lines pack well enough, and the best takes longer than the drawing.
        constexpr int kPacking = 70; // of 0, the smallest file, to 100, the quickest
        if (!pictureOf(sheet).save(&buffer, "PNG", kPacking))
            return Error{"the picture does not fit into memory", "Choose fewer dpi or a smaller size."};
        return buffer.data();
    }
    case ExportKind::Svg: return svgOf(sheet);
    case ExportKind::Pdf: return pdfOf(sheet);
    case ExportKind::Csv: break;
    }
    if (sheet.panel().twins().empty())
        return Error{"\"" + panelTitle(sheet.info()).toStdString() + "\" has no table of this run",
                     "Its numbers were not recorded; a picture says what is missing."};
    return csvOf(sheet.info(), sheet.panel(), sheet.feed());
}

Status writeFile(const QString& file, const QByteArray& bytes, const std::function<bool()>& goOn)
{
    constexpr qsizetype kPiece = 1 << 20;
    const std::filesystem::path path = file.toStdString();
    std::error_code unknown;
    if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path(), unknown))
        return Error{"cannot write " + path.string() + ": there is no folder " + path.parent_path().string(),
                     "Make the folder, or choose another one."};
    auto out = AtomicFile::create(path);
    if (!out) return out.error();
    const auto goesOn = [&goOn] { return !goOn || goOn(); };
    for (qsizetype at = 0; at < bytes.size(); at += kPiece) {
        if (!goesOn()) break;
        const auto size = static_cast<std::size_t>(std::min(kPiece, bytes.size() - at));
        if (Status written = out->write(bytes.constData() + at, size); !written) return written;
    }
    if (!goesOn()) return Error{"writing " + path.string() + " was ended", "Ask for it again."};
    return out->commit();
}

void copyCard(ExportSheet& sheet)
{
    auto data = std::make_unique<QMimeData>();
    data->setImageData(pictureOf(sheet));
    QStringList tables;
    for (const Twin& twin : sheet.panel().twins()) tables << tableAsText(*twin.model);
    data->setText(tables.join(QLatin1Char('\n')));
    QGuiApplication::clipboard()->setMimeData(data.release());
}

} // namespace triptych
