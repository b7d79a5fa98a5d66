// Logs: lines of servers with ISO 8601 times in UTC that never run backwards.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/pattern.h"
#include "core/data/synthetic/writers.h"

#include <array>
#include <stdexcept>

namespace triptych::synthetic {

namespace {

struct Message {
    const char* level;
    const char* service;
    const char* pattern;
};

constexpr std::array kMessages = {Message{"INFO ", "web", "GET {path} {status} in {ms} ms"},
                                  Message{"INFO ", "web", "POST {path} 201 in {ms} ms"},
                                  Message{"WARN ", "web", "GET {path} 404 in {ms} ms"},
                                  Message{"ERROR", "web", "GET {path} 500 in {ms} ms"},
                                  Message{"INFO ", "auth", "user {user} logged in from {address}"},
                                  Message{"INFO ", "auth", "user {user} logged out"},
                                  Message{"WARN ", "auth", "wrong password for user {user} from {address}"},
                                  Message{"INFO ", "db", "query on table {table} returned {count} rows in {ms} ms"},
                                  Message{"WARN ", "db", "slow query on table {table}: {slow} ms"},
                                  Message{"ERROR", "db", "connection to {address} lost, trying again"},
                                  Message{"INFO ", "db", "connection to {address} is back"},
                                  Message{"DEBUG", "cache", "hit {table}/{count}"},
                                  Message{"DEBUG", "cache", "miss {table}/{count}"},
                                  Message{"INFO ", "jobs", "job {count} of {table} done in {ms} ms"},
                                  Message{"ERROR", "jobs", "job {count} of {table} failed: {cause}"},
                                  Message{"INFO ", "disk", "{percent} percent of /data used"},
                                  Message{"WARN ", "disk", "only {percent} GB left on /data"},
                                  Message{"INFO ", "mail", "sent {percent} messages to {user}@example.org"}};
constexpr std::array kPaths = {"/",          "/index.html", "/login",           "/api/users", "/api/orders",
                               "/api/items", "/search",     "/images/logo.png", "/style.css", "/docs/start",
                               "/help",      "/cart",       "/health"};
constexpr std::array kUsers = {"anna", "boris", "chen", "dina", "elias", "fatima",
                               "hana", "igor",  "lena", "omar", "rosa",  "sven"};
constexpr std::array kTables = {"users", "orders", "items", "events", "pages", "sessions", "prices", "images"};
constexpr std::array kCauses = {"timeout",           "disk full",     "file not found",
                                "permission denied", "out of memory", "bad input"};
constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/// A moment of a year; February has 28 days on every year the generator picks.
struct Clock {
    int year, month, day, second;

    void advance(int seconds)
    {
        second += seconds;
        if (second < 86400) return;
        second -= 86400;
        if (++day <= kDays[static_cast<std::size_t>(month - 1)]) return;
        day = 1;
        if (++month <= 12) return;
        month = 1;
        ++year;
    }
};

std::string digits(int number, std::size_t width)
{
    const std::string text = std::to_string(number);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

std::string stamp(const Clock& clock)
{
    return digits(clock.year, 4) + "-" + digits(clock.month, 2) + "-" + digits(clock.day, 2) + "T" +
           digits(clock.second / 3600, 2) + ":" + digits(clock.second / 60 % 60, 2) + ":" +
           digits(clock.second % 60, 2) + "Z";
}

std::string fill(TextRng& rng, std::string_view gap)
{
    if (gap == "path") return rng.word(kPaths);
    if (gap == "status") return rng.chance(85) ? "200" : "304";
    if (gap == "ms") return std::to_string(rng.between(1, 250));
    if (gap == "slow") return std::to_string(rng.between(1000, 9000));
    if (gap == "count") return std::to_string(rng.between(1, 999));
    if (gap == "percent") return std::to_string(rng.between(2, 98));
    if (gap == "user") return rng.word(kUsers);
    if (gap == "table") return rng.word(kTables);
    if (gap == "cause") return rng.word(kCauses);
    if (gap == "address") {
        const std::string third = std::to_string(rng.between(0, 9));
        return "10.0." + third + "." + std::to_string(rng.between(1, 254));
    }
    throw std::logic_error("log: no gap named " + std::string(gap));
}

} // namespace

std::string write_log(TextRng& rng)
{
    constexpr std::array kYears = {2021, 2022, 2023, 2025, 2026};
    Clock clock{};
    clock.year = rng.pick(kYears);
    clock.month = rng.between(1, 12);
    clock.day = rng.between(1, kDays[static_cast<std::size_t>(clock.month - 1)]);
    clock.second = rng.between(0, 86399);
    return assemble(rng, "\n", [&] {
        const Message& message = rng.pick(kMessages);
        std::string line = stamp(clock) + " " + message.level + " " + message.service + ": ";
        line += expand(message.pattern, [&](std::string_view gap) { return fill(rng, gap); });
        clock.advance(rng.between(0, 90));
        return line;
    });
}

} // namespace triptych::synthetic
