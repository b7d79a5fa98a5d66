// A model without memory: its rows can be listed and its passes planned, whatever its size.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/model.h"
#include "core/util/result.h"

#include <memory>

namespace triptych {

/// Nothing can be run with it: it knows the angles of one position only, which is all that a model allocates by itself.
/// Error for so many experts that the list of their tensors alone would not fit.
Result<std::unique_ptr<Model>> model_structure(const ModelConfig& config, const RouterInfo& router, Precision precision);

} // namespace triptych
