// UTF-8 that arrives byte by byte or broken: always hands out valid text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace triptych {

/// Turns a stream of bytes into valid UTF-8. Bytes that begin a character are held back until it is whole; each part
/// that cannot become a character turns into one U+FFFD (Unicode's "substitution of maximal subparts", as in browsers,
/// Rust and Python), so that the text equals a decoding of all bytes at once, whatever the parts were.
class Utf8Stream {
public:
    /// The text that has become certain with these bytes.
    std::string push(std::string_view bytes);
    /// Ends the stream: an unfinished character becomes U+FFFD. The stream can be used anew.
    std::string finish();
    /// Bytes that wait for the rest of their character, 0..3.
    std::size_t pending() const { return m_pending.size(); }

private:
    std::string m_pending;
};

/// The whole at once: valid text stays as it is.
std::string to_valid_utf8(std::string_view bytes);

} // namespace triptych
