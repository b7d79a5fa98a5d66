// The engine of all float and bfloat16 products, compiled once per kind of vector. It multiplies words: a word is a
// float, or a pair of bfloat16 that are neighbours along the sum where the CPU multiplies pairs fast, so that all types
// share every loop. B is brought into panels whose rows are a few vectors wide, or read as such where it lies; the
// inner loop broadcasts words of A against them with all sums in registers (after Goto and van de Geijn 2008).
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target by gemm_kernels.cpp. `Isa` tells how words are multiplied.

/// Words [begin, end) of a sum.
struct Span {
    std::int64_t begin;
    std::int64_t end;
};

/// Where word w of row r of op(A) lies.
struct WordRows {
    const char* base = nullptr;
    std::int64_t row_bytes = 0;
    std::int64_t word_bytes = sizeof(std::uint32_t);
    RowMap map = {};
    bool is_new = false;          ///< not read before by this product
    std::int64_t group_bytes = 0; ///< from kRowGroup rows to the next, as pack_groups leaves them, if not 0
    std::int64_t first = 0;       ///< of the rows in groups
    Zeros zeros = Zeros::Nowhere;
    std::int64_t diagonal = 0; ///< of the zeros, in elements from the first word on
    std::int64_t per_word = 1; ///< elements

    /// Of `count` words those that are not all zeros in rows [r, r + R).
    template <int R>
    HWY_INLINE Span span(std::int64_t r, std::int64_t count) const
    {
        if (zeros == Zeros::Before) return {std::clamp<std::int64_t>((r + diagonal) / per_word, 0, count), count};
        if (zeros == Zeros::After)
            return {0, std::clamp<std::int64_t>((r + R + diagonal + per_word - 1) / per_word, 0, count)};
        return {0, count};
    }
    const char* row(std::int64_t r) const
    {
        if (group_bytes == 0) return base + map(r) * row_bytes;
        const std::int64_t at = r - first;
        return base + at / kRowGroup * group_bytes + at % kRowGroup * static_cast<std::int64_t>(sizeof(std::uint32_t));
    }
};

/// Where results go: C = alpha * sum + beta * addend.
template <class Out>
struct Store {
    Out* c;
    std::int64_t ldc;
    const float* addend; ///< null for beta 0
    std::int64_t ld_addend;
    float alpha;
    float beta;
};

/// A panel of B: `columns` of them.
struct Panel {
    const std::uint32_t* words;
    std::int64_t count; ///< of words along the sum
    std::int64_t first_column;
    std::int64_t columns;
    std::int64_t width; ///< words from one row of the panel to the next
    int results_a_turn; ///< rows of results that are asked for with each line of words
};

HWY_INLINE Vector broadcast(const char* word)
{
    float value;
    std::memcpy(&value, word, sizeof(value));
    return hn::Set(Floats(), value);
}

/// Rows [row, row + R), those behind the last one as the last one.
template <int R>
HWY_INLINE void find_rows(const WordRows& a, std::int64_t row, std::int64_t end, const char* (&rows)[R])
{
    const bool plain = a.group_bytes == 0 && !a.map.order;
    const bool together = a.group_bytes > 0 && (row - a.first) % kRowGroup + R <= kRowGroup;
    if ((plain || together) && row + R <= end) {
        const std::int64_t step = plain ? a.row_bytes : static_cast<std::int64_t>(sizeof(std::uint32_t));
        rows[0] = a.row(row);
        GEMM_UNROLL
        for (int i = 1; i < R; ++i) rows[i] = rows[i - 1] + step;
    } else {
        GEMM_UNROLL
        for (int i = 0; i < R; ++i) rows[i] = a.row(std::min(row + i, end - 1));
    }
}

constexpr std::int64_t kLine = 64;
/// Words of a row in a line: between two turns of them a tile asks for memory.
constexpr std::int64_t kTurn = kLine / static_cast<std::int64_t>(sizeof(std::uint32_t));

