// A map too large to be held as numbers: tiles of codes at several sizes, and the part of them that a picture needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/attention_tiles.h"
#include "ui/plots/map_codes.h"

#include <QObject>

#include <memory>

namespace triptych {

/// Level 0 has a code for each cell; each further one has half as many a side, each the largest of four.
class TileSource : public QObject {
    Q_OBJECT

public:
    static constexpr int kTile = 256;

    using QObject::QObject;

    virtual QSize size() const = 0; ///< columns, rows of level 0
    virtual int levels() const = 0;
    /// Of 8 bits (Indexed8 or Grayscale8) and kTile x kTile; null: not made yet, ready() follows. Never waits; it is
    /// asked for every drawing.
    virtual QImage tile(int level, int row, int column) = 0;

signals:
    /// Some tile has changed.
    void ready();
};

/// The level for so many cells a device pixel: the coarsest that still has a cell for each pixel.
int tileLevel(double cellsOfPixel, int levels);

/// The codes of a part of a level, in cells of that level. A tile that is not made yet is taken from a coarser level
/// that is, else it has no values.
CodeRegion gatherTiles(TileSource& source, int level, const QRect& part);

/// Attention of a long text while it is read: call refresh() when more of it is there.
class AttentionTileSource : public TileSource {
    Q_OBJECT

public:
    explicit AttentionTileSource(std::shared_ptr<const AttentionTiles> tiles, QObject* parent = nullptr);

    QSize size() const override;
    int levels() const override { return m_tiles->levels(); }
    QImage tile(int level, int row, int column) override;
    void refresh() { emit ready(); }

private:
    std::shared_ptr<const AttentionTiles> m_tiles;
};

} // namespace triptych
