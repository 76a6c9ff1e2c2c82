// Losses and their derivatives. The contracts are in likelihoods.h.
#ifndef REAL
#include "likelihoods.h"

#define FS_TEMPLATE "likelihoods.c"
#include "real_types.h"

#else

FS_INLINE void HELPER(tweedie)(const REAL *eta, const REAL *y, const REAL *w, int weighted,
                               double power, REAL *loss, REAL *slope, ptrdiff_t n) {
  const REAL below = (REAL)(1 - power); // negative
  const REAL above = (REAL)(2 - power); // positive
  const REAL first = (REAL)(1 / (1 - power));
  const REAL second = (REAL)(1 / (2 - power));
  INDEPENDENT_MATH for (ptrdiff_t i = 0; i < n; i++) {
    // Without the test, zero times an overflow would give NaN.
    const REAL pull = y[i] == 0 ? 0 : y[i] * HELPER(exp)(below * eta[i]);
    const REAL push = HELPER(exp)(above * eta[i]);
    const REAL element = push * second - pull * first;
    const REAL derivative = push - pull;
    if (weighted) {
      loss[i] = w[i] == 0 ? 0 : w[i] * element;
      slope[i] = w[i] == 0 ? 0 : w[i] * derivative;
    } else {
      loss[i] = element;
      slope[i] = derivative;
    }
  }
}

FS_KERNEL void KERNEL(tweedie_loss)(const REAL *eta, const REAL *y, const REAL *w, double power,
                                    REAL *loss, REAL *slope, ptrdiff_t n) {
  if (w) {
    HELPER(tweedie)(eta, y, w, 1, power, loss, slope, n);
  } else {
    HELPER(tweedie)(eta, y, w, 0, power, loss, slope, n);
  }
}

#endif
