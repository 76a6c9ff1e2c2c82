// The step of an LSTM, forward and backward. The equations and the layouts are in lstm.h.
#ifndef REAL
#include "lstm.h"
#include "packed_gemm.h"

#define FS_TEMPLATE "lstm.c"
#include "real_types.h"

#else

// Hidden units whose cells are computed together.
#define UNITS 32
// Hidden units whose sums are computed together, at most.
#define MOST_UNITS 64
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

// Copies fewer than UNITS elements, of which memcpy would make a call.
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

// The same for the last units, fewer than UNITS, by way of full vectors.
FS_INLINE void HELPER(cell_forward_rest)(const REAL *sums, ptrdiff_t sums_step, REAL *gates,
                                         ptrdiff_t gates_step, const REAL *c_prev, REAL *c, REAL *h,
                                         ptrdiff_t units) {
  REAL values[4 * UNITS] = {0}, states[UNITS] = {0}, outputs[UNITS];
  for (int g = 0; g < 4; g++) {
    HELPER(copy_units)(values + g * UNITS, sums + g * sums_step, units);
  }
  HELPER(copy_units)(states, c_prev, units);
  HELPER(cell_forward)(values, UNITS, values, UNITS, states, states, outputs);
  for (int g = 0; g < 4; g++) {
    HELPER(copy_units)(gates + g * gates_step, values + g * UNITS, units);
  }
  HELPER(copy_units)(c, states, units);
  HELPER(copy_units)(h, outputs, units);
}

// The columns of W are those of UNITS units at a time, gate after gate, without a gap: a product has
// all gates of its units, and only the last panel of all is filled up. With panels of each gate's own,
// 24 units take as many products as 32: a forward pass of B1024 T14 D40 H24 took 1.25 times as long.
void KERNEL(lstm_pack)(const REAL *weight, ptrdiff_t weight_stride, ptrdiff_t H, ptrdiff_t K,
                       REAL *packed, ptrdiff_t first, ptrdiff_t depth) {
  for (ptrdiff_t unit = 0; unit < H; unit += UNITS) {
    const ptrdiff_t units = H - unit < UNITS ? H - unit : UNITS;
    for (int g = 0; g < 4; g++) {
      KERNEL(pack)
      (weight + (g * H + unit) * weight_stride, weight_stride, 1, K, units, packed, first,
       4 * unit + g * units, depth);
    }
  }
}

// A product of some units' columns, then their cells while the sums are in the first-level cache.
//
// At most MOST_UNITS at a time, so that there is an order to reverse: a single row with 256 units,
// whose weights just exceed a second-level cache of 1 MiB, takes 8 % less time where every other step
// begins with the weights that the one before it ended with.
FS_KERNEL void KERNEL(lstm_step_forward)(const REAL *rows, ptrdiff_t rows_stride,
                                         const REAL *packed, const REAL *bias, REAL *gates,
                                         ptrdiff_t gates_stride, const REAL *c_prev, REAL *c,
                                         REAL *h, ptrdiff_t h_stride, ptrdiff_t B, ptrdiff_t H,
                                         ptrdiff_t K, int reversed) {
  _Alignas(64) REAL sums[SUMS];
  for (ptrdiff_t first = 0; first < B; first += ROWS) {
    const ptrdiff_t count = B - first < ROWS ? B - first : ROWS;
    // Few rows leave room for more units at a time.
    const ptrdiff_t room = SUMS / (4 * count) / UNITS * UNITS;
    const ptrdiff_t width = room < MOST_UNITS ? room : MOST_UNITS;
    const ptrdiff_t pieces = (H + width - 1) / width;
    for (ptrdiff_t piece = 0; piece < pieces; piece++) {
      const ptrdiff_t unit = (reversed ? pieces - 1 - piece : piece) * width;
      const ptrdiff_t units = H - unit < width ? H - unit : width;
      KERNEL(packed_gemm)
      (rows + first * rows_stride, rows_stride, packed + 4 * unit * K, bias + 4 * unit, 0, sums,
       4 * units, count, 4 * units, K);
      for (ptrdiff_t b = first; b < first + count; b++) {
        for (ptrdiff_t u = 0; u < units; u += UNITS) {
          REAL *row = sums + ((b - first) * units + u) * 4;
          const ptrdiff_t present = units - u < UNITS ? units - u : UNITS;
          REAL *target = gates ? gates + b * gates_stride + unit + u : row;
          const ptrdiff_t step = gates ? H : present;
          const ptrdiff_t state = b * H + unit + u;
          REAL *output = h + b * h_stride + unit + u;
          if (present == UNITS) {
            HELPER(cell_forward)(row, UNITS, target, step, c_prev + state, c + state, output);
          } else {
            HELPER(cell_forward_rest)(row, present, target, step, c_prev + state, c + state, output,
                                      present);
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
#undef MOST_UNITS
#undef SUMS
#undef ROWS

#endif
