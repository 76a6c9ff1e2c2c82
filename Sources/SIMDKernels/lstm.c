// The gates of an LSTM step, forward and backward, each in one pass over memory.
// The equations and the layouts are in lstm.h.
#ifndef REAL
#include "lstm.h"

#define FS_TEMPLATE "lstm.c"
#include "real_types.h"

#else

FS_KERNEL void KERNEL(lstm_cell_forward)(REAL *gates, ptrdiff_t gates_stride, const REAL *c_prev,
                                         REAL *c, REAL *h, ptrdiff_t h_stride, ptrdiff_t B,
                                         ptrdiff_t H) {
  for (ptrdiff_t b = 0; b < B; b++) {
    REAL *gate_i = gates + b * gates_stride;
    REAL *gate_f = gate_i + H;
    REAL *gate_g = gate_f + H;
    REAL *gate_o = gate_g + H;
    const REAL *c_prev_row = c_prev + b * H;
    REAL *c_row = c + b * H;
    REAL *h_row = h + b * h_stride;
    INDEPENDENT_MATH for (ptrdiff_t j = 0; j < H; j++) {
      const REAL i = HELPER(sigmoid)(gate_i[j]);
      const REAL f = HELPER(sigmoid)(gate_f[j]);
      const REAL g = HELPER(tanh)(gate_g[j]);
      const REAL o = HELPER(sigmoid)(gate_o[j]);
      const REAL cell = f * c_prev_row[j] + i * g;
      gate_i[j] = i;
      gate_f[j] = f;
      gate_g[j] = g;
      gate_o[j] = o;
      c_row[j] = cell;
      h_row[j] = o * HELPER(tanh)(cell);
    }
  }
}

FS_KERNEL void KERNEL(lstm_cell_backward)(REAL *gates, ptrdiff_t gates_stride, const REAL *c_prev,
                                          const REAL *c, const REAL *dh, ptrdiff_t dh_stride,
                                          REAL *dc, ptrdiff_t B, ptrdiff_t H) {
  for (ptrdiff_t b = 0; b < B; b++) {
    REAL *gate_i = gates + b * gates_stride;
    REAL *gate_f = gate_i + H;
    REAL *gate_g = gate_f + H;
    REAL *gate_o = gate_g + H;
    const REAL *c_prev_row = c_prev + b * H;
    const REAL *c_row = c + b * H;
    const REAL *dh_row = dh + b * dh_stride;
    REAL *dc_row = dc + b * H;
    INDEPENDENT_MATH for (ptrdiff_t j = 0; j < H; j++) {
      const REAL i = gate_i[j];
      const REAL f = gate_f[j];
      const REAL g = gate_g[j];
      const REAL o = gate_o[j];
      // Recomputed rather than kept: one tanh costs less than one more array in memory.
      const REAL tanh_c = HELPER(tanh)(c_row[j]);
      const REAL d_cell = dh_row[j] * o * (1 - tanh_c * tanh_c) + dc_row[j];
      gate_i[j] = d_cell * g * i * (1 - i);
      gate_f[j] = d_cell * c_prev_row[j] * f * (1 - f);
      gate_g[j] = d_cell * i * (1 - g * g);
      gate_o[j] = dh_row[j] * tanh_c * o * (1 - o);
      dc_row[j] = d_cell * f;
    }
  }
}

#endif
