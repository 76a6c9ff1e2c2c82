// Functions of one variable, y[i] = f(x[i]), and their derivatives.
#ifndef FORESIGHT_ELEMENTWISE_H
#define FORESIGHT_ELEMENTWISE_H

#include <stddef.h>

#define FS_DECLARE_UNARY(name)                                      \
  void fs_##name##_f32(const float *x, float *y, ptrdiff_t n);      \
  void fs_##name##_f64(const double *x, double *y, ptrdiff_t n);

// In float, exp, tanh, sigmoid and softplus are accurate to 4 ulp for all finite arguments, and NaN
// and infinities give the results of the C library. In double they are the functions of the C
// library.
FS_DECLARE_UNARY(exp)
FS_DECLARE_UNARY(log)
FS_DECLARE_UNARY(sqrt)
FS_DECLARE_UNARY(tanh)
FS_DECLARE_UNARY(sigmoid)  // 1 / (1 + exp(-x))
FS_DECLARE_UNARY(relu)     // max(x, 0); NaN stays NaN
FS_DECLARE_UNARY(softplus) // log(1 + exp(x)), without overflow
FS_DECLARE_UNARY(negate)
FS_DECLARE_UNARY(abs)
FS_DECLARE_UNARY(sign)     // -1, 0 or 1; NaN stays NaN
FS_DECLARE_UNARY(square)
FS_DECLARE_UNARY(reciprocal)
FS_DECLARE_UNARY(sin)
FS_DECLARE_UNARY(cos)
FS_DECLARE_UNARY(floor)

// dx[i] = dy[i] * f'(x[i]), where f' is computed from the result y = f(x).
#define FS_DECLARE_UNARY_BACKWARD(name)                                                        \
  void fs_##name##_backward_f32(const float *y, const float *dy, float *dx, ptrdiff_t n);      \
  void fs_##name##_backward_f64(const double *y, const double *dy, double *dx, ptrdiff_t n);

FS_DECLARE_UNARY_BACKWARD(tanh)    // dy * (1 - y * y)
FS_DECLARE_UNARY_BACKWARD(sigmoid) // dy * y * (1 - y)
FS_DECLARE_UNARY_BACKWARD(relu)    // y > 0 ? dy : 0

#endif
