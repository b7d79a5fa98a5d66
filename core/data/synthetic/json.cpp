// JSON: objects of a few schemas, one or more a document, each on its own line or indented; always valid.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/pattern.h"
#include "core/data/synthetic/writers.h"

#include <array>
#include <stdexcept>

namespace triptych::synthetic {

namespace {

constexpr std::array kFirst = {"Anna", "Boris", "Chen",  "Dina",  "Elias", "Fatima", "Goran", "Hana", "Igor", "Jasmin",
                               "Kofi", "Lena",  "Mateo", "Nadia", "Omar",  "Priya",  "Rosa",  "Sven", "Tara", "Yuki"};
constexpr std::array kLast = {"Adler",  "Brown", "Costa", "Diaz",  "Evans",  "Fischer", "Garcia",
                              "Hansen", "Ito",   "Jones", "Kim",   "Lopez",  "Meyer",   "Novak",
                              "Okoye",  "Patel", "Rossi", "Silva", "Tanaka", "Weber"};
constexpr std::array kCities = {"Berlin", "Paris", "Oslo",  "Madrid", "Rome",  "Vienna", "Lisbon", "Athens", "Dublin",
                                "Prague", "Tokyo", "Seoul", "Lima",   "Cairo", "Boston", "Delhi",  "Accra",  "Hanoi"};
constexpr std::array kProducts = {"lamp",    "chair",   "table",    "phone",   "camera",   "bottle",
                                  "jacket",  "bicycle", "keyboard", "monitor", "notebook", "backpack",
                                  "headset", "printer", "clock",    "kettle"};
constexpr std::array kTags = {"new",   "sale",  "blue",   "green",  "small",   "large",  "home",   "work",
                              "sport", "music", "travel", "garden", "kitchen", "office", "summer", "winter"};
constexpr std::array kRoles = {"admin", "editor", "viewer", "owner", "guest", "support"};
constexpr std::array kStates = {"open", "paid", "sent", "done", "failed", "waiting", "closed"};
constexpr std::array kSensors = {"temperature", "humidity", "pressure", "light", "speed", "voltage", "noise"};
constexpr std::array kUnits = {"C", "percent", "hPa", "lux", "m/s", "V", "dB"};
constexpr std::array kTitles = {"The Long River", "Winter Light",   "A Quiet House", "Two Brothers", "The Glass Garden",
                                "Night Train",    "Salt and Stone", "The Last Map",  "Small Ghosts", "Open Water"};
constexpr std::array kShapes = {"circle", "square", "triangle", "line", "polygon"};

// Doubled braces stand for single ones.
constexpr std::array kSchemas = {
    "{{\"id\": {id}, \"name\": \"{first} {last}\", \"age\": {age}, \"city\": \"{city}\"}}",
    "{{\"id\": {id}, \"name\": \"{first} {last}\", \"roles\": [{roles}], \"active\": {bool}}}",
    "{{\"product\": \"{product}\", \"price\": {price}, \"stock\": {count}, \"tags\": [{tags}]}}",
    "{{\"order\": {id}, \"state\": \"{state}\", \"items\": [{{\"product\": \"{product}\", \"count\": {small}}}, "
    "{{\"product\": \"{product}\", \"count\": {small}}}], \"total\": {price}}}",
    "{{\"sensor\": \"{sensor}\", \"values\": [{price}, {price}, {price}], \"ok\": {bool}}}",
    "{{\"title\": \"{title}\", \"author\": {{\"first\": \"{first}\", \"last\": \"{last}\"}}, \"year\": {year}}}",
    "{{\"shape\": \"{shape}\", \"points\": [[{small}, {small}], [{small}, {small}], [{small}, {small}]], \"filled\": "
    "{bool}}}",
    "{{\"event\": \"{state}\", \"user\": {id}, \"address\": {{\"street\": \"{last} Street {small}\", \"city\": "
    "\"{city}\"}}}}",
    "{{\n  \"name\": \"{first} {last}\",\n  \"city\": \"{city}\",\n  \"tags\": [{tags}],\n  \"score\": {price},\n"
    "  \"parent\": {maybe}\n}}",
    "{{\n  \"host\": \"{product}-{small}.example.org\",\n  \"port\": {port},\n  \"secure\": {bool},\n  \"limits\": {{\n"
    "    \"users\": {count},\n    \"days\": {small}\n  }}\n}}"};

std::string quoted_list(TextRng& rng, int most, const auto& words)
{
    std::string list;
    const int count = rng.between(0, most);
    for (int i = 0; i < count; ++i) list += (i > 0 ? ", \"" : "\"") + rng.word(words) + "\"";
    return list;
}

std::string fill(TextRng& rng, std::string_view gap)
{
    if (gap == "id") return std::to_string(rng.between(1, 9999));
    if (gap == "age") return std::to_string(rng.between(18, 90));
    if (gap == "year") return std::to_string(rng.between(1850, 2024));
    if (gap == "port") return std::to_string(rng.between(1024, 65535));
    if (gap == "count") return std::to_string(rng.between(0, 500));
    if (gap == "small") return std::to_string(rng.between(1, 20));
    if (gap == "price") {
        const std::string whole = std::to_string(rng.between(0, 199));
        return whole + "." + std::to_string(rng.between(10, 99));
    }
    if (gap == "bool") return rng.chance(50) ? "true" : "false";
    if (gap == "maybe") return rng.chance(50) ? "null" : std::to_string(rng.between(1, 99));
    if (gap == "first") return rng.word(kFirst);
    if (gap == "last") return rng.word(kLast);
    if (gap == "city") return rng.word(kCities);
    if (gap == "product") return rng.word(kProducts);
    if (gap == "state") return rng.word(kStates);
    if (gap == "title") return rng.word(kTitles);
    if (gap == "shape") return rng.word(kShapes);
    if (gap == "tags") return quoted_list(rng, 4, kTags);
    if (gap == "roles") return quoted_list(rng, 3, kRoles);
    if (gap == "sensor") {
        static_assert(kSensors.size() == kUnits.size());
        const auto which = rng.below(kSensors.size());
        return std::string(kSensors[which]) + "\", \"unit\": \"" + kUnits[which];
    }
    throw std::logic_error("json: no gap named " + std::string(gap));
}

} // namespace

std::string write_json(TextRng& rng)
{
    return assemble(rng, "\n", [&] {
        const std::string_view schema = rng.pick(kSchemas);
        return expand(schema, [&](std::string_view gap) { return fill(rng, gap); });
    });
}

} // namespace triptych::synthetic
