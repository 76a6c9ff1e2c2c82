// The step of an LSTM, forward and backward. The equations and the layouts are in lstm.h.
#ifndef REAL
#include "lstm.h"
#include "packed_gemm.h"

#define FS_TEMPLATE "lstm.c"
#include "real_types.h"

#else

// Hidden units whose cells are computed together.
#define UNITS 32
// Elements of the sums that wait for their cells, 16 KiB of floats: half of a first-level cache.
#define SUMS 4096
// Rows of a product: SUMS has room for UNITS units of so many.
#define ROWS (SUMS / (4 * UNITS))

// The cells of UNITS units of one row, of sums `sums_step` and gates `gates_step` apart. Two loops: in
// one, a chain of exponential, quotient, exponential and quotient is longer than the processor looks
// ahead, and takes a quarter longer.
FS_INLINE void HELPER(cell_forward)(const REAL *sums, ptrdiff_t sums_step, REAL *gates,
                                    ptrdiff_t gates_step, const REAL *c_prev, REAL *c, REAL *h) {
  INDEPENDENT_MATH for (ptrdiff_t j = 0; j < UNITS; j++) {
    const REAL i = HELPER(gate_sigmoid)(sums[j]);
    const REAL f = HELPER(gate_sigmoid)(sums[sums_step + j]);
    const REAL g = HELPER(gate_tanh)(sums[2 * sums_step + j]);
    gates[j] = i;
    gates[gates_step + j] = f;
    gates[2 * gates_step + j] = g;
    c[j] = f * c_prev[j] + i * g;
  }
  INDEPENDENT_MATH for (ptrdiff_t j = 0; j < UNITS; j++) {
    const REAL o = HELPER(gate_sigmoid)(sums[3 * sums_step + j]);
    gates[3 * gates_step + j] = o;
    h[j] = o * HELPER(gate_tanh)(c[j]);
  }
}

// The same for the last units, fewer than UNITS, by way of full vectors.
FS_INLINE void HELPER(cell_forward_rest)(const REAL *sums, ptrdiff_t sums_step, REAL *gates,
                                         ptrdiff_t gates_step, const REAL *c_prev, REAL *c, REAL *h,
                                         ptrdiff_t units) {
  REAL values[4 * UNITS] = {0}, states[UNITS] = {0}, outputs[UNITS];
  const size_t size = (size_t)units * sizeof(REAL);
  for (int g = 0; g < 4; g++) memcpy(values + g * UNITS, sums + g * sums_step, size);
  memcpy(states, c_prev, size);
  HELPER(cell_forward)(values, UNITS, values, UNITS, states, states, outputs);
  for (int g = 0; g < 4; g++) memcpy(gates + g * gates_step, values + g * UNITS, size);
  memcpy(c, states, size);
  memcpy(h, outputs, size);
}

// A product of some columns of every gate, then their cells while the sums are in the first-level
// cache.
FS_KERNEL void KERNEL(lstm_step_forward)(const REAL *rows, ptrdiff_t rows_stride,
                                         const REAL *packed, const REAL *bias, REAL *gates,
                                         ptrdiff_t gates_stride, const REAL *c_prev, REAL *c,
                                         REAL *h, ptrdiff_t h_stride, ptrdiff_t B, ptrdiff_t H,
                                         ptrdiff_t K) {
  _Alignas(64) REAL sums[SUMS];
  const ptrdiff_t gate_count = KERNEL(packed_count)(K, H);
  for (ptrdiff_t first = 0; first < B; first += ROWS) {
    const ptrdiff_t count = B - first < ROWS ? B - first : ROWS;
    // Few rows leave room for more units at a time.
    const ptrdiff_t width = SUMS / (4 * count) / UNITS * UNITS;
    for (ptrdiff_t unit = 0; unit < H; unit += width) {
      const ptrdiff_t units = H - unit < width ? H - unit : width;
      for (int g = 0; g < 4; g++) {
        KERNEL(packed_gemm)
        (rows + first * rows_stride, rows_stride, packed + g * gate_count + unit * K,
         bias + g * H + unit, 0, sums + g * units, 4 * units, count, units, K);
      }
      for (ptrdiff_t b = first; b < first + count; b++) {
        for (ptrdiff_t u = 0; u < units; u += UNITS) {
          REAL *row = sums + (b - first) * 4 * units + u;
          REAL *target = gates ? gates + b * gates_stride + unit + u : row;
          const ptrdiff_t step = gates ? H : units;
          const ptrdiff_t state = b * H + unit + u;
          REAL *output = h + b * h_stride + unit + u;
          if (units - u >= UNITS) {
            HELPER(cell_forward)(row, units, target, step, c_prev + state, c + state, output);
          } else {
            HELPER(cell_forward_rest)(row, units, target, step, c_prev + state, c + state, output,
                                      units - u);
          }
        }
      }
    }
  }
}

// One row; with `adds` (a constant where this is inlined) the gradients dh and dy are added.
FS_INLINE void HELPER(cell_backward)(const REAL *gates, REAL *da, const REAL *c_prev, const REAL *c,
                                     const REAL *dh, const REAL *dy, REAL *dc, ptrdiff_t H,
                                     const int adds) {
  INDEPENDENT_MATH for (ptrdiff_t j = 0; j < H; j++) {
    const REAL i = gates[j];
    const REAL f = gates[H + j];
    const REAL g = gates[2 * H + j];
    const REAL o = gates[3 * H + j];
    // Recomputed rather than kept: one tanh costs less than one more array in memory.
    const REAL tanh_c = HELPER(gate_tanh)(c[j]);
    const REAL d_hidden = adds ? dh[j] + dy[j] : dh[j];
    const REAL d_cell = d_hidden * o * (1 - tanh_c * tanh_c) + dc[j];
    da[j] = d_cell * g * i * (1 - i);
    da[H + j] = d_cell * c_prev[j] * f * (1 - f);
    da[2 * H + j] = d_cell * i * (1 - g * g);
    da[3 * H + j] = d_hidden * tanh_c * o * (1 - o);
    dc[j] = d_cell * f;
  }
}

FS_KERNEL void KERNEL(lstm_cell_backward)(const REAL *gates, REAL *da, ptrdiff_t gates_stride,
                                          const REAL *c_prev, const REAL *c, const REAL *dh,
                                          ptrdiff_t dh_stride, const REAL *dy, ptrdiff_t dy_stride,
                                          REAL *dc, ptrdiff_t B, ptrdiff_t H) {
  for (ptrdiff_t b = 0; b < B; b++) {
    const REAL *gates_row = gates + b * gates_stride;
    REAL *da_row = da + b * gates_stride;
    if (dy) {
      HELPER(cell_backward)(gates_row, da_row, c_prev + b * H, c + b * H, dh + b * dh_stride,
                            dy + b * dy_stride, dc + b * H, H, 1);
    } else {
      HELPER(cell_backward)(gates_row, da_row, c_prev + b * H, c + b * H, dh + b * dh_stride, NULL,
                            dc + b * H, H, 0);
    }
  }
}

#undef UNITS
#undef SUMS
#undef ROWS

#endif