/// Where the results of a tile go is on its way while the tile is computed: some of its rows a turn, since the places
/// for lines on their way are few, and the panel needs them, too.
template <int R, int C, class Out>
class ResultsAhead {
public:
    HWY_INLINE ResultsAhead(std::int64_t row, const Panel& panel, const Store<Out>& to)
        : m_c(reinterpret_cast<const char*>(to.c + row * to.ldc + panel.first_column)),
          m_stride(to.ldc * static_cast<std::int64_t>(sizeof(Out)))
    {
        if (!to.addend || static_cast<const void*>(to.addend) == to.c) return;
        m_addend = reinterpret_cast<const char*>(to.addend + row * to.ld_addend + panel.first_column);
        m_addend_stride = to.ld_addend * static_cast<std::int64_t>(sizeof(float));
    }
    HWY_INLINE void ask(int rows)
    {
        for (; m_left > 0 && rows > 0; --m_left, --rows) {
            ask_row<kColumns * sizeof(Out), 1>(m_c);
            m_c += m_stride;
            if (!m_addend) continue;
            ask_row<kColumns * sizeof(float), 0>(m_addend);
            m_addend += m_addend_stride;
        }
    }

private:
    static constexpr std::size_t kColumns = C * hn::MaxLanes(Floats());

    template <std::size_t Bytes, int Write>
    static HWY_INLINE void ask_row(const char* row)
    {
        GEMM_UNROLL
        for (std::size_t at = 0; at < Bytes; at += kLine) __builtin_prefetch(row + at, Write);
    }

    const char* m_c;
    std::int64_t m_stride;
    const char* m_addend = nullptr;
    std::int64_t m_addend_stride = 0;
    int m_left = R;
};

/// Asks for memory a portion at a time.
class Ahead {
public:
    Ahead(const std::array<Strip, 2>& strips, std::int64_t portions) : m_strips(strips)
    {
        std::int64_t lines = 0;
        for (const Strip& strip : m_strips) lines += strip.rows * (strip.bytes / kLine + 1);
        lines = std::min(lines, kMostLines);
        m_portion = lines / std::max<std::int64_t>(1, portions) + 1; // none of an empty sum
        m_left = lines;
        if (m_strips[0].rows == 0) m_at = 1;
        begin();
    }
    HWY_INLINE void ask()
    {
        if (m_left <= 0) return;
        m_left -= m_portion;
        for (std::int64_t n = 0; n < m_portion; ++n) {
            __builtin_prefetch(m_next, 0, 2);
            m_next += kLine;
            if (m_next >= m_end && !next_row()) return;
        }
    }

private:
    void begin()
    {
        m_next = m_strips[m_at].base;
        m_end = m_next + m_strips[m_at].bytes;
    }
    bool next_row()
    {
        Strip& strip = m_strips[m_at];
        if (--strip.rows > 0) {
            strip.base += strip.stride;
        } else if (m_at == 0 && m_strips[1].rows > 0) {
            m_at = 1;
        } else {
            m_left = 0;
            return false;
        }
        begin();
        return true;
    }

    static constexpr std::int64_t kMostLines = (512 << 10) / kLine; ///< what is multiplied must stay

    std::array<Strip, 2> m_strips;
    std::size_t m_at = 0;
    const char* m_next = nullptr;
    const char* m_end = nullptr;
    std::int64_t m_portion;
    std::int64_t m_left; ///< lines
};

