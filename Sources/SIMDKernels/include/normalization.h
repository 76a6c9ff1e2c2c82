// Normalization of the rows or of the columns of [rows, columns] to mean 0 and variance 1, with a
// scale and a shift for each column.
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

// The steps of a batch normalization, each over some of the rows. mean, scale, bias, and factor have
// `columns` elements.
//
// column_moments writes each column's mean and its sum of squared deviations from that mean.
//
// normalize_columns writes y = (x - mean) * scale + bias.
//
// column_slopes adds to d_scale and d_bias, with n = (x - mean) * factor:
//
//     d_scale += dy * n    d_bias += dy
//
// column_gradients writes dx = (dy - shift - (x - mean) * slope) * scale.
#define FS_DECLARE_BATCH_NORM(suffix, real)                                                      \
  void fs_column_moments_##suffix(const real *x, double *mean, double *squares, ptrdiff_t rows,  \
                                  ptrdiff_t columns);                                            \
  void fs_normalize_columns_##suffix(const real *x, const real *mean, const real *scale,         \
                                     const real *bias, real *y, ptrdiff_t rows,                  \
                                     ptrdiff_t columns);                                         \
  void fs_column_slopes_##suffix(const real *x, const real *mean, const real *factor,            \
                                 const real *dy, double *d_scale, double *d_bias,                \
                                 ptrdiff_t rows, ptrdiff_t columns);                             \
  void fs_column_gradients_##suffix(const real *x, const real *mean, const real *scale,          \
                                    const real *dy, const real *shift, const real *slope,        \
                                    real *dx, ptrdiff_t rows, ptrdiff_t columns);

FS_DECLARE_BATCH_NORM(f32, float)
FS_DECLARE_BATCH_NORM(f64, double)

#endif
