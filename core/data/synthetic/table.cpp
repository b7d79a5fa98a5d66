// Tables: Markdown with aligned columns, numbers to the right, and a total that is right.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/writers.h"

#include <algorithm>
#include <array>
#include <vector>

namespace triptych::synthetic {

namespace {

struct Topic {
    const char* label;
    const char* first;
    const char* second;
    std::array<const char*, 12> rows;
};

constexpr std::array kTopics = {
    Topic{"City",
          "Trains",
          "Buses",
          {"Berlin", "Paris", "Oslo", "Madrid", "Rome", "Vienna", "Lisbon", "Athens", "Dublin", "Prague", "Zurich",
           "Turin"}},
    Topic{"Fruit",
          "Boxes",
          "Price",
          {"Apple", "Pear", "Plum", "Cherry", "Lemon", "Orange", "Grape", "Melon", "Peach", "Fig", "Mango", "Kiwi"}},
    Topic{"Month",
          "Sunny",
          "Rainy",
          {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"}},
    Topic{"Team",
          "Won",
          "Lost",
          {"Lions", "Bears", "Hawks", "Wolves", "Sharks", "Foxes", "Bulls", "Owls", "Tigers", "Ravens", "Otters",
           "Goats"}},
    Topic{"Layer",
          "Experts",
          "Tokens",
          {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}},
    Topic{"Metal",
          "Mass",
          "Price",
          {"Iron", "Copper", "Gold", "Silver", "Tin", "Zinc", "Lead", "Nickel", "Cobalt", "Titanium", "Chrome",
           "Platinum"}}};

std::string padded(const std::string& text, std::size_t width, bool right)
{
    const std::string space(width - text.size(), ' ');
    return right ? space + text : text + space;
}

using Row = std::array<std::string, 3>;

std::string render(const std::vector<Row>& rows)
{
    std::array<std::size_t, 3> widths{};
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < 3; ++i) widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        text += "|";
        for (std::size_t i = 0; i < 3; ++i) text += " " + padded(rows[r][i], widths[i], i > 0) + " |";
        text += "\n";
        if (r > 0) continue;
        text += "|" + std::string(widths[0] + 2, '-') + "|";
        for (std::size_t i = 1; i < 3; ++i) text += std::string(widths[i] + 1, '-') + ":|";
        text += "\n";
    }
    return text;
}

} // namespace

std::string write_table(TextRng& rng)
{
    const Topic& topic = rng.pick(kTopics);
    const int count = rng.between(2, 6);
    const auto first_row = rng.below(topic.rows.size());
    std::vector<Row> rows = {{topic.label, topic.first, topic.second}};
    int first_total = 0;
    int second_total = 0;
    for (int i = 0; i < count; ++i) {
        const int first = rng.between(0, 40);
        const int second = rng.between(0, 40);
        first_total += first;
        second_total += second;
        const auto which = (first_row + static_cast<std::size_t>(i)) % topic.rows.size();
        rows.push_back({topic.rows[which], std::to_string(first), std::to_string(second)});
    }
    rows.push_back({"Total", std::to_string(first_total), std::to_string(second_total)});
    return render(rows);
}

} // namespace triptych::synthetic
