// Chess: openings of legal moves in long notation, "1. e2-e4 e7-e5 2. Ng1-f3". No castling, no en passant.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/synthetic/writers.h"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace triptych::synthetic {

namespace {

struct Move {
    int from;
    int to;
};
struct Jump {
    int files;
    int ranks;
};

constexpr std::array kKnight = {Jump{1, 2},   Jump{2, 1},   Jump{2, -1}, Jump{1, -2},
                                Jump{-1, -2}, Jump{-2, -1}, Jump{-2, 1}, Jump{-1, 2}};
constexpr std::array kStraight = {Jump{1, 0}, Jump{-1, 0}, Jump{0, 1}, Jump{0, -1}};
constexpr std::array kDiagonal = {Jump{1, 1}, Jump{1, -1}, Jump{-1, 1}, Jump{-1, -1}};

bool is_white(char piece)
{
    return piece >= 'A' && piece <= 'Z';
}

char kind_of(char piece)
{
    return is_white(piece) ? piece : static_cast<char>(piece - 'a' + 'A');
}

/// Squares are numbered a1 = 0, b1 = 1 ... h8 = 63; white pieces in upper case, '.' is empty.
class Board {
public:
    /// All moves by the way the pieces move, checks not considered.
    std::vector<Move> moves(bool white) const
    {
        std::vector<Move> found;
        for (int square = 0; square < 64; ++square) {
            if (at(square) == '.' || is_white(at(square)) != white) continue;
            switch (kind_of(at(square))) {
            case 'P': add_pawn(found, square, white); break;
            case 'N': add_jumps(found, square, white, kKnight, 1); break;
            case 'B': add_jumps(found, square, white, kDiagonal, 7); break;
            case 'R': add_jumps(found, square, white, kStraight, 7); break;
            default: {
                const int reach = kind_of(at(square)) == 'K' ? 1 : 7;
                add_jumps(found, square, white, kDiagonal, reach);
                add_jumps(found, square, white, kStraight, reach);
            }
            }
        }
        return found;
    }

    char at(int square) const { return m_squares[static_cast<std::size_t>(square)]; }

    void play(const Move& move)
    {
        char piece = at(move.from);
        if (kind_of(piece) == 'P' && (move.to / 8 == 0 || move.to / 8 == 7)) piece = is_white(piece) ? 'Q' : 'q';
        m_squares[static_cast<std::size_t>(move.to)] = piece;
        m_squares[static_cast<std::size_t>(move.from)] = '.';
    }

    bool in_check(bool white) const
    {
        for (const auto& move : moves(!white)) {
            if (at(move.to) == (white ? 'K' : 'k')) return true;
        }
        return false;
    }

private:
    template <class Jumps>
    void add_jumps(std::vector<Move>& found, int from, bool white, const Jumps& jumps, int reach) const
    {
        for (const auto& jump : jumps) {
            for (int n = 1; n <= reach; ++n) {
                const int file = from % 8 + n * jump.files;
                const int rank = from / 8 + n * jump.ranks;
                if (file < 0 || file > 7 || rank < 0 || rank > 7) break;
                const int to = rank * 8 + file;
                if (at(to) != '.' && is_white(at(to)) == white) break;
                found.push_back({from, to});
                if (at(to) != '.') break;
            }
        }
    }

    void add_pawn(std::vector<Move>& found, int from, bool white) const
    {
        const int forward = white ? 8 : -8;
        const int to = from + forward;
        if (at(to) == '.') {
            found.push_back({from, to});
            if (from / 8 == (white ? 1 : 6) && at(to + forward) == '.') found.push_back({from, to + forward});
        }
        for (const int side : {-1, 1}) {
            const int file = from % 8 + side;
            if (file < 0 || file > 7) continue;
            const char target = at(to + side);
            if (target != '.' && is_white(target) != white) found.push_back({from, to + side});
        }
    }

    std::array<char, 64> m_squares = [] {
        constexpr std::string_view start = "RNBQKBNRPPPPPPPP................................pppppppprnbqkbnr";
        std::array<char, 64> squares{};
        for (std::size_t i = 0; i < 64; ++i) squares[i] = start[i];
        return squares;
    }();
};

/// How much a move looks like one a player makes: captures, the centre, pieces before kings and edges.
int appeal(const Board& board, const Move& move)
{
    constexpr std::string_view worth = ".PNBRQK";
    const int captured = board.at(move.to) == '.' ? 0 : static_cast<int>(worth.find(kind_of(board.at(move.to))));
    const int file = move.to % 8;
    const int rank = move.to / 8;
    const int centre = (file >= 2 && file <= 5 ? 2 : 0) + (rank >= 2 && rank <= 5 ? 2 : 0);
    const char kind = kind_of(board.at(move.from));
    const int mover = kind == 'N' || kind == 'B' ? 3 : kind == 'P' ? 2 : 0;
    const int sum = 1 + 4 * captured + centre + mover;
    return sum * sum;
}

/// A legal move by weighted dice; nothing when there is none.
std::optional<Move> choose(TextRng& rng, const Board& board, bool white)
{
    auto moves = board.moves(white);
    while (!moves.empty()) {
        int total = 0;
        for (const auto& move : moves) total += appeal(board, move);
        int left = rng.between(1, total);
        std::size_t which = 0;
        while ((left -= appeal(board, moves[which])) > 0) ++which;
        Board after = board;
        after.play(moves[which]);
        if (!after.in_check(white)) return moves[which];
        moves.erase(moves.begin() + static_cast<std::ptrdiff_t>(which));
    }
    return std::nullopt;
}

std::string square_name(int square)
{
    return {static_cast<char>('a' + square % 8), static_cast<char>('1' + square / 8)};
}

std::string notation(const Board& board, const Move& move)
{
    const char kind = kind_of(board.at(move.from));
    std::string text = kind == 'P' ? "" : std::string(1, kind);
    return text + square_name(move.from) + (board.at(move.to) == '.' ? "-" : "x") + square_name(move.to);
}

} // namespace

std::string write_chess(TextRng& rng)
{
    Board board;
    std::string text;
    const int turns = rng.between(5, 20);
    for (int ply = 0; ply < 2 * turns; ++ply) {
        const bool white = ply % 2 == 0;
        const auto move = choose(rng, board, white);
        if (!move) return text + (board.in_check(white) ? (white ? " 0-1" : " 1-0") : " 1/2-1/2");
        if (ply > 0) text += " ";
        if (white) text += std::to_string(ply / 2 + 1) + ". ";
        text += notation(board, *move);
        board.play(*move);
        if (board.in_check(!white)) text += "+";
    }
    return text;
}

} // namespace triptych::synthetic
