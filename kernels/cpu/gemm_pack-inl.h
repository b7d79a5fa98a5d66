// Bringing matrices into the order in which the engine reads them: panels of words, padded with zeros to whole vectors.
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target before the engine. GEMM_ROUND: a vector of
// floats to the nearest bfloat16, as halves.

static_assert(GEMM_LANES == hn::MaxLanes(Floats()), "gemm_target-inl.h does not know this target");

/// A matrix as stored.
template <class T>
struct Source {
    const T* values;
    std::int64_t stride; ///< elements from row to row
    std::int64_t rows;
    std::int64_t columns;
    RowMap map = {};

    const T* row(std::int64_t r) const { return values + map(r) * stride; }
};

constexpr std::int64_t rounded(std::int64_t columns)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    return (columns + kLanes - 1) / kLanes * kLanes;
}

/// Two rows that are neighbours along the sum become one row of pairs: the first in the lower halves.
HWY_INLINE WordVector pair_of(const bfloat16* first, const bfloat16* second)
{
    return hn::Or(load_halves(first), hn::ShiftLeft<16>(load_halves(second)));
}
HWY_INLINE WordVector pair_of(const float* first, const float* second)
{
    const Words d;
    return hn::Or(hn::PromoteTo(d, GEMM_ROUND(load(first))),
                  hn::ShiftLeft<16>(hn::PromoteTo(d, GEMM_ROUND(load(second)))));
}
inline std::uint32_t bits_of(bfloat16 value)
{
    return value.bits;
}
inline std::uint32_t bits_of(float value)
{
    return bfloat16(value).bits;
}

/// One row of words from columns [column, column + count) of two rows; second may be null, which counts as zeros.
template <class T>
HWY_INLINE void pair_rows(const T* first, const T* second, std::int64_t count, std::uint32_t* out)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    std::int64_t i = 0;
    if (second)
        for (; i + kLanes <= count; i += kLanes) hn::StoreU(pair_of(first + i, second + i), Words(), out + i);
    for (; i < count; ++i) out[i] = bits_of(first[i]) | (second ? bits_of(second[i]) << 16 : 0);
    for (; i < rounded(count); ++i) out[i] = 0;
}

/// A row as words of floats.
template <class T>
HWY_INLINE void copy_row(const T* from, std::int64_t count, std::uint32_t* out)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    auto* to = reinterpret_cast<float*>(out);
    std::int64_t i = 0;
    for (; i + kLanes <= count; i += kLanes) store(load(from + i), to + i);
    if (i < count) store(load_tail(from + i, static_cast<std::size_t>(count - i)), to + i);
}

/// Rows along the sum: out[w][0, columns) for words [word, word + count) of a matrix [k, n]. Pairs unless Word is
/// float.
template <class Word, class T>
HWY_INLINE void pack_plain(const Source<T>& b, std::int64_t word, std::int64_t count, std::int64_t column,
                           std::int64_t columns, std::uint32_t* out)
{
    constexpr std::int64_t kAhead = 16; // words that are asked for in advance
    constexpr std::int64_t kRows = std::is_same_v<Word, float> ? 1 : 2;
    const std::int64_t width = rounded(columns);
    const std::int64_t last = std::min(b.rows, (word + count) * kRows) - 1;
    for (std::int64_t w = word; w < word + count; ++w, out += width) {
        const T* next = b.row(std::min(last, (w + kAhead) * kRows)) + column;
        for (std::int64_t c = 0; c < columns; c += 64 / static_cast<std::int64_t>(sizeof(T))) __builtin_prefetch(next + c);
        if constexpr (std::is_same_v<Word, float>) {
            copy_row(b.row(w) + column, columns, out);
        } else {
            next = b.row(std::min(last, (w + kAhead) * kRows + 1)) + column;
            for (std::int64_t c = 0; c < columns; c += 32) __builtin_prefetch(next + c);
            const T* second = 2 * w + 1 < b.rows ? b.row(2 * w + 1) + column : nullptr;
            pair_rows(b.row(2 * w) + column, second, columns, out);
        }
    }
}