/// R rows of A against C vectors of columns. `next` are rows to ask for meanwhile, if any.
template <class Isa, int R, int C, class Out>
HWY_INLINE void tile(const char* const (&rows)[R], const char* const* next, std::int64_t word_bytes, std::int64_t row,
                     const Panel& panel, const Store<Out>& to, Ahead& ahead, const Span& span)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    Vector sum[R][C];
    GEMM_UNROLL
    for (int i = 0; i < R; ++i) {
        GEMM_UNROLL
        for (int j = 0; j < C; ++j) sum[i][j] = hn::Zero(Floats());
    }
    const std::int64_t width = panel.width;
    const auto* b = reinterpret_cast<const float*>(panel.words) + span.begin * width;
    const std::int64_t end = span.end * word_bytes;
    ResultsAhead<R, C, Out> results(row, panel, to);
    for (std::int64_t at = span.begin * word_bytes; at < end;) {
        results.ask(panel.results_a_turn);
        ahead.ask();
        if (next) {
            GEMM_UNROLL
            for (int i = 0; i < R; ++i) __builtin_prefetch(next[i] + at);
        }
        const std::int64_t end_of_turn = std::min(end, at + kTurn * word_bytes);
        for (; at < end_of_turn; at += word_bytes, b += width) {
            // One index for all rows: left to itself the compiler counts up a pointer for each of them.
            GEMM_OPAQUE(at);
            Vector columns[C];
            GEMM_UNROLL
            for (int j = 0; j < C; ++j) columns[j] = hn::LoadU(Floats(), b + j * kLanes);
            GEMM_UNROLL
            for (int i = 0; i < R; ++i) {
                const Vector word = broadcast(rows[i] + at);
                GEMM_UNROLL
                for (int j = 0; j < C; ++j) sum[i][j] = Isa::multiply_add(word, columns[j], sum[i][j]);
            }
        }
    }
    const std::int64_t last = panel.columns - (C - 1) * kLanes; // columns of the last vector
    Out* out = to.c + row * to.ldc + panel.first_column;
    if (last == kLanes && to.alpha == 1 && !to.addend) { // of short sums what comes after them is a good part
        GEMM_UNROLL
        for (int i = 0; i < R; ++i, out += to.ldc) {
            GEMM_UNROLL
            for (int j = 0; j < C; ++j) Isa::store_vector(sum[i][j], out + j * kLanes);
        }
        return;
    }
    const Vector alpha = hn::Set(Floats(), to.alpha);
    const Vector beta = hn::Set(Floats(), to.beta);
    GEMM_UNROLL
    for (int i = 0; i < R; ++i, out += to.ldc) {
        const float* addend = to.addend ? to.addend + (row + i) * to.ld_addend + panel.first_column : nullptr;
        GEMM_UNROLL
        for (int j = 0; j < C; ++j) {
            const bool part = j == C - 1 && last < kLanes;
            Vector value = hn::Mul(alpha, sum[i][j]);
            if (addend) {
                const float* from = addend + j * kLanes;
                value = hn::MulAdd(beta, part ? load_tail(from, static_cast<std::size_t>(last)) : load(from), value);
            }
            if (part)
                store_tail(value, out + j * kLanes, static_cast<std::size_t>(last));
            else
                Isa::store_vector(value, out + j * kLanes);
        }
    }
}

template <class Isa, int R, int C, class Out>
HWY_INLINE std::int64_t tiles_of(const WordRows& a, std::int64_t row, std::int64_t end, const Panel& panel,
                                 const Store<Out>& to, Ahead& ahead)
{
    if (row + R > end) return row;
    const char* rows[R];
    find_rows<R>(a, row, end, rows);
    for (; row + R <= end; row += R) {
        const char* next[R];
        find_rows<R>(a, row + R, end, next);
        tile<Isa, R, C, Out>(rows, a.is_new ? next : nullptr, a.word_bytes, row, panel, to, ahead,
                             a.template span<R>(row, panel.count));
        std::copy_n(next, R, rows);
    }
    return row;
}

/// Rows of a tile of whole panels, and of the largest one.
constexpr int kTileRows = kSums / GEMM_VECTORS;
constexpr int kMostRows = 12;

/// Rows [row, end) against a panel of C vectors: as many rows at a time as there are registers for, then fewer.
template <class Isa, int C, class Out>
HWY_NOINLINE void rows_against(const WordRows& a, std::int64_t row, std::int64_t end, const Panel& panel,
                               const Store<Out>& to, Ahead& ahead)
{
    constexpr int kRows = std::min(kMostRows, kSums / C);
    row = tiles_of<Isa, kRows, C, Out>(a, row, end, panel, to, ahead);
    if constexpr (kRows > 8) row = tiles_of<Isa, 8, C, Out>(a, row, end, panel, to, ahead);
    if constexpr (kRows > 4) row = tiles_of<Isa, 4, C, Out>(a, row, end, panel, to, ahead);
    if constexpr (kRows > 3) row = tiles_of<Isa, 3, C, Out>(a, row, end, panel, to, ahead);
    if constexpr (kRows > 2) row = tiles_of<Isa, 2, C, Out>(a, row, end, panel, to, ahead);
    tiles_of<Isa, 1, C, Out>(a, row, end, panel, to, ahead);
}

