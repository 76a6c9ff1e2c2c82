// The step of a gated recurrent unit, forward and backward. The equations are in gru.h.
#ifndef REAL
#include "gru.h"

#define FS_TEMPLATE "gru.c"
#include "real_types.h"

void fs_gru_forward(fs_scalar type, const fs_recurrent_step *step) {
  FS_CALL(type, gru_forward, step);
}

void fs_gru_backward(fs_scalar type, const fs_recurrent_backward_step *step) {
  FS_CALL(type, gru_backward, step);
}

#else
#include "recurrent_step.h"

// The cells of UNITS units of one row. `kept` receives r, z, n and a_nh, at a distance of
// kept_step. There are two loops, so that the chain of two exponentials and quotients fits the
// processor's out-of-order window.
FS_INLINE void HELPER(cell_forward)(const REAL *joint, ptrdiff_t joint_step, const REAL *a_nh,
                                    const REAL *a_nx, REAL *kept, ptrdiff_t kept_step,
                                    const REAL *h_prev, REAL *h) {
  INDEPENDENT_MATH for (ptrdiff_t j = 0; j < UNITS; j++) {
    kept[j] = HELPER(gate_sigmoid)(joint[j]);
    kept[kept_step + j] = HELPER(gate_sigmoid)(joint[joint_step + j]);
    kept[3 * kept_step + j] = a_nh[j];
  }
  INDEPENDENT_MATH for (ptrdiff_t j = 0; j < UNITS; j++) {
    const REAL n = HELPER(gate_tanh)(a_nx[j] + kept[j] * kept[3 * kept_step + j]);
    kept[2 * kept_step + j] = n;
    h[j] = n + kept[kept_step + j] * (h_prev[j] - n);
  }
}

FS_INLINE void HELPER(gru_cells)(const fs_recurrent_step *s, HELPER(unit_sums) sums, ptrdiff_t b,
                                 ptrdiff_t unit, ptrdiff_t count) {
  const REAL *h_prev = (const REAL *)s->h_prev + b * s->h_prev_stride + unit;
  REAL *h = (REAL *)s->h + b * s->h_stride + unit;
  REAL *kept = s->kept ? (REAL *)s->kept + b * s->kept_stride + unit : NULL;
  REAL values[4 * UNITS];
  if (count == UNITS) {
    HELPER(cell_forward)(sums.joint, UNITS, sums.hidden, sums.input, kept ? kept : values,
                         kept ? s->H : UNITS, h_prev, h);
    return;
  }
  // The last units, fewer than UNITS, are copied to full vectors.
  REAL part[4 * UNITS] = {0}, states[UNITS] = {0};
  HELPER(copy_units)(part, sums.joint, count);
  HELPER(copy_units)(part + UNITS, sums.joint + sums.step, count);
  HELPER(copy_units)(part + 2 * UNITS, sums.hidden, count);
  HELPER(copy_units)(part + 3 * UNITS, sums.input, count);
  HELPER(copy_units)(states, h_prev, count);
  HELPER(cell_forward)(part, UNITS, part + 2 * UNITS, part + 3 * UNITS, values, UNITS, states,
                       states);
  for (int g = 0; g < 4 && kept; g++) {
    HELPER(copy_units)(kept + g * s->H, values + g * UNITS, count);
  }
  HELPER(copy_units)(h, states, count);
}

FS_KERNEL void KERNEL(gru_forward)(const fs_recurrent_step *step) {
  HELPER(step_forward)(step, 2, 1, HELPER(gru_cells));
}

// One row. If `adds` is nonzero (a constant after inlining), the gradients dh and dy are added.
FS_INLINE void HELPER(cell_backward)(const REAL *kept, REAL *da, const REAL *h_prev, REAL *dh,
                                     const REAL *dy, ptrdiff_t H, const int adds) {
  FS_INDEPENDENT for (ptrdiff_t j = 0; j < H; j++) {
    const REAL r = kept[j];
    const REAL z = kept[H + j];
    const REAL n = kept[2 * H + j];
    const REAL a_nh = kept[3 * H + j];
    const REAL d_hidden = adds ? dh[j] + dy[j] : dh[j];
    const REAL d_n = d_hidden * (1 - z) * (1 - n * n);
    da[j] = d_n * a_nh * r * (1 - r);
    da[H + j] = d_hidden * (h_prev[j] - n) * z * (1 - z);
    da[2 * H + j] = d_n * r;
    da[3 * H + j] = d_n;
    dh[j] = d_hidden * z;
  }
}

FS_KERNEL void KERNEL(gru_backward)(const fs_recurrent_backward_step *step) {
  const fs_recurrent_backward_step s = *step;
  for (ptrdiff_t b = 0; b < s.B; b++) {
    const REAL *kept = (const REAL *)s.kept + b * s.kept_stride;
    REAL *da = (REAL *)s.d_sums + b * s.d_sums_stride;
    const REAL *h_prev = (const REAL *)s.h_prev + b * s.h_prev_stride;
    REAL *dh = (REAL *)s.dh + b * s.H;
    if (s.dy) {
      const REAL *dy = (const REAL *)s.dy + b * s.dy_stride;
      HELPER(cell_backward)(kept, da, h_prev, dh, dy, s.H, 1);
    } else {
      HELPER(cell_backward)(kept, da, h_prev, dh, NULL, s.H, 0);
    }
  }
}

#endif
