// CRC-32C (Castagnoli), the checksum of TFRecord files, iSCSI and ext4.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace triptych {

/// Of all the bytes: 0xE3069283 of "123456789".
std::uint32_t crc32c(std::string_view bytes);

} // namespace triptych
