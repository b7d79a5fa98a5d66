// Rows to tensors.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tensor/named_tensors.h"

namespace triptych {

namespace {

void append(std::vector<NamedTensor>& tensors, const ParamRow& row, DType dtype, void* start, const std::string& prefix)
{
    if (row.parts.empty()) {
        tensors.push_back({prefix + row.name, row.shape, dtype, start});
        return;
    }
    auto* next = static_cast<char*>(start);
    for (const ParamPart& part : row.parts) {
        tensors.push_back({prefix + part.name, part.shape, dtype, next});
        std::size_t bytes = size_of(dtype);
        for (auto s : part.shape) bytes *= static_cast<std::size_t>(s);
        next += bytes;
    }
}

} // namespace

std::vector<NamedTensor> weight_tensors(const ParamStore& params)
{
    std::vector<NamedTensor> tensors;
    for (const ParamRow& row : params.rows()) append(tensors, row, params.dtype_of(row), params.weight_pointer(row), "");
    return tensors;
}

std::vector<NamedTensor> trained_tensors(const ParamStore& params, View<1> buffer, const std::string& prefix)
{
    std::vector<NamedTensor> tensors;
    for (const ParamRow& row : params.rows())
        if (row.role == ParamRole::Trained)
            append(tensors, row, params.dtype(), buffer.rows(row.offset, row.count()).raw(), prefix);
    return tensors;
}

} // namespace triptych
