// Names of element types as safetensors files spell them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels/base/dtype.h"

namespace triptych {

std::string_view name_of(DType dtype)
{
    switch (dtype) {
    case DType::F32: return "F32";
    case DType::F64: return "F64";
    case DType::BF16: return "BF16";
    case DType::F16: return "F16";
    case DType::F8E4M3: return "F8_E4M3";
    case DType::F8E5M2: return "F8_E5M2";
    case DType::I32: return "I32";
    case DType::I64: return "I64";
    case DType::U8: return "U8";
    }
    return "?";
}

} // namespace triptych