template <class Isa, class Out>
HWY_INLINE void rows_against(const WordRows& a, std::int64_t row, std::int64_t end, const Panel& panel,
                             const Store<Out>& to, Ahead& ahead)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    switch ((panel.columns + kLanes - 1) / kLanes) {
    case 1: return rows_against<Isa, 1, Out>(a, row, end, panel, to, ahead);
    case 2: return rows_against<Isa, 2, Out>(a, row, end, panel, to, ahead);
#if GEMM_VECTORS == 4
    case 3: return rows_against<Isa, 3, Out>(a, row, end, panel, to, ahead);
    case 4: return rows_against<Isa, 4, Out>(a, row, end, panel, to, ahead);
#endif
    default: return;
    }
}

/// The same without the vectors of results that lie left of the diagonal.
template <class Isa, class Out>
HWY_INLINE void rows_against_upper(const WordRows& a, std::int64_t row, std::int64_t end, Panel panel,
                                   const Store<Out>& to, Ahead& ahead)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    while (panel.columns > 0) {
        // Rows that reach into the first vector.
        const std::int64_t next = std::min(end, panel.first_column + std::min(kLanes, panel.columns));
        if (row < next) rows_against<Isa, Out>(a, row, next, panel, to, ahead);
        row = std::max(row, next);
        panel.words += kLanes;
        panel.first_column += kLanes;
        panel.columns -= kLanes;
    }
}

template <class In, class Out>
HWY_INLINE Source<In> source_of_b(const Gemm<In, Out>& g)
{
    const bool transposed = g.transpose_b == Transpose::Yes;
    return {.values = g.b,
            .stride = g.ldb,
            .rows = transposed ? g.n : g.k,
            .columns = transposed ? g.k : g.n,
            .map = g.b_rows};
}

/// Words that pack_rows takes for a word of so many rows: whole groups or whole vectors.
constexpr std::int64_t packed_rows(std::int64_t rows)
{
    return kNarrowPanels ? (rows + kRowGroup - 1) / kRowGroup * kRowGroup : rounded(rows);
}

/// Words [word, word + count) of rows of op(A) that cannot be read where they lie.
template <class Element, class In, class Out>
HWY_INLINE WordRows pack_rows(const Gemm<In, Out>& g, std::int64_t word, std::int64_t count, std::int64_t row,
                              std::int64_t rows, std::uint32_t* out)
{
    constexpr auto kWordBytes = static_cast<std::int64_t>(sizeof(std::uint32_t));
    constexpr std::int64_t kPerWord = kWordBytes / static_cast<std::int64_t>(sizeof(Element));
    const auto* base = reinterpret_cast<const char*>(out);
    if (g.transpose_a == Transpose::Yes) {
        const Source<In> a{.values = g.a, .stride = g.lda, .rows = g.k, .columns = g.m, .map = g.a_rows};
        if constexpr (!kNarrowPanels) {
            pack_plain<Element>(a, word, count, row, rows, out);
            return {.base = base - row * kWordBytes, .row_bytes = kWordBytes, .word_bytes = rounded(rows) * kWordBytes};
        }
        pack_groups<Element>(a, word, count, row, rows, out);
        return {.base = base,
                .word_bytes = kRowGroup * kWordBytes,
                .group_bytes = count * kRowGroup * kWordBytes,
                .first = row};
    }
    for (std::int64_t r = 0; r < rows; ++r)
        copy_words(g.a + g.a_rows(row + r) * g.lda + word * kPerWord, std::min(count * kPerWord, g.k - word * kPerWord),
                   count, reinterpret_cast<Element*>(out + r * count));
    return {.base = base - row * count * kWordBytes, .row_bytes = count * kWordBytes};
}

/// Words of op(B) that are brought into panels at a time when the sum is long: a panel then stays near the caches.
constexpr std::int64_t kLongSum = 256;
/// A packed panel of pairs may be longer: nothing is gained by a cut but that results are written again. Longer sums of
/// floats would round more.
constexpr std::int64_t kLongPackedSum = 1024;

