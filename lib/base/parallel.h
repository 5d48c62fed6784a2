// Work spread over threads. Pieces are numbered; which thread does which piece is left to chance, so a piece may write
// only to what is its own, and no result may depend on the number of threads. The threads are the same for all calls,
// those from within pieces too: as many as some call asked for.
#pragma once

#include <cstddef>
#include <functional>

namespace hr {

// Calls work(piece, worker) once for each piece in [0, pieces) and returns when all are done. Pieces are taken in
// ascending order: one may wait for what one before it does, if that one says so when it fails, too. worker is in [0,
// threads), and no two calls with the same worker run at once: it numbers scratch space. The caller's thread is worker
// 0. After an exception no new piece begins, and the first one thrown is thrown again here. threads ≥ 1: at most so
// many at once; where the system gives fewer, or others are at work, those that are there do all the pieces.
void for_pieces(size_t pieces, int threads, const std::function<void(size_t piece, size_t worker)>& work);

// The same for [0, n) in ranges of `most` each, the last of what is left: work(begin, end, worker). No result may
// depend on which thread had which range. most ≥ 1.
void for_ranges(size_t n, size_t most, int threads,
                const std::function<void(size_t begin, size_t end, size_t worker)>& work);

// The same as for_pieces() for pieces whose ends have an order, such as the parts of one file: make(piece, worker) as
// above, then take(piece, worker) of piece 0, 1, 2 …, one at a time, in the thread that made it. At most `threads`
// pieces are made and not yet taken.
void for_pieces_in_order(size_t pieces, int threads, const std::function<void(size_t piece, size_t worker)>& make,
                         const std::function<void(size_t piece, size_t worker)>& take);

// Waits, in a piece, for what another thread does, while one more than usual may work in this one's place. `wait`
// throws nothing.
void wait_beside(const std::function<void()>& wait);

// The threads that this machine can run at once, at least 1.
int hardware_threads();

}  // namespace hr
