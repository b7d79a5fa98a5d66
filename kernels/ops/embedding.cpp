// Checks and costs of the token embedding.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/ops/embedding.h"

namespace triptych {

void EmbeddingForward::check() const
{
    require_dense(name, "table", table, table.dtype(), table.shape());
    require_dense(name, "tokens", tokens, DType::I32, tokens.shape());
    require_dense(name, "y", y, table.dtype(), {tokens.size(0), table.size(1)});
}

/// Moves rows, computes nothing.
double EmbeddingForward::flops() const
{
    return 0.0;
}

/// The rows that tokens name, not the whole table.
double EmbeddingForward::bytes() const
{
    return static_cast<double>(tokens.bytes() + 2 * y.bytes());
}

void EmbeddingBackward::check() const
{
    require_dense(name, "dtable", dtable, dtable.dtype(), dtable.shape());
    require_dense(name, "tokens", tokens, DType::I32, tokens.shape());
    require_dense(name, "dy", dy, dtable.dtype(), {tokens.size(0), dtable.size(1)});
}

double EmbeddingBackward::flops() const
{
    return static_cast<double>(dy.count());
}

/// A row of dtable is read and written for each token.
double EmbeddingBackward::bytes() const
{
    return static_cast<double>(tokens.bytes() + 3 * dy.bytes());
}

} // namespace triptych
