// The recurrences of exponential smoothing, a lane for each model. The formulas are in
// exponential_smoothing.h.
#include "exponential_smoothing.h"

#include <math.h>
#include <stdint.h>

#include "dispatch.h"

#define LANES FS_SMOOTHING_LANES

// A step depends on the one before it, so a single model waits for each result. Sixteen independent
// ones fill that time.
typedef double reals __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t integers __attribute__((vector_size(LANES * sizeof(double))));
typedef double loose_reals __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double))));

#define LOAD(source) (*(const loose_reals *)(source))
#define STORE(target, value) (*(loose_reals *)(target) = (value))
#define SELECT(mask, yes, no) ((reals)(((mask) & (integers)(yes)) | (~(mask) & (integers)(no))))
#define MAGNITUDE(value) ((reals)((integers)(value) & INT64_MAX))

// numerator / divisor, or 1e10 where the divisor is nearly 0.
FS_INLINE void divide(reals *quotient, const reals *numerator, const reals *divisor) {
  const reals huge = (reals){} + 1e10;
  const integers is_small = MAGNITUDE(*divisor) < 1e-10;
  *quotient = SELECT(is_small, huge, *numerator / *divisor);
}

// Multiplies a product that is stored as mantissa 2^exponent, so that it never overflows.
FS_INLINE void multiply(reals *mantissa, integers *exponent, const reals *factor) {
  const integers bits = (integers)(*mantissa * *factor);
  *exponent += (bits >> 52) - 1023;
  *mantissa = (reals)((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
}

FS_INLINE void smooth(const double *y, ptrdiff_t steps, const double *counts,
                      const double *weights, double *state, double *sums, ptrdiff_t season,
                      int multiplicative_error, int multiplicative_season) {
  const reals alpha = LOAD(weights);
  const reals ratio = LOAD(weights + LANES);
  const reals gamma = LOAD(weights + 2 * LANES);
  const reals phi = LOAD(weights + 3 * LANES);
  const reals count = LOAD(counts);
  const reals zero = {};
  const reals one = zero + 1;
  reals level = LOAD(state);
  reals slope = LOAD(state + LANES);
  reals squares = {};
  reals mantissa = one;
  integers exponent = {};
  reals step = {};
  double *const terms = state + 2 * LANES;
  ptrdiff_t place = 0;
  for (ptrdiff_t t = 0; t < steps; t++) {
    const reals value = LOAD(y + t * LANES);
    double *const seasonal = terms + place * LANES;
    const reals term = LOAD(seasonal);
    const integers counted = step < count;
    const reals damped = phi * slope;
    const reals base = level + damped;
    const reals forecast = multiplicative_season ? base * term : base + term;
    reals error = value - forecast;
    if (multiplicative_error) {
      const reals size = MAGNITUDE(forecast);
      error /= SELECT(size < 1e-10, forecast + 1e-10, forecast);
      const reals positive = SELECT(size > zero, size, zero + 1e-8);
      const reals factor = SELECT(counted, positive, one);
      multiply(&mantissa, &exponent, &factor);
    }
    squares += SELECT(counted, error * error, zero);
    reals adjusted = value - term;
    reals latest = value - base;
    if (multiplicative_season) {
      divide(&adjusted, &value, &term);
      divide(&latest, &value, &base);
    }
    const reals next = base + alpha * (adjusted - base);
    slope = damped + ratio * (next - level - damped);
    level = next;
    STORE(seasonal, term + gamma * (latest - term));
    step += one;
    place = place + 1 == season ? 0 : place + 1;
  }
  STORE(state, level);
  STORE(state + LANES, slope);
  STORE(sums, squares);
  for (ptrdiff_t lane = 0; lane < LANES; lane++) {
    sums[LANES + lane] = multiplicative_error
                             ? log(mantissa[lane]) + 0.693147180559945309417 * (double)exponent[lane]
                             : 0;
  }
}

FS_KERNEL void fs_exponential_smoothing(const double *y, ptrdiff_t steps, const double *counts,
                                        const double *weights, double *state, double *sums,
                                        const fs_smoothing_form *form) {
  const ptrdiff_t season = form->season;
  if (form->multiplicative_season) {
    smooth(y, steps, counts, weights, state, sums, season, form->multiplicative_error, 1);
  } else if (form->multiplicative_error) {
    smooth(y, steps, counts, weights, state, sums, season, 1, 0);
  } else {
    smooth(y, steps, counts, weights, state, sums, season, 0, 0);
  }
}
