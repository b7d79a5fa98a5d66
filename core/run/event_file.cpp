// Events to lines and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/event_file.h"

#include "core/util/atomic_file.h"
#include "core/util/input_file.h"
#include "core/util/json_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <optional>

namespace triptych {

namespace {

using Json = nlohmann::json;

constexpr std::uint64_t kPage = std::uint64_t{1} << 24;     // bytes
constexpr std::size_t kMostWaiting = std::size_t{64} << 20; // bytes; a disk that is full for so long has other gaps

std::string line_of(const StoredEvent& e)
{
    const Json json = {{"step", e.step}, {"time", e.time}, {"kind", e.kind}, {"message", e.message}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::optional<StoredEvent> event_of(const std::string& line)
{
    if (!check_json_object(line, "events.jsonl")) return std::nullopt;
    const Json json = Json::parse(line);
    const auto step = json.find("step");
    if (step == json.end() || !step->is_number_integer()) return std::nullopt;
    StoredEvent event;
    event.step = *step;
    for (const auto& [key, into] :
         {std::pair{"time", &event.time}, std::pair{"kind", &event.kind}, std::pair{"message", &event.message}}) {
        const auto found = json.find(key);
        if (found == json.end() || !found->is_string()) return std::nullopt;
        *into = *found;
    }
    return event;
}

} // namespace

Result<EventFileWriter> EventFileWriter::create(const std::filesystem::path& file,
                                                const std::vector<StoredEvent>& events)
{
    std::string text;
    for (const StoredEvent& event : events) text += line_of(event);
    if (const Status written = write_file_atomically(file, text); !written) return written.error();
    auto opened = OutputFile::open(file);
    if (!opened) return opened.error();
    return EventFileWriter(opened.take(), text.size());
}

void EventFileWriter::append(const StoredEvent& event)
{
    if (m_waiting.size() < kMostWaiting) m_waiting += line_of(event);
}

Status EventFileWriter::commit()
{
    if (m_waiting.empty()) return {};
    if (const Status written = m_file.write(m_size, m_waiting.data(), m_waiting.size()); !written) return written;
    m_size += m_waiting.size();
    m_waiting.clear();
    return {};
}

Result<EventPage> read_events(const std::filesystem::path& file, std::uint64_t from)
{
    const auto opened = InputFile::open(file);
    if (!opened) return opened.error();
    EventPage page;
    page.anew = from > opened->size();
    if (page.anew) from = 0;
    std::string text(static_cast<std::size_t>(std::min(kPage, opened->size() - from)), '\0');
    if (const Status read = opened->read(from, text.data(), text.size()); !read) return read.error();
    std::size_t begin = 0;
    for (std::size_t end; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1)
        if (auto event = event_of(text.substr(begin, end - begin))) page.events.push_back(*std::move(event));
    // A page without an end of a line is no line of ours.
    page.next = from + (begin == 0 && text.size() == kPage ? kPage : begin);
    return page;
}

Result<std::vector<StoredEvent>> read_all_events(const std::filesystem::path& file)
{
    std::vector<StoredEvent> events;
    for (std::uint64_t from = 0;;) {
        auto page = read_events(file, from);
        if (!page && from == 0) return page.error();
        if (!page || page->next <= from) return events; // or it was cut meanwhile
        from = page->next;
        events.insert(events.end(), std::make_move_iterator(page->events.begin()),
                      std::make_move_iterator(page->events.end()));
    }
}

} // namespace triptych
