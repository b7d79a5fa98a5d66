// Pads cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/table.h"

#include "app/console/console.h"

#include <algorithm>

namespace triptych {

namespace {

/// Characters, not bytes: in UTF-8 all but the first byte of one begin with the bits 10.
std::size_t characters(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
}

} // namespace

void Table::add(std::vector<std::string> cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) m_widths[i] = std::max(m_widths[i], characters(cells[i]));
    m_rows.push_back(std::move(cells));
}

void Table::print_all() const
{
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(m_widths[i] - characters(row[i]), ' ');
            line += m_columns[i] == Align::Left ? row[i] + padding : padding + row[i];
            line += "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        print(line + "\n");
    }
}

} // namespace triptych
