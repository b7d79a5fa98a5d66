// Messages of Protocol Buffers, field by field: as much of the wire format as our files need.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace triptych {

/// A message that is put together. Fields are told by their number in the .proto file; they are written in the order of
/// the calls, defaults too.
class ProtobufMessage {
public:
    /// int32, int64, bool, enum.
    ProtobufMessage& integer(std::uint32_t field, std::int64_t value)
    {
        key(field, 0);
        varint(static_cast<std::uint64_t>(value));
        return *this;
    }
    ProtobufMessage& real(std::uint32_t field, double value)
    {
        key(field, 1);
        fixed(std::bit_cast<std::uint64_t>(value), 8);
        return *this;
    }
    ProtobufMessage& single(std::uint32_t field, float value)
    {
        key(field, 5);
        fixed(std::bit_cast<std::uint32_t>(value), 4);
        return *this;
    }
    /// string and bytes.
    ProtobufMessage& text(std::uint32_t field, std::string_view value)
    {
        key(field, 2);
        varint(value.size());
        m_bytes.append(value);
        return *this;
    }
    ProtobufMessage& message(std::uint32_t field, const ProtobufMessage& value) { return text(field, value.bytes()); }

    const std::string& bytes() const { return m_bytes; }

private:
    void key(std::uint32_t field, std::uint32_t wire_type) { varint((field << 3) | wire_type); }
    void varint(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7) m_bytes += static_cast<char>((value & 0x7F) | 0x80);
        m_bytes += static_cast<char>(value);
    }
    void fixed(std::uint64_t value, int bytes)
    {
        for (int i = 0; i < bytes; ++i) m_bytes += static_cast<char>((value >> (8 * i)) & 0xFF);
    }
    std::string m_bytes;
};

} // namespace triptych