/// A panel and the rows of a tile fit the first cache. Wide panels come from the second one anyway: for them A is
/// brought into order as cheaply as can be, and read only once.
constexpr bool kNarrowPanels = GEMM_VECTORS < 4;

/// Rows of A that lie together: a word of each, then the next words. As many as most tiles have.
constexpr std::int64_t kRowGroup = 6;

/// Columns [row, row + rows) of a matrix [k, m] as rows of words along the sum, in groups: so a tile reads one stream,
/// where rows of a whole block would leave a cache line a word.
template <class Word, class T>
HWY_INLINE void pack_groups(const Source<T>& a, std::int64_t word, std::int64_t count, std::int64_t row,
                            std::int64_t rows, std::uint32_t* out)
{
    constexpr std::int64_t kAhead = 16; // words that are asked for in advance
    constexpr std::int64_t kPerWord = sizeof(std::uint32_t) / sizeof(Word);
    constexpr std::int64_t kStrip = 20 * kRowGroup; // as many rows as most blocks have
    constexpr auto kPerLine = static_cast<std::int64_t>(64 / sizeof(T));
    for (std::int64_t at = 0; at < rows; at += kStrip) {
        const std::int64_t some = std::min(kStrip, rows - at);
        std::uint32_t* group = out + at * count;
        for (std::int64_t w = word; w < word + count; ++w, group += kRowGroup) {
            for (std::int64_t half = 0; half < kPerWord; ++half) {
                const T* next = a.row(std::min(a.rows - 1, (w + kAhead) * kPerWord + half)) + row + at;
                for (std::int64_t c = 0; c < some; c += kPerLine) __builtin_prefetch(next + c);
            }
            alignas(64) std::uint32_t buffer[rounded(kStrip)];
            const void* words = buffer;
            const T* first = a.row(kPerWord * w) + row + at;
            if constexpr (kPerWord == 2)
                pair_rows(first, 2 * w + 1 < a.rows ? a.row(2 * w + 1) + row + at : nullptr, some, buffer);
            else if constexpr (std::is_same_v<T, float>)
                words = first;
            else
                copy_row(first, some, buffer);
            const auto* from = static_cast<const char*>(words);
            std::uint32_t* to = group;
            std::int64_t c = 0;
            for (; c + kRowGroup <= some;
                 c += kRowGroup, to += count * kRowGroup, from += kRowGroup * sizeof(std::uint32_t))
                std::memcpy(to, from, kRowGroup * sizeof(std::uint32_t));
            if (c < some) std::memcpy(to, from, static_cast<std::size_t>(some - c) * sizeof(std::uint32_t));
        }
    }
}

using FourWords = hn::CappedTag<std::uint32_t, 4>;

/// Words at[0..4) of the rows r, r + 4, r + 8, ... as the blocks of one vector.
HWY_INLINE WordVector four_of_each(const std::uint32_t* const* rows, std::int64_t at)
{
    const FourWords d;
#if GEMM_LANES == 16
    const hn::CappedTag<std::uint32_t, 8> d2;
    const auto low = hn::Combine(d2, hn::LoadU(d, rows[4] + at), hn::LoadU(d, rows[0] + at));
    const auto high = hn::Combine(d2, hn::LoadU(d, rows[12] + at), hn::LoadU(d, rows[8] + at));
    return hn::Combine(Words(), high, low);
#elif GEMM_LANES == 8
    return hn::Combine(Words(), hn::LoadU(d, rows[4] + at), hn::LoadU(d, rows[0] + at));
#else
    return hn::LoadU(d, rows[0] + at);
#endif
}

