// Pads cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/table.h"

#include "app/console/console.h"

#include <algorithm>

namespace triptych {

void Table::add(std::vector<std::string> cells)
{
    for (std::size_t i = 0; i < cells.size(); ++i) m_widths[i] = std::max(m_widths[i], cells[i].size());
    m_rows.push_back(std::move(cells));
}

void Table::print_all() const
{
    for (const auto& row : m_rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(m_widths[i] - row[i].size(), ' ');
            line += m_columns[i] == Align::Left ? row[i] + padding : padding + row[i];
            line += "  ";
        }
        line.erase(line.find_last_not_of(' ') + 1);
        print(line + "\n");
    }
}

} // namespace triptych
