// A file that an export writes: whole or not at all, in pieces that are put together, nothing replaced unasked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/metric_export.h"
#include "core/util/atomic_file.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace triptych {

class ExportOutput {
public:
    static Result<ExportOutput> create(const std::filesystem::path& path, IfExported if_exported)
    {
        std::error_code ignored;
        const auto kind = std::filesystem::symlink_status(path, ignored).type();
        if (kind == std::filesystem::file_type::directory)
            return Error{"cannot write " + path.string() + ": there is a folder of this name",
                         "Give the name of a file, or remove the folder."};
        if (if_exported == IfExported::Refuse && kind != std::filesystem::file_type::not_found)
            return Error{"cannot write " + path.string() + ": it already exists",
                         "Choose another name, or replace it with --replace."};
        auto file = AtomicFile::create(path);
        if (!file) return file.error();
        return ExportOutput(file.take());
    }

    Status write(std::string_view bytes)
    {
        m_waiting += bytes;
        return m_waiting.size() < kPiece ? Status() : flush();
    }
    Status commit()
    {
        if (Status flushed = flush(); !flushed) return flushed;
        return m_file.commit();
    }

private:
    static constexpr std::size_t kPiece = std::size_t{1} << 18;

    explicit ExportOutput(AtomicFile file) : m_file(std::move(file)) {}
    Status flush()
    {
        Status written = m_file.write(m_waiting.data(), m_waiting.size());
        m_waiting.clear();
        return written;
    }

    AtomicFile m_file;
    std::string m_waiting;
};

/// Error where two runs have one name, which is all that tells them apart in an export.
inline Status check_names(const std::vector<ExportedRun>& runs)
{
    for (std::size_t i = 0; i < runs.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            if (runs[i].name == runs[k].name)
                return Error{"two of the runs are called " + runs[i].name +
                                 ", and exports tell runs apart by their name",
                             "Export them one by one, or rename a folder."};
    return {};
}

} // namespace triptych
