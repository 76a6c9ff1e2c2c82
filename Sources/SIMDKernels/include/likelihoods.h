// Losses that are negative logarithms of a likelihood: the loss of each element and its derivative, in
// one pass.
#ifndef FORESIGHT_LIKELIHOODS_H
#define FORESIGHT_LIKELIHOODS_H

#include <stddef.h>

// The Tweedie loss of targets y against means mu = exp(eta), for a power p between 1 and 2:
//
//     loss[i]  = w[i] * (-y[i] * mu^(1 - p) / (1 - p) + mu^(2 - p) / (2 - p))
//     slope[i] = w[i] * (mu^(2 - p) - y[i] * mu^(1 - p)), the derivative in eta[i]
//
// w may be null, for ones. An element of weight 0 has the loss 0 and the slope 0, even where it is NaN.
#define FS_DECLARE_TWEEDIE(suffix, real)                                                         \
  void fs_tweedie_loss_##suffix(const real *eta, const real *y, const real *w, double power,     \
                                real *loss, real *slope, ptrdiff_t n);

FS_DECLARE_TWEEDIE(f32, float)
FS_DECLARE_TWEEDIE(f64, double)

#endif
