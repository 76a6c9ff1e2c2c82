// Functions of two variables, scaled sums and the epilogue of a dense layer. The contracts are in
// arithmetic.h.
#ifndef REAL
#include "arithmetic.h"
#include "elementwise.h"

#define FS_TEMPLATE "arithmetic.c"
#include "real_types.h"

#else

// z[i] = expression, in terms of the two operands `u` and `v`. A single-number operand is read
// before the loop (but not if there is nothing to write), since z may be the same array.
#define BINARY_FORM(name, form, promise, lone, u_value, v_value, expression)                 \
  FS_KERNEL void KERNEL(name##_##form)(const REAL *a, const REAL *b, REAL *z, ptrdiff_t n) { \
    if (n <= 0) return;                                                                      \
    lone;                                                                                    \
    promise for (ptrdiff_t i = 0; i < n; i++) {                                              \
      const REAL u = u_value;                                                                \
      const REAL v = v_value;                                                                \
      z[i] = (expression);                                                                   \
    }                                                                                        \
  }

#define BINARY(name, promise, expression)                                          \
  BINARY_FORM(name, vv, promise, , a[i], b[i], expression)                         \
  BINARY_FORM(name, vs, promise, const REAL b0 = b[0], a[i], b0, expression)       \
  BINARY_FORM(name, sv, promise, const REAL a0 = a[0], a0, b[i], expression)

BINARY(add, FS_INDEPENDENT, u + v)
BINARY(subtract, FS_INDEPENDENT, u - v)
BINARY(multiply, FS_INDEPENDENT, u * v)
BINARY(divide, FS_INDEPENDENT, u / v)
BINARY(maximum, FS_INDEPENDENT, ((u != u) | (u > v)) ? u : v)
BINARY(minimum, FS_INDEPENDENT, ((u != u) | (u < v)) ? u : v)
BINARY(equal, FS_INDEPENDENT, u == v ? 1 : 0)
BINARY(not_equal, FS_INDEPENDENT, u != v ? 1 : 0)
BINARY(less, FS_INDEPENDENT, u < v ? 1 : 0)
BINARY(less_equal, FS_INDEPENDENT, u <= v ? 1 : 0)
BINARY(power, , pow(u, v))

FS_KERNEL void KERNEL(select)(const REAL *mask, const REAL *a, const REAL *b, REAL *z,
                              ptrdiff_t n) {
  FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) {
    const REAL u = a[i];
    const REAL v = b[i];
    z[i] = mask[i] != 0 ? u : v;
  }
}

FS_KERNEL void KERNEL(fill)(REAL value, REAL *y, ptrdiff_t n) {
  for (ptrdiff_t i = 0; i < n; i++) y[i] = value;
}

FS_KERNEL void KERNEL(axpy)(REAL alpha, const REAL *x, REAL *y, ptrdiff_t n) {
  FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) y[i] = alpha * x[i] + y[i];
}

FS_KERNEL void KERNEL(scale_shift)(REAL alpha, REAL beta, const REAL *x, REAL *y, ptrdiff_t n) {
  FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) y[i] = alpha * x[i] + beta;
}

// z[r, c] = expression, in terms of z[r, c] + bias[c] as `v`.
#define BIAS_ACTIVATION(promise, expression)        \
  for (ptrdiff_t r = 0; r < rows; r++) {            \
    REAL *row = z + r * columns;                    \
    promise for (ptrdiff_t c = 0; c < columns; c++) { \
      const REAL v = row[c] + bias[c];              \
      row[c] = (expression);                        \
    }                                               \
  }

FS_KERNEL void KERNEL(bias_activation)(const REAL *bias, REAL *z, ptrdiff_t rows,
                                       ptrdiff_t columns, int activation) {
  if (bias == NULL) {
    const ptrdiff_t n = rows * columns;
    switch (activation) {
    case 1: KERNEL(relu)(z, z, n); break;
    case 2: KERNEL(sigmoid)(z, z, n); break;
    case 3: KERNEL(tanh)(z, z, n); break;
    }
    return;
  }
  switch (activation) {
  case 1: BIAS_ACTIVATION(FS_INDEPENDENT, v <= 0 ? 0 : v) break;
  case 2: BIAS_ACTIVATION(INDEPENDENT_MATH, HELPER(sigmoid)(v)) break;
  case 3: BIAS_ACTIVATION(INDEPENDENT_MATH, HELPER(tanh)(v)) break;
  default: BIAS_ACTIVATION(FS_INDEPENDENT, v) break;
  }
}

#endif
