// The forward step of all recurrent cells: products of some units' columns, followed by their cells
// while the sums are in the first-level cache. This file is part of the cells' templates: it is
// included with REAL set, twice.
//
// A cell's file only defines how sums are processed and passes that function to step_forward.

#ifndef FORESIGHT_RECURRENT_STEP_H
#define FORESIGHT_RECURRENT_STEP_H

#include "packed_gemm.h"
#include "recurrent.h"

enum {
  // The number of hidden units whose cells are computed together.
  UNITS = 32,
  // The maximum number of hidden units whose sums are computed together.
  MOST_UNITS = 64,
  // The maximum number of sums between products and cells, 16 KiB of floats: half of a first-level
  // cache.
  SUMS = 4096,
};

#endif

// The sums of some units of one row. Those of gate g start at g * step.
typedef struct {
  REAL *joint;
  const REAL *hidden, *input; // for the split gates
  ptrdiff_t step;
} HELPER(unit_sums);

// Computes the cells of `count` units from `unit` on in row `b`. It may overwrite the joint sums.
typedef void HELPER(unit_cells)(const fs_recurrent_step *s, HELPER(unit_sums) sums, ptrdiff_t b,
                                ptrdiff_t unit, ptrdiff_t count);

// Copies fewer than UNITS elements. For so few elements, memcpy would be a function call.
FS_INLINE void HELPER(copy_units)(REAL *target, const REAL *source, ptrdiff_t count) {
#define PART(size)                                                                              \
  if (count & size) {                                                                           \
    memcpy(target, source, size * sizeof(REAL));                                                \
    target += size;                                                                             \
    source += size;                                                                             \
  }
  PART(16) PART(8) PART(4) PART(2) PART(1)
#undef PART
}

// The numbers of gates and `cells` are constants after inlining.
//
// The step computes at most MOST_UNITS at a time, so that the order can be reversed: a single row
// with 256 units of an LSTM, whose weights just exceed a second-level cache of 1 MiB, takes 8 %
// less time if every other step starts with the weights that the step before it used last.
FS_INLINE void HELPER(step_forward)(const fs_recurrent_step *step, const ptrdiff_t joint,
                                    const ptrdiff_t split, HELPER(unit_cells) *cells) {
  const fs_recurrent_step s = *step;
  const ptrdiff_t H = s.H, K = s.K;
  const ptrdiff_t per_unit = joint + 2 * split;
  // The maximum number of rows of a product, for which the sums of UNITS units fit.
  const ptrdiff_t most_rows = SUMS / (per_unit * UNITS);
  const REAL *const weights = s.weights, *hidden_weights = NULL, *input_weights = NULL;
  const REAL *const bias = s.bias, *hidden_bias = NULL, *input_bias = NULL;
  if (split > 0) {
    hidden_weights = weights + KERNEL(packed_count)(K, joint * H);
    input_weights = hidden_weights + KERNEL(packed_count)(H, split * H);
    hidden_bias = bias + KERNEL(packed_count)(1, joint * H);
    input_bias = hidden_bias + KERNEL(packed_count)(1, split * H);
  }
  _Alignas(64) REAL sums[SUMS];
  for (ptrdiff_t first = 0; first < s.B; first += most_rows) {
    const ptrdiff_t count = s.B - first < most_rows ? s.B - first : most_rows;
    const REAL *rows = (const REAL *)s.rows + first * s.rows_stride;
    // With few rows, more units fit at a time.
    const ptrdiff_t room = SUMS / (per_unit * count) / UNITS * UNITS;
    const ptrdiff_t width = room < MOST_UNITS ? room : MOST_UNITS;
    const ptrdiff_t pieces = (H + width - 1) / width;
    for (ptrdiff_t piece = 0; piece < pieces; piece++) {
      const ptrdiff_t unit = (s.reversed ? pieces - 1 - piece : piece) * width;
      const ptrdiff_t units = H - unit < width ? H - unit : width;
      const ptrdiff_t stride = per_unit * units;
      REAL *const hidden_sums = sums + joint * units;
      REAL *const input_sums = hidden_sums + split * units;
      if (joint > 0) {
        KERNEL(packed_gemm)
        (rows, s.rows_stride, weights + joint * unit * K, bias + joint * unit, 0, sums, stride,
         count, joint * units, K);
      }
      if (split > 0) {
        KERNEL(packed_gemm)
        (rows, s.rows_stride, hidden_weights + split * unit * H, hidden_bias + split * unit, 0,
         hidden_sums, stride, count, split * units, H);
        KERNEL(packed_gemm)
        (rows + H, s.rows_stride, input_weights + split * unit * (K - H), input_bias + split * unit,
         0, input_sums, stride, count, split * units, K - H);
      }
      for (ptrdiff_t b = first; b < first + count; b++) {
        const ptrdiff_t row = (b - first) * stride;
        for (ptrdiff_t u = 0; u < units; u += UNITS) {
          const ptrdiff_t present = units - u < UNITS ? units - u : UNITS;
          const HELPER(unit_sums) unit_sums = {sums + row + u * joint, hidden_sums + row + u * split,
                                               input_sums + row + u * split, present};
          cells(&s, unit_sums, b, unit + u, present);
        }
      }
    }
  }
}
