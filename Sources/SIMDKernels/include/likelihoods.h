// Losses that are negative log-likelihoods: the loss of each element and its derivative, in one
// pass.
#ifndef FORESIGHT_LIKELIHOODS_H
#define FORESIGHT_LIKELIHOODS_H

#include <stddef.h>

// The Tweedie loss of targets y and means mu = exp(eta), for a power p between 1 and 2:
//
//     loss[i]  = w[i] * (-y[i] * mu^(1 - p) / (1 - p) + mu^(2 - p) / (2 - p))
//     slope[i] = w[i] * (mu^(2 - p) - y[i] * mu^(1 - p)), the derivative with respect to eta[i]
//
// w may be NULL for ones. An element with weight 0 has loss 0 and slope 0, even if the loss would
// be NaN.
#define FS_DECLARE_TWEEDIE(suffix, real)                                                         \
  void fs_tweedie_loss_##suffix(const real *eta, const real *y, const real *w, double power,     \
                                real *loss, real *slope, ptrdiff_t n);

FS_DECLARE_TWEEDIE(f32, float)
FS_DECLARE_TWEEDIE(f64, double)

#endif
