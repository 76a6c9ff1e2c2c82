// Normalization of each row of [rows, columns] to mean 0 and variance 1, with a scale and a shift for
// each column.
#ifndef FORESIGHT_NORMALIZATION_H
#define FORESIGHT_NORMALIZATION_H

#include <stddef.h>

// n = (x - mean) * factor, where factor = 1 / sqrt(variance + epsilon), and y = n * weight + bias.
//
// statistics [rows, 2] receives the mean and the factor of each row, which backward reads. weight and
// bias have `columns` elements. Backward writes dx, and adds to d_weight and d_bias:
//
//     g = dy * weight      dx = factor * (g - mean(g) - n * mean(g * n))
//     d_weight += dy * n   d_bias += dy
//
// dx may be the same array as dy.
#define FS_DECLARE_LAYER_NORM(suffix, real)                                                      \
  void fs_layer_norm_##suffix(const real *x, const real *weight, const real *bias,               \
                              double epsilon, real *y, real *statistics, ptrdiff_t rows,         \
                              ptrdiff_t columns);                                                \
  void fs_layer_norm_backward_##suffix(const real *x, const real *weight,                        \
                                       const real *statistics, const real *dy, real *dx,         \
                                       real *d_weight, real *d_bias, ptrdiff_t rows,             \
                                       ptrdiff_t columns);

FS_DECLARE_LAYER_NORM(f32, float)
FS_DECLARE_LAYER_NORM(f64, double)

#endif