/// out[w * width + r] = rows[r][w] for a vector's worth of rows and `count` words, a multiple of 4.
HWY_INLINE void transpose_words(const std::uint32_t* const* rows, std::int64_t count, std::int64_t width,
                                std::uint32_t* out)
{
#if GEMM_LANES >= 4
    const Words d;
    const hn::Repartition<std::uint64_t, Words> d64;
    for (std::int64_t w = 0; w < count; w += 4) {
        const auto r0 = four_of_each(rows, w), r1 = four_of_each(rows + 1, w);
        const auto r2 = four_of_each(rows + 2, w), r3 = four_of_each(rows + 3, w);
        const auto low01 = hn::BitCast(d64, hn::InterleaveLower(d, r0, r1));
        const auto low23 = hn::BitCast(d64, hn::InterleaveLower(d, r2, r3));
        const auto high01 = hn::BitCast(d64, hn::InterleaveUpper(d, r0, r1));
        const auto high23 = hn::BitCast(d64, hn::InterleaveUpper(d, r2, r3));
        hn::StoreU(hn::BitCast(d, hn::InterleaveLower(d64, low01, low23)), d, out + w * width);
        hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(d64, low01, low23)), d, out + (w + 1) * width);
        hn::StoreU(hn::BitCast(d, hn::InterleaveLower(d64, high01, high23)), d, out + (w + 2) * width);
        hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(d64, high01, high23)), d, out + (w + 3) * width);
    }
#else // vectors of one lane
    const auto* words = reinterpret_cast<const char*>(rows[0]); // of bfloat16, which may begin anywhere
    for (std::int64_t w = 0; w < count; ++w) std::memcpy(out + w * width, words + 4 * w, 4);
#endif
}

/// `elements` of a row as words of the product's type, then zeros.
inline void copy_words(const float* from, std::int64_t elements, std::int64_t words, float* to)
{
    std::copy_n(from, elements, to);
    std::fill(to + elements, to + words, 0.0F);
}
inline void copy_words(const bfloat16* from, std::int64_t elements, std::int64_t words, bfloat16* to)
{
    std::copy_n(from, elements, to);
    std::fill(to + elements, to + 2 * words, bfloat16());
}
HWY_INLINE void copy_words(const bfloat16* from, std::int64_t elements, std::int64_t words, float* to)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    std::int64_t i = 0;
    for (; i + kLanes <= elements; i += kLanes) store(load(from + i), to + i);
    for (; i < elements; ++i) to[i] = static_cast<float>(from[i]);
    std::fill(to + elements, to + words, 0.0F);
}
HWY_INLINE void copy_words(const float* from, std::int64_t elements, std::int64_t words, bfloat16* to)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    std::int64_t i = 0;
    for (; i + kLanes <= elements; i += kLanes)
        hn::StoreU(GEMM_ROUND(load(from + i)), Halves(), reinterpret_cast<std::uint16_t*>(to + i));
    for (; i < elements; ++i) to[i] = bfloat16(from[i]);
    std::fill(to + elements, to + 2 * words, bfloat16());
}

/// Columns along the sum: out[w][0, columns) from rows [column, column + columns) of a matrix [n, k].
template <class Word, class T>
HWY_INLINE void pack_transposed(const Source<T>& b, std::int64_t word, std::int64_t count, std::int64_t column,
                                std::int64_t columns, std::uint32_t* out)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    constexpr std::int64_t kStrip = 64; // words of a row that go by way of a buffer
    constexpr std::int64_t kPerWord = sizeof(std::uint32_t) / sizeof(Word);
    const std::int64_t width = rounded(columns);
    const std::int64_t end = std::min(b.columns, (word + count) * kPerWord); // of the elements of a row
    for (std::int64_t c = 0; c < columns; c += kLanes) {
        const std::int64_t filled = std::min(kLanes, columns - c);
        const std::uint32_t* rows[kLanes];
        std::int64_t direct = 0; // words that are read where they lie
        if (std::is_same_v<Word, T> && filled == kLanes) {
            direct = std::min((end - word * kPerWord) / kPerWord, count) / 4 * 4;
            for (std::int64_t r = 0; r < kLanes; ++r)
                rows[r] = reinterpret_cast<const std::uint32_t*>(b.row(column + c + r) + word * kPerWord);
            transpose_words(rows, direct, width, out + c);
        }
        alignas(64) Word strip[kLanes][kStrip * kPerWord];
        for (std::int64_t at = direct; at < count; at += kStrip) {
            const std::int64_t words = std::min(kStrip, count - at);
            const std::int64_t whole = (words + 3) / 4 * 4;
            const std::int64_t first = (word + at) * kPerWord;
            for (std::int64_t r = 0; r < kLanes; ++r) {
                const std::int64_t elements = r < filled ? std::min(words * kPerWord, end - first) : 0;
                copy_words(elements > 0 ? b.row(column + c + r) + first : b.values, elements, whole, strip[r]);
                rows[r] = reinterpret_cast<const std::uint32_t*>(strip[r]);
            }
            if (words == whole) {
                transpose_words(rows, words, width, out + at * width + c);
                continue;
            }
            for (std::int64_t w = 0; w < words; ++w)
                for (std::int64_t r = 0; r < kLanes; ++r)
                    std::memcpy(out + (at + w) * width + c + r, rows[r] + w, sizeof(std::uint32_t));
        }
    }
}

