// A run as it is seen from afar: its files come in pieces, one after the other, without locks and shared memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/session_file.h"
#include "tests/support/temp_folder.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

namespace triptych::test {

/// As rsync --append or a slow mount would bring it: each pass adds about half of what a file lacks, in an order that
/// is not that of the writer; files that were replaced come anew. The host of the session may be another one.
class FarCopy {
public:
    FarCopy(std::filesystem::path from, std::filesystem::path to, std::string host = {})
        : m_from(std::move(from)), m_to(std::move(to)), m_host(std::move(host))
    {}

    /// Whether anything was missing.
    bool pass() const
    {
        namespace fs = std::filesystem;
        bool missing = false;
        for (const auto& entry : fs::recursive_directory_iterator(m_from)) {
            const fs::path name = entry.path().lexically_relative(m_from);
            std::error_code gone; // the run goes on: what it wrote for a moment may be no more
            if (entry.is_directory(gone)) fs::create_directories(m_to / name);
            // The index of the write-ahead log is memory that processes of one machine share.
            if (!entry.is_regular_file(gone) || name == "metrics.sqlite-shm") continue;
            if (name.string().starts_with("checkpoints")) continue;
            if (!bring(name)) missing = true;
        }
        // However slow this machine is, the other one is at work.
        std::error_code none;
        fs::last_write_time(m_to / "session.json", fs::file_time_type::clock::now(), none);
        return missing;
    }

private:
    bool bring(const std::filesystem::path& name) const
    {
        std::string whole = slurp(m_from / name);
        if (whole.empty() && !std::filesystem::exists(m_from / name)) return true;
        if (name == "session.json" && !m_host.empty()) {
            const std::string word = "\"host\": \"";
            const auto at = whole.find(word);
            if (at != std::string::npos)
                whole.replace(at + word.size(), whole.find('"', at + word.size()) - at - word.size(), m_host);
        }
        const std::string there = slurp(m_to / name);
        if (there == whole && std::filesystem::exists(m_to / name)) return true;
        const bool appended = whole.starts_with(there) && name.extension() != ".json";
        const std::size_t size = appended ? there.size() + (whole.size() - there.size() + 1) / 2 : whole.size();
        std::ofstream(m_to / name, std::ios::binary) << whole.substr(0, size);
        return size == whole.size();
    }

    std::filesystem::path m_from;
    std::filesystem::path m_to;
    std::string m_host; ///< empty: as it is
};

/// As if nobody had written to the run for so long.
inline void age_run(const std::filesystem::path& run, std::chrono::seconds by)
{
    for (const auto& entry : std::filesystem::recursive_directory_iterator(run))
        if (std::error_code gone; entry.is_regular_file(gone))
            std::filesystem::last_write_time(entry.path(), std::filesystem::file_time_type::clock::now() - by, gone);
}

} // namespace triptych::test
