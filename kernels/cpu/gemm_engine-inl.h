// The engine of all float and bfloat16 products, compiled once per kind of vector. It multiplies words: a word is a
// float, or a pair of bfloat16 that are neighbours along the sum where the CPU multiplies pairs fast, so that all types
// share every loop. B is brought into panels whose rows are a few vectors wide; the inner loop broadcasts words of A
// against them with all sums in registers (after Goto and van de Geijn 2008).
// SPDX-License-Identifier: GPL-3.0-or-later

// Included inside the namespace and attributes of one target by gemm_kernels.cpp. `Isa` tells how words are multiplied.

/// Where word w of row r of op(A) lies.
struct WordRows {
    const char* base = nullptr;
    std::int64_t row_bytes = 0;
    std::int64_t word_bytes = sizeof(std::uint32_t);
    RowMap map = {};
    bool is_new = false;          ///< not read before by this product
    std::int64_t group_bytes = 0; ///< from kRowGroup rows to the next, as pack_groups leaves them, if not 0
    std::int64_t first = 0;       ///< of the rows in groups

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

/// A panel of B: `columns` of them, in rows of `vectors` vectors.
struct Panel {
    const std::uint32_t* words;
    std::int64_t count; ///< of words along the sum
    std::int64_t first_column;
    std::int64_t columns;
    std::int64_t width; ///< words from one row of the panel to the next
};

HWY_INLINE Vector broadcast(const char* word)
{
    float value;
    std::memcpy(&value, word, sizeof(value));
    return hn::Set(Floats(), value);
}

/// Rows [row, row + R).
template <int R>
HWY_INLINE void find_rows(const WordRows& a, std::int64_t row, const char* (&rows)[R])
{
    rows[0] = a.row(row);
    const bool plain = a.group_bytes == 0 && !a.map.order;
    const bool together = a.group_bytes > 0 && (row - a.first) % kRowGroup + R <= kRowGroup;
    const std::int64_t step = plain ? a.row_bytes : static_cast<std::int64_t>(sizeof(std::uint32_t));
    if (plain || together) {
        GEMM_UNROLL
        for (int i = 1; i < R; ++i) rows[i] = rows[i - 1] + step;
    } else {
        GEMM_UNROLL
        for (int i = 1; i < R; ++i) rows[i] = a.row(row + i);
    }
}

/// Where the results of a tile go is on its way while the tile is computed.
template <int R, int C, class Out>
HWY_INLINE void prefetch_results(std::int64_t row, const Panel& panel, const Store<Out>& to)
{
    constexpr std::int64_t kLine = 64;
    constexpr std::int64_t kVectors = C * static_cast<std::int64_t>(hn::MaxLanes(Floats()));
    const auto ask = [](const auto* first, std::int64_t stride, int write) {
        constexpr auto kBytes = kVectors * static_cast<std::int64_t>(sizeof(*first));
        const auto* line = reinterpret_cast<const char*>(first);
        GEMM_UNROLL
        for (int i = 0; i < R; ++i, line += stride * static_cast<std::int64_t>(sizeof(*first)))
            for (std::int64_t at = 0; at < kBytes; at += kLine)
                write ? __builtin_prefetch(line + at, 1) : __builtin_prefetch(line + at, 0);
    };
    ask(to.c + row * to.ldc + panel.first_column, to.ldc, 1);
    if (to.addend) ask(to.addend + row * to.ld_addend + panel.first_column, to.ld_addend, 0);
}

/// Asks for memory a portion at a time.
class Ahead {
public:
    Ahead(const Soon& soon, std::int64_t portions)
        : m_next(static_cast<const char*>(soon.data)), m_end(m_next + soon.bytes),
          m_portion((soon.bytes / std::max<std::int64_t>(1, portions) / kLine + 1) * kLine)
    {
    }
    HWY_INLINE void ask()
    {
        const char* end = m_end - m_next > m_portion ? m_next + m_portion : m_end;
        for (; m_next < end; m_next += kLine) __builtin_prefetch(m_next, 0, 2);
    }

private:
    static constexpr std::int64_t kLine = 64;
    const char* m_next;
    const char* m_end;
    std::int64_t m_portion;
};

/// The rows of A of the tile that comes next: they lie too far apart for the CPU to guess them.
template <int R>
HWY_INLINE void prefetch_rows(const WordRows& a, std::int64_t row, std::int64_t end, std::int64_t words)
{
    constexpr std::int64_t kLine = 64;
    for (std::int64_t r = row; r < std::min(row + R, end); ++r) {
        const char* next = a.row(r);
        for (std::int64_t at = 0; at < words * a.word_bytes; at += kLine) __builtin_prefetch(next + at);
    }
}

/// R rows of A against C vectors of columns.
template <class Isa, int R, int C, class Out>
HWY_INLINE void tile(const WordRows& a, std::int64_t row, const Panel& panel, const Store<Out>& to)
{
    constexpr std::int64_t kLanes = hn::MaxLanes(Floats());
    const char* rows[R];
    find_rows<R>(a, row, rows);
    prefetch_results<R, C>(row, panel, to);
    Vector sum[R][C];
    GEMM_UNROLL
    for (int i = 0; i < R; ++i) {
        GEMM_UNROLL
        for (int j = 0; j < C; ++j) sum[i][j] = hn::Zero(Floats());
    }
    const auto* b = reinterpret_cast<const float*>(panel.words);
    const std::int64_t word_bytes = a.word_bytes;
    const std::int64_t end = panel.count * word_bytes;
    for (std::int64_t at = 0; at < end; at += word_bytes, b += panel.width) {
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
    for (; row + R <= end; row += R) {
        ahead.ask();
        if (a.is_new) prefetch_rows<R>(a, row + R, end, panel.count);
        tile<Isa, R, C, Out>(a, row, panel, to);
    }
    return row;
}

/// Rows of the largest tile.
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

/// Bytes of a row of A up to which the next ones are asked for: longer ones the CPU finds itself.
constexpr std::int64_t kShortRow = 512;

/// Words of the rows of A that meet all panels before the next rows do: they stay in the second cache meanwhile. Wide
/// panels take so long that the rows may come from farther away.
constexpr std::int64_t kRowBlockWords = std::int64_t{1} << 15;
/// Words of panels that are kept in order for the next rows, beyond which rows are not cut.
constexpr std::int64_t kMostPanelWords = std::int64_t{1} << 19;

/// The part of C in rows [row, end) and columns [first, first + columns), `first` a multiple of kPanel.
template <class Isa, class In, class Out>
HWY_NOINLINE void multiply_part(const Gemm<In, Out>& g, const Part& part)
{
    using Element = typename Isa::template Element<In>;
    constexpr std::int64_t kPerWord = sizeof(std::uint32_t) / sizeof(Element);
    constexpr bool kWidens = !std::is_same_v<In, Element>; // operands are not yet what is multiplied
    const bool b_in_order = g.b_packed && !kWidens;
    const std::int64_t words = (g.k + kPerWord - 1) / kPerWord;
    // Sums are cut only where C can hold what comes between.
    const std::int64_t longest = g.b_packed && kPerWord > 1 ? kLongPackedSum : kLongSum;
    const bool cut = sizeof(Out) == sizeof(float) && words > longest * 3 / 2;
    const std::int64_t step = cut ? longest : std::max<std::int64_t>(words, 1);
    const bool pack_a = kWidens || g.transpose_a == Transpose::Yes || g.k % kPerWord != 0;
    const std::int64_t rows = part.end_row - part.row;
    const std::int64_t columns_of_part = rounded(part.end_column - part.column);
    std::int64_t block = std::max<std::int64_t>(1, kRowBlockWords / step / kMostRows) * kMostRows;
    if (!kNarrowPanels || (!b_in_order && columns_of_part * step > kMostPanelWords)) block = rows;
    block = std::min(block, rows);
    const std::int64_t b_words = b_in_order ? 0 : (block < rows ? columns_of_part : kPanel) * step;
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
    Ahead ahead(g.soon, (rows + kMostRows - 1) / kMostRows * ((part.end_column - part.column + kPanel - 1) / kPanel));
    std::int64_t word = 0;
    do { // once even for an empty sum, which is 0
        const std::int64_t count = std::min(step, words - word);
        for (std::int64_t row = part.row; row < part.end_row; row += block) {
            const std::int64_t end = std::min(row + block, part.end_row);
            WordRows a{.base = reinterpret_cast<const char*>(g.a + word * kPerWord),
                       .row_bytes = g.lda * static_cast<std::int64_t>(sizeof(In)),
                       .map = g.a_rows};
            if (pack_a) a = pack_rows<Element>(g, word, count, row, end - row, a_scratch);
            a.is_new = !pack_a && count * a.word_bytes <= kShortRow;
            for (std::int64_t at = part.column, columns = 0; at < part.end_column; at += columns) {
                const std::int64_t column = window.column + at; // of the packed matrix
                const std::int64_t skipped = g.b_packed ? column % kPanel : 0;
                columns = std::min(kPanel - skipped, part.end_column - at);
                std::uint32_t* kept = b_scratch + (block < rows ? (at - part.column) * count : 0);
                Panel panel{
                    .words = kept, .count = count, .first_column = at, .columns = columns, .width = rounded(columns)};
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
                } else if (row == part.row) {
                    pack_panel<Element>(source_of_b(g), g.transpose_b, word, count, at, columns, kept);
                }
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
