// The program as a child process: what a user and a script see of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace triptych::test {

using Arguments = std::vector<std::string>;

/// How the child's stdout is made.
enum class Stdout : std::uint8_t {
    Pipe = 1,
    Terminal, ///< a pseudo terminal
    FullDisk, ///< /dev/full
};

struct ProgramOptions {
    std::filesystem::path folder;                 ///< to run in; the current one where empty
    std::vector<std::string> environment;         ///< "NAME=value", added
    std::optional<std::uint64_t> file_size_limit; ///< bytes: the nearest thing to a full disk
    Stdout output = Stdout::Pipe;
    unsigned short columns = 100; ///< of the terminal
};

struct Outcome {
    int exit_code = -1; ///< -1: killed by a signal
    int signal = 0;
    std::string out;
    std::string err;
};

/// A running `triptych`. The destructor kills it.
class Program {
public:
    explicit Program(const Arguments& arguments, const ProgramOptions& options = {});
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    /// Reads until stdout holds the text; fails the test after a generous while or when the program ends without it.
    bool wait_for(const std::string& text);
    void send(int signal) const;
    bool running();
    /// Nobody reads stdout any more.
    void close_output();
    /// Waits for the end and returns everything.
    Outcome wait();

private:
    bool read_some(std::chrono::milliseconds patience);

    pid_t m_child = -1;
    int m_out = -1;
    int m_err = -1;
    Outcome m_outcome;
};

/// Runs it to its end.
Outcome run_program(const Arguments& arguments, const ProgramOptions& options = {});

/// stdout as one JSON value; Json is nlohmann::json, which headers leave to sources.
template <class Json>
Json json_of(const Outcome& outcome)
{
    Json value = Json::parse(outcome.out, nullptr, false);
    EXPECT_FALSE(value.is_discarded()) << "no JSON: " << outcome.out << outcome.err;
    return value;
}

/// stdout as JSON lines; each must be an object.
template <class Json>
std::vector<Json> json_lines(const Outcome& outcome)
{
    std::vector<Json> result;
    std::istringstream in(outcome.out);
    for (std::string line; std::getline(in, line);) {
        result.push_back(Json::parse(line, nullptr, false));
        EXPECT_TRUE(result.back().is_object()) << "no JSON object: " << line;
    }
    return result;
}

template <class Json>
std::set<std::string> keys_of(const Json& object)
{
    std::set<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.insert(key);
    return keys;
}

} // namespace triptych::test
