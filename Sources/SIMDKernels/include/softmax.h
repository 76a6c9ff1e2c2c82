// The softmax and log-softmax of each row of [rows, columns], shifted by the row's maximum, and the
// softmax over some of the columns.
#ifndef FORESIGHT_SOFTMAX_H
#define FORESIGHT_SOFTMAX_H

#include <stddef.h>

#define FS_DECLARE_SOFTMAX(name)                                                                 \
  void fs_##name##_f32(const float *x, float *y, ptrdiff_t rows, ptrdiff_t columns);             \
  void fs_##name##_f64(const double *x, double *y, ptrdiff_t rows, ptrdiff_t columns);           \
  void fs_##name##_backward_f32(const float *y, const float *dy, float *dx, ptrdiff_t rows,      \
                                ptrdiff_t columns);                                              \
  void fs_##name##_backward_f64(const double *y, const double *dy, double *dx, ptrdiff_t rows,   \
                                ptrdiff_t columns);

FS_DECLARE_SOFTMAX(softmax)     // dx = y * (dy - sum(y * dy))
FS_DECLARE_SOFTMAX(log_softmax) // dx = dy - exp(y) * sum(dy)

// The weights of attention, in place: the softmax of `scale` > 0 times the scores of rows of queries
// and columns of keys over the keys that a query sees. These are the keys c with ignored[c] = 0, or all if `ignored`
// is NULL; with `causal`, they also have c <= first + r in row r. The weights of other keys, and all
// weights of a query that sees no key, are 0.
#define FS_DECLARE_ATTENTION(suffix, real)                                                       \
  void fs_attention_weights_##suffix(real *x, double scale, const real *ignored, int causal,     \
                                     ptrdiff_t first, ptrdiff_t rows, ptrdiff_t columns);

FS_DECLARE_ATTENTION(f32, float)
FS_DECLARE_ATTENTION(f64, double)

#endif
