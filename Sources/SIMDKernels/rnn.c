// The time step of a simple recurrent network, forward and backward. The equations are in rnn.h.
#ifndef REAL
#include "rnn.h"

#define FS_TEMPLATE "rnn.c"
#include "real_types.h"

void fs_rnn_tanh_forward(fs_scalar type, const fs_recurrent_step *step) {
  FS_CALL(type, rnn_tanh_forward, step);
}

void fs_rnn_tanh_backward(fs_scalar type, const fs_recurrent_backward_step *step) {
  FS_CALL(type, rnn_tanh_backward, step);
}

void fs_rnn_relu_forward(fs_scalar type, const fs_recurrent_step *step) {
  FS_CALL(type, rnn_relu_forward, step);
}

void fs_rnn_relu_backward(fs_scalar type, const fs_recurrent_backward_step *step) {
  FS_CALL(type, rnn_relu_backward, step);
}

#else
#include "recurrent_step.h"

// The two functions and their derivatives: f(v), and f' in terms of the result v.
#define RNN(name, promise, value, derivative)                                                   \
  FS_INLINE void HELPER(rnn_##name##_cells)(const fs_recurrent_step *s,                         \
                                            HELPER(unit_sums) sums, ptrdiff_t b, ptrdiff_t unit, \
                                            ptrdiff_t count) {                                  \
    promise for (ptrdiff_t j = 0; j < count; j++) {                                             \
      const REAL v = sums.joint[j];                                                             \
      sums.joint[j] = (value);                                                                  \
    }                                                                                           \
    const size_t size = (size_t)count * sizeof(REAL);                                           \
    memcpy((REAL *)s->h + b * s->h_stride + unit, sums.joint, size);                            \
    if (s->kept) memcpy((REAL *)s->kept + b * s->kept_stride + unit, sums.joint, size);         \
  }                                                                                             \
                                                                                                \
  FS_KERNEL void KERNEL(rnn_##name##_forward)(const fs_recurrent_step *step) {                  \
    HELPER(step_forward)(step, 1, 0, HELPER(rnn_##name##_cells));                               \
  }                                                                                             \
                                                                                                \
  FS_KERNEL void KERNEL(rnn_##name##_backward)(const fs_recurrent_backward_step *step) {        \
    const fs_recurrent_backward_step s = *step;                                                 \
    for (ptrdiff_t b = 0; b < s.B; b++) {                                                       \
      const REAL *kept = (const REAL *)s.kept + b * s.kept_stride;                              \
      REAL *da = (REAL *)s.d_sums + b * s.d_sums_stride;                                        \
      const REAL *dh = (const REAL *)s.dh + b * s.H;                                            \
      const REAL *dy = s.dy ? (const REAL *)s.dy + b * s.dy_stride : NULL;                      \
      FS_INDEPENDENT for (ptrdiff_t j = 0; j < s.H; j++) {                                      \
        const REAL v = kept[j];                                                                 \
        const REAL d_hidden = dy ? dy[j] + dh[j] : dh[j];                                       \
        da[j] = (derivative);                                                                   \
      }                                                                                         \
    }                                                                                           \
  }

RNN(tanh, INDEPENDENT_MATH, HELPER(tanh)(v), d_hidden * (1 - v * v))
RNN(relu, FS_INDEPENDENT, v <= 0 ? 0 : v, v > 0 ? d_hidden : 0)

#undef RNN

#endif
