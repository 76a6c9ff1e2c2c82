// The likelihood of many exponential smoothing models at once: one model in each lane, over the steps
// of its own series (Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing,
// table 2.2 and section 5.1).
#ifndef FORESIGHT_EXPONENTIAL_SMOOTHING_H
#define FORESIGHT_EXPONENTIAL_SMOOTHING_H

#include <stddef.h>

// The number of lanes, L.
#define FS_SMOOTHING_LANES 16

typedef struct {
  ptrdiff_t season;          // m >= 1; a model without a season has seasonal terms of 0, and gamma 0
  int multiplicative_error;  // 1: errors relative to the forecast
  int multiplicative_season; // 1: seasonal factors
} fs_smoothing_form;

// With l the level, b the slope, s the seasonal term of the step, for y of each step t < steps:
//
//   q = l + phi b;  f = q + s (or q s);  e = y - f (or (y - f) / f)
//   l' = q + alpha (y - s - q)  (or y / s);  b' = phi b + ratio (l' - l - phi b)
//   s' = s + gamma (y - q - s)  (or y / q)
//
// A divisor closer to 0 than 1e-10 counts as 1e-10 in e; elsewhere its quotient counts as 1e10.
//
// y: [steps, L]; counts: [L], the steps that count in the sums of a lane;
// weights: [4, L], alpha, ratio = beta / alpha, gamma, phi;
// state: [2 + m, L], l, b, and the seasonal terms of steps 0 ..< m; then those after all steps, where
//   row 2 + i has the latest term of the steps that are i modulo m;
// sums: [2, L], the sum of e^2, and with a multiplicative error that of log |f| (else 0), over the
//   steps of the lane. An f of 0 counts as 1e-8 in the latter.
void fs_exponential_smoothing(const double *y, ptrdiff_t steps, const double *counts,
                              const double *weights, double *state, double *sums,
                              const fs_smoothing_form *form);

#endif
