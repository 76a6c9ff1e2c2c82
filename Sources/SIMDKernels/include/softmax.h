// The softmax and log-softmax of each row of [rows, columns], shifted by the row's maximum.
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

#endif
