// The time step of an LSTM, forward and backward. The equations are in lstm.h.
#ifndef REAL
#include "lstm.h"

#define FS_TEMPLATE "lstm.c"
#include "real_types.h"

void fs_lstm_forward(fs_scalar type, const fs_recurrent_step *step) {
  FS_CALL(type, lstm_forward, step);
}

void fs_lstm_backward(fs_scalar type, const fs_recurrent_backward_step *step) {
  FS_CALL(type, lstm_backward, step);
}

#else
#include "recurrent_step.h"

// The cells of UNITS units of one row, with sums at a distance of `sums_step` and gates at a
// distance of `gates_step`. There are two loops: in a single loop, the chain of exponential,
// quotient, exponential and quotient exceeds the processor's out-of-order window and takes a
// quarter longer.
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

// The same for the last units, fewer than UNITS, which are copied to full vectors.
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

FS_INLINE void HELPER(lstm_cells)(const fs_recurrent_step *s, HELPER(unit_sums) sums, ptrdiff_t b,
                                  ptrdiff_t unit, ptrdiff_t count) {
  // Gates that are not wanted overwrite their sums.
  REAL *gates = s->kept ? (REAL *)s->kept + b * s->kept_stride + unit : sums.joint;
  const ptrdiff_t step = s->kept ? s->H : sums.step;
  const ptrdiff_t state = b * s->H + unit;
  const REAL *c_prev = (const REAL *)s->states_prev + state;
  REAL *c = (REAL *)s->states + state;
  REAL *h = (REAL *)s->h + b * s->h_stride + unit;
  if (count == UNITS) {
    HELPER(cell_forward)(sums.joint, UNITS, gates, step, c_prev, c, h);
  } else {
    HELPER(cell_forward_rest)(sums.joint, sums.step, gates, step, c_prev, c, h, count);
  }
}

FS_KERNEL void KERNEL(lstm_forward)(const fs_recurrent_step *step) {
  HELPER(step_forward)(step, 4, 0, HELPER(lstm_cells));
}

// One row. If `adds` is nonzero (a constant after inlining), the gradients dh and dy are added.
FS_INLINE void HELPER(cell_backward)(const REAL *gates, REAL *da, const REAL *c_prev, const REAL *c,
                                     const REAL *dh, const REAL *dy, REAL *dc, ptrdiff_t H,
                                     const int adds) {
  INDEPENDENT_MATH for (ptrdiff_t j = 0; j < H; j++) {
    const REAL i = gates[j];
    const REAL f = gates[H + j];
    const REAL g = gates[2 * H + j];
    const REAL o = gates[3 * H + j];
    // Recomputed instead of kept: a tanh costs less than another array in memory.
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

FS_KERNEL void KERNEL(lstm_backward)(const fs_recurrent_backward_step *step) {
  const fs_recurrent_backward_step s = *step;
  for (ptrdiff_t b = 0; b < s.B; b++) {
    const ptrdiff_t state = b * s.H;
    const REAL *gates = (const REAL *)s.kept + b * s.kept_stride;
    REAL *da = (REAL *)s.d_sums + b * s.d_sums_stride;
    const REAL *c_prev = (const REAL *)s.states_prev + state;
    const REAL *c = (const REAL *)s.states + state;
    const REAL *dh = (const REAL *)s.dh + state;
    REAL *dc = (REAL *)s.d_states + state;
    if (s.dy) {
      const REAL *dy = (const REAL *)s.dy + b * s.dy_stride;
      HELPER(cell_backward)(gates, da, c_prev, c, dh, dy, dc, s.H, 1);
    } else {
      HELPER(cell_backward)(gates, da, c_prev, c, dh, NULL, dc, s.H, 0);
    }
  }
}

#endif
