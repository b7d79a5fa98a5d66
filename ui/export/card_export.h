// Cards leave the window: as pictures, drawings, tables; into files and onto the clipboard.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/export/export_sheet.h"

#include <QByteArray>
#include <QImage>

#include <functional>
#include <optional>

namespace triptych {

/// By the ending of a file's name, whatever its case; nothing for another one.
std::optional<ExportKind> kindOfFile(const QString& file);
/// "png".
QString endingOf(ExportKind kind);

/// With form().dpi in it, so that it comes out in its size.
QImage pictureOf(ExportSheet& sheet);
QByteArray svgOf(ExportSheet& sheet);
/// One page of the figure's size.
QByteArray pdfOf(ExportSheet& sheet);
/// All tables of a panel, each after a line with its name; lines that begin with # say where they come from. Numbers as
/// programs read them, fields in quotes where they need it.
QByteArray csvOf(const PanelInfo& info, Panel& panel, const RunFeed& feed);

/// What a file of this kind has in it. Error: the panel has no table.
Result<QByteArray> bytesOf(ExportSheet& sheet, ExportKind kind);
/// In place of the file that is there, whole or not at all. Any thread. goOn, where given, is asked on the way; where
/// it says no, nothing is written. Errors: that; no such folder; it cannot be written.
Status writeFile(const QString& file, const QByteArray& bytes, const std::function<bool()>& goOn = {});

/// Picture and tables at once: who pastes takes what he has use for.
void copyCard(ExportSheet& sheet);

} // namespace triptych
