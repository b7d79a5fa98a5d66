// Curves of a long run in files, and the same in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/curve_rows.h"
#include "ui/bridge/file_series.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QEventLoop>

#include <functional>
#include <memory>
#include <vector>

namespace triptych::test {

/// Waits until the reader has done all that it was asked, and the window's thread was told.
inline void settle_reader(SeriesReader& reader)
{
    reader.finish();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::MetaCall);
}

/// As often as a plot would: until nothing is on its way any more.
inline Envelope loaded_envelope(const SeriesSource& source, SeriesReader& reader, double first, double last,
                                std::size_t buckets)
{
    Envelope envelope = source.envelope(first, last, buckets);
    for (int i = 0; i < 4 && source.loading(); ++i) {
        settle_reader(reader);
        envelope = source.envelope(first, last, buckets);
    }
    EXPECT_FALSE(source.loading());
    return envelope;
}

/// What a column of curves has, in memory.
inline IndexedSeries column_in_memory(std::int64_t first, std::int64_t last,
                                      const std::function<double(std::int64_t)>& value)
{
    IndexedSeries series;
    for (std::int64_t step = first; step <= last; ++step)
        if (const double v = value(step); !curve::is_missing(v)) series.append(step, curve::stored(v));
    return series;
}

/// One column with the values of a function.
inline void write_column(const std::filesystem::path& folder, std::int64_t steps,
                         const std::function<double(std::int64_t)>& value, MetricId metric = Metric::Loss)
{
    const std::vector<MetricId> columns = {metric};
    auto writer = CurveWriter::create(folder, columns, 1);
    ASSERT_TRUE(writer.ok()) << writer.error().what;
    for (std::int64_t step = 1; step <= steps; ++step) {
        const double v = value(step);
        ASSERT_TRUE(writer->append(step, std::span(&v, 1)).ok());
        if (step % 65'536 == 0) {
            ASSERT_TRUE(writer->commit().ok());
        }
    }
    ASSERT_TRUE(writer->commit().ok());
}

} // namespace triptych::test
