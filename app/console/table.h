// Aligned columns of text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace triptych {

/// A table whose columns are as wide as their widest cell, two blanks apart, without blanks at the end of a line.
class Table {
public:
    enum class Align : std::uint8_t { Left = 1, Right };

    explicit Table(std::vector<Align> columns) : m_columns(std::move(columns)), m_widths(m_columns.size()) {}

    /// As many cells as there are columns.
    void add(std::vector<std::string> cells);
    /// To stdout.
    void print_all() const;

private:
    std::vector<Align> m_columns;
    std::vector<std::size_t> m_widths;
    std::vector<std::vector<std::string>> m_rows;
};

} // namespace triptych
