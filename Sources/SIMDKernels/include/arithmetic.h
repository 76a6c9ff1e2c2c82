// Functions of two variables, where either operand is an array or one number, and scaled sums.
#ifndef FORESIGHT_ARITHMETIC_H
#define FORESIGHT_ARITHMETIC_H

#include <stddef.h>

// vv: z[i] = f(a[i], b[i]); vs: z[i] = f(a[i], b[0]); sv: z[i] = f(a[0], b[i]).
#define FS_DECLARE_BINARY_FORM(name, form)                                                      \
  void fs_##name##_##form##_f32(const float *a, const float *b, float *z, ptrdiff_t n);         \
  void fs_##name##_##form##_f64(const double *a, const double *b, double *z, ptrdiff_t n);
#define FS_DECLARE_BINARY(name)    \
  FS_DECLARE_BINARY_FORM(name, vv) \
  FS_DECLARE_BINARY_FORM(name, vs) \
  FS_DECLARE_BINARY_FORM(name, sv)

FS_DECLARE_BINARY(add)
FS_DECLARE_BINARY(subtract)
FS_DECLARE_BINARY(multiply)
FS_DECLARE_BINARY(divide)
FS_DECLARE_BINARY(maximum) // NaN if either is NaN
FS_DECLARE_BINARY(minimum) // NaN if either is NaN
FS_DECLARE_BINARY(power)   // the C library's pow
// Comparisons return 1 or 0. If either operand is NaN, they return 0, and not_equal returns 1.
FS_DECLARE_BINARY(equal)
FS_DECLARE_BINARY(not_equal)
FS_DECLARE_BINARY(less)
FS_DECLARE_BINARY(less_equal)

// z[i] = mask[i] != 0 ? a[i] : b[i]
void fs_select_f32(const float *mask, const float *a, const float *b, float *z, ptrdiff_t n);
void fs_select_f64(const double *mask, const double *a, const double *b, double *z, ptrdiff_t n);

// y[i] = value
void fs_fill_f32(float value, float *y, ptrdiff_t n);
void fs_fill_f64(double value, double *y, ptrdiff_t n);

// y[i] += alpha * x[i]
void fs_axpy_f32(float alpha, const float *x, float *y, ptrdiff_t n);
void fs_axpy_f64(double alpha, const double *x, double *y, ptrdiff_t n);

// y[i] = alpha * x[i] + beta
void fs_scale_shift_f32(float alpha, float beta, const float *x, float *y, ptrdiff_t n);
void fs_scale_shift_f64(double alpha, double beta, const double *x, double *y, ptrdiff_t n);

// The epilogue of a dense layer, in place: z[r, c] = f(z[r, c] + bias[c]). bias may be NULL for
// none.
// activation: 0 linear, 1 relu, 2 sigmoid, 3 tanh.
void fs_bias_activation_f32(const float *bias, float *z, ptrdiff_t rows, ptrdiff_t columns,
                            int activation);
void fs_bias_activation_f64(const double *bias, double *z, ptrdiff_t rows, ptrdiff_t columns,
                            int activation);

#endif
