// Functions of one variable and their derivatives. The contracts are in elementwise.h.
#ifndef REAL
#include "elementwise.h"

#define FS_TEMPLATE "elementwise.c"
#include "real_types.h"

#else

// y[i] = expression, in terms of x[i] as `v`.
#define UNARY_LOOP(promise, expression)     \
  promise for (ptrdiff_t i = 0; i < n; i++) { \
    const REAL v = x[i];                    \
    y[i] = (expression);                    \
  }

#define UNARY(name, promise, expression)                             \
  FS_KERNEL void KERNEL(name)(const REAL *x, REAL *y, ptrdiff_t n) { \
    UNARY_LOOP(promise, expression)                                  \
  }

UNARY(exp, INDEPENDENT_MATH, HELPER(exp)(v))
UNARY(log, INDEPENDENT_MATH, HELPER(log)(v))
UNARY(tanh, INDEPENDENT_MATH, HELPER(tanh)(v))
UNARY(sigmoid, INDEPENDENT_MATH, HELPER(sigmoid)(v))
UNARY(softplus, INDEPENDENT_MATH, HELPER(softplus)(v))

// The builtins do not set errno, which allows sqrt to be vectorized.
UNARY(sqrt, FS_INDEPENDENT, __builtin_elementwise_sqrt(v))
UNARY(relu, FS_INDEPENDENT, v <= 0 ? 0 : v)
UNARY(negate, FS_INDEPENDENT, -v)
UNARY(abs, FS_INDEPENDENT, __builtin_elementwise_abs(v))
UNARY(sign, FS_INDEPENDENT, v > 0 ? 1 : v < 0 ? -1 : v)
UNARY(square, FS_INDEPENDENT, v * v)
UNARY(reciprocal, FS_INDEPENDENT, 1 / v)

// One call of the C library per element, which cannot be vectorized and needs no dispatch.
#define UNARY_BY_LIBRARY(name, expression)                 \
  void KERNEL(name)(const REAL *x, REAL *y, ptrdiff_t n) { \
    UNARY_LOOP(, expression)                               \
  }

UNARY_BY_LIBRARY(sin, sin(v))
UNARY_BY_LIBRARY(cos, cos(v))
UNARY(floor, , floor(v))

#define UNARY_BACKWARD(name, expression)                                                \
  FS_KERNEL void KERNEL(name##_backward)(const REAL *y, const REAL *dy, REAL *dx,       \
                                         ptrdiff_t n) {                                 \
    FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) {                                  \
      const REAL v = y[i];                                                              \
      dx[i] = (expression);                                                             \
    }                                                                                   \
  }

UNARY_BACKWARD(tanh, dy[i] * (1 - v * v))
UNARY_BACKWARD(sigmoid, dy[i] * v * (1 - v))
UNARY_BACKWARD(relu, v > 0 ? dy[i] : 0)

#endif