template <class Word, class T>
HWY_INLINE void pack_panel(const Source<T>& b, Transpose transpose, std::int64_t word, std::int64_t count,
                           std::int64_t column, std::int64_t columns, std::uint32_t* out)
{
    if (transpose == Transpose::Yes)
        pack_transposed<Word>(b, word, count, column, columns, out);
    else
        pack_plain<Word>(b, word, count, column, columns, out);
}

/// A panel of pairs as floats: rows [0, count) of it along the sum.
HWY_INLINE void widen_panel(const std::uint32_t* pairs, std::int64_t pair_width, std::int64_t count, std::int64_t width,
                            std::uint32_t* out)
{
    const Words d;
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    for (std::int64_t row = 0; row < count; row += 2, pairs += pair_width, out += 2 * width) {
        const bool both = row + 1 < count;
        for (std::int64_t c = 0; c < width; c += kLanes) {
            const auto words = hn::LoadU(d, pairs + c);
            hn::StoreU(hn::ShiftLeft<16>(words), d, out + c);
            if (both) hn::StoreU(hn::And(words, hn::Set(d, 0xFFFF0000)), d, out + width + c);
        }
    }
}

/// The columns of op(B) [k, n] as they are.
template <class T>
HWY_INLINE void pack_unchanged(Transpose transpose, const T* b, std::int64_t ldb, std::int64_t n, std::int64_t k,
                               void* packed)
{
    constexpr std::int64_t kPerWord = sizeof(std::uint32_t) / sizeof(T);
    const bool transposed = transpose == Transpose::Yes;
    const Source<T> source{.values = b, .stride = ldb, .rows = transposed ? n : k, .columns = transposed ? k : n};
    const std::int64_t words = (k + kPerWord - 1) / kPerWord;
    for (std::int64_t at = 0; at < n; at += kPanel)
        pack_panel<T>(source, transpose, 0, words, at, std::min(kPanel, n - at),
                      static_cast<std::uint32_t*>(packed) + at * words);
}

/// Rows [first, first + count) of W [outputs, inputs], as they are or rounded, in both orders: op(B) = W^T for forward
/// products, W for those of input gradients. first is a multiple of kPanel.
template <class Word>
HWY_NOINLINE void pack_rows_of(const float* weight, std::int64_t outputs, std::int64_t inputs, std::int64_t first,
                               std::int64_t count, std::uint32_t* forward, std::uint32_t* backward)
{
    const Source<float> w{.values = weight, .stride = inputs, .rows = outputs, .columns = inputs};
    constexpr std::int64_t kPerWord = sizeof(std::uint32_t) / sizeof(Word);
    const std::int64_t forward_words = (inputs + kPerWord - 1) / kPerWord;
    const std::int64_t backward_words = (outputs + kPerWord - 1) / kPerWord;
    for (std::int64_t at = first; at < first + count; at += kPanel)
        pack_transposed<Word>(w, 0, forward_words, at, std::min(kPanel, outputs - at), forward + at * forward_words);
    for (std::int64_t at = 0; at < inputs; at += kPanel) {
        const std::int64_t columns = std::min(kPanel, inputs - at);
        pack_plain<Word>(w, first / kPerWord, (count + kPerWord - 1) / kPerWord, at, columns,
                         backward + at * backward_words + first / kPerWord * rounded(columns));
    }
}