/// Words of the rows of A that meet all panels before the next rows do: they stay in the second cache meanwhile. Wide
/// panels take so long that the rows may come from farther away.
constexpr std::int64_t kRowBlockWords = std::int64_t{1} << 15;
/// Words of panels that are kept in order for the next rows, beyond which rows are not cut.
constexpr std::int64_t kMostPanelWords = std::int64_t{1} << 19;

/// Words of a weight gradient's sum at a time where an operand of it is read where it lies: measured best.
constexpr std::int64_t kLongSumInPlace = 128;

/// Those of wide panels, which come from the second cache in any case; rows must not meet in the same sets of that.
/// Depends on nothing but the product: so all parts add in the same order.
template <class In, class Out>
constexpr InPlace in_place(const Gemm<In, Out>& g)
{
    if (!std::is_same_v<In, float> || kNarrowPanels || g.k == 0) return {};
    const auto spreads = [](std::int64_t stride) {
        const std::int64_t bytes = stride * static_cast<std::int64_t>(sizeof(In));
        return stride > 0 && (bytes & -bytes) <= 2048;
    };
    return {.a = g.transpose_a == Transpose::Yes && !g.a_rows.order && spreads(g.lda),
            .b = !g.b_packed && g.transpose_b == Transpose::No && !g.b_rows.order && rounded(g.n) == g.n &&
                 spreads(g.ldb)};
}

/// Words [word, word + count) of the operands that a part reads where they lie.
template <class In, class Out>
std::array<Strip, 2> strips_of(const Gemm<In, Out>& g, const InPlace& read, const Part& part, std::int64_t word,
                               std::int64_t count)
{
    constexpr auto kBytes = static_cast<std::int64_t>(sizeof(In));
    std::array<Strip, 2> strips;
    Strip* strip = strips.data();
    if (read.a)
        *strip++ = {reinterpret_cast<const char*>(g.a + word * g.lda + part.row), g.lda * kBytes,
                    (part.end_row - part.row) * kBytes, count};
    if (read.b)
        *strip = {reinterpret_cast<const char*>(g.b + word * g.ldb + part.column), g.ldb * kBytes,
                  (part.end_column - part.column) * kBytes, count};
    return strips;
}

/// The part of C in rows [row, end) and columns [first, first + columns), `first` a multiple of kPanel.
template <class Isa, class In, class Out>
HWY_NOINLINE void multiply_part(const Gemm<In, Out>& g, const Part& part)
{
    using Element = typename Isa::template Element<In>;
    constexpr std::int64_t kPerWord = sizeof(std::uint32_t) / sizeof(Element);
    constexpr bool kWidens = !std::is_same_v<In, Element>; // operands are not yet what is multiplied
    const bool b_in_order = g.b_packed && !kWidens;
    const std::int64_t words = (g.k + kPerWord - 1) / kPerWord;
    const InPlace read = in_place(g);
    const std::int64_t longest = g.transpose_a == Transpose::Yes && (read.a || read.b) ? kLongSumInPlace
                                 : g.b_packed && kPerWord > 1                          ? kLongPackedSum
                                                                                       : kLongSum;
    // Sums are cut only where C can hold what comes between.
    const bool cut = sizeof(Out) == sizeof(float) && words > longest * 3 / 2;
    const std::int64_t step = cut ? longest : std::max<std::int64_t>(words, 1);
    const bool pack_a = kWidens || (g.transpose_a == Transpose::Yes && !read.a) || g.k % kPerWord != 0;
    const std::int64_t rows = part.end_row - part.row;
    const std::int64_t columns_of_part = rounded(part.end_column - part.column);
    std::int64_t block = std::max<std::int64_t>(1, kRowBlockWords / step / kMostRows) * kMostRows;
    if (!kNarrowPanels || (!b_in_order && columns_of_part * step > kMostPanelWords)) block = rows;
    block = std::min(block, rows);
    const std::int64_t b_words = b_in_order || read.b ? 0 : (block < rows ? columns_of_part : kPanel) * step;
    const std::int64_t a_words = pack_a ? packed_rows(block) * step : 0;
    auto* b_scratch = static_cast<std::uint32_t*>(
        thread_scratch(static_cast<std::size_t>(b_words + a_words) * sizeof(std::uint32_t)));
    std::uint32_t* a_scratch = b_scratch + b_words;
    Store<Out> to{.c = g.c, .ldc = g.ldc, .addend = nullptr, .ld_addend = 0, .alpha = g.alpha, .beta = g.beta};
    if (g.beta != 0) {
        to.addend = g.addend ? g.addend : addend_of(g.c);
        to.ld_addend = g.addend ? g.ld_addend : g.ldc;
    }
    PackedWindow window = g.b_window;
    if (window.rows == 0) window = {.rows = g.k, .columns = g.n};
    constexpr std::int64_t kPerPacked = sizeof(std::uint32_t) / sizeof(In);
    const std::int64_t packed_words = (window.rows + kPerPacked - 1) / kPerPacked;
    const std::int64_t turns = (rows / kTileRows + 1) * ((part.end_column - part.column + kPanel - 1) / kPanel) *
                               ((std::min(step, words) + kTurn - 1) / kTurn);
    if (cut) { // what comes first nobody has asked for
        const auto first = strips_of(g, read, part, 0, step);
        Ahead(first, 1).ask();
    }
    std::int64_t word = 0;
    do { // once even for an empty sum, which is 0
        const std::int64_t count = std::min(step, words - word);
        const auto results_a_turn = static_cast<int>(kTileRows * kTurn / std::max(kTurn, count) + 1);
        const std::int64_t after = word + step;
        Ahead ahead(after < words ? strips_of(g, read, part, after, std::min(step, words - after)) : g.soon, turns);
        for (std::int64_t row = part.row; row < part.end_row; row += block) {
            const std::int64_t end = std::min(row + block, part.end_row);
            WordRows a{.base = reinterpret_cast<const char*>(g.a + word * kPerWord),
                       .row_bytes = g.lda * static_cast<std::int64_t>(sizeof(In)),
                       .map = g.a_rows};
            if (read.a)
                a = {.base = reinterpret_cast<const char*>(g.a + word * g.lda),
                     .row_bytes = sizeof(In),
                     .word_bytes = g.lda * static_cast<std::int64_t>(sizeof(In))};
            if (pack_a) a = pack_rows<Element>(g, word, count, row, end - row, a_scratch);
            a.is_new = !pack_a && !read.a;
            a.zeros = g.zeros;
            a.diagonal = (g.zeros == Zeros::After ? g.diagonal : 0) - word * kPerWord;
            a.per_word = kPerWord;
            for (std::int64_t at = part.column, columns = 0; at < part.end_column; at += columns) {
                const std::int64_t column = window.column + at; // of the packed matrix
                const std::int64_t skipped = g.b_packed ? column % kPanel : 0;
                columns = std::min(kPanel - skipped, part.end_column - at);
                std::uint32_t* kept = b_scratch + (block < rows ? (at - part.column) * count : 0);
                Panel panel{.words = kept,
                            .count = count,
                            .first_column = at,
                            .columns = columns,
                            .width = rounded(columns),
                            .results_a_turn = results_a_turn};
                if (g.b_packed) {
                    const std::int64_t width = rounded(std::min(kPanel, window.columns - column + skipped));
                    const auto* packed = static_cast<const std::uint32_t*>(g.b_packed) +
                                         (column - skipped) * packed_words +
                                         (window.row + word * kPerWord) / kPerPacked * width + skipped;
                    if constexpr (kWidens) {
                        if (row == part.row) widen_panel(packed, width, count, panel.width, kept);
                    } else {
                        panel.words = packed;
                        panel.width = width;
                    }
                } else if (read.b) {
                    panel.words = reinterpret_cast<const std::uint32_t*>(g.b + word * g.ldb + at);
                    panel.width = g.ldb;
                } else if (row == part.row) {
                    pack_panel<Element>(source_of_b(g), g.transpose_b, word, count, at, columns, kept);
                }
                if (g.upper_only)
                    rows_against_upper<Isa, Out>(a, row, end, panel, to, ahead);
                else
                    rows_against<Isa, Out>(a, row, end, panel, to, ahead);
                a.is_new = false;
            }
        }
        to.addend = addend_of(g.c);
        to.ld_addend = g.ldc;
        to.beta = 1;
        word += step;
    } while (word < words);
}
