// The updates of the optimizers. The formulas are in optimizers.h.
#ifndef REAL
#include "optimizers.h"

#define FS_TEMPLATE "optimizers.c"
#include "real_types.h"

#else

FS_KERNEL void KERNEL(adam)(REAL *theta, const REAL *g, REAL *m, REAL *v, ptrdiff_t n,
                            const fs_adam_parameters *parameters) {
  // Factors that do not depend on the element are computed in double and rounded once.
  const fs_adam_parameters p = *parameters;
  const REAL beta1 = (REAL)p.beta1;
  const REAL beta2 = (REAL)p.beta2;
  const REAL rest1 = (REAL)(1 - p.beta1);
  const REAL rest2 = (REAL)(1 - p.beta2);
  const REAL epsilon = (REAL)p.epsilon;
  const REAL step = (REAL)(p.learning_rate / p.correction1);
  const REAL root_scale = (REAL)(1 / sqrt(p.correction2));
  const REAL shrink = (REAL)(p.decoupled_weight_decay ? 1 - p.learning_rate * p.weight_decay : 1);
  const REAL l2 = (REAL)(p.decoupled_weight_decay ? 0 : p.weight_decay);
  FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) {
    const REAL gradient = g[i] + l2 * theta[i];
    const REAL mean = beta1 * m[i] + rest1 * gradient;
    const REAL variance = beta2 * v[i] + rest2 * gradient * gradient;
    const REAL root = __builtin_elementwise_sqrt(variance) * root_scale;
    m[i] = mean;
    v[i] = variance;
    theta[i] = shrink * theta[i] - step * mean / (root + epsilon);
  }
}

FS_KERNEL void KERNEL(adagrad)(REAL *theta, const REAL *g, REAL *sum, ptrdiff_t n,
                               double learning_rate, double epsilon) {
  const REAL rate = (REAL)learning_rate;
  const REAL floor = (REAL)epsilon;
  FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) {
    const REAL total = sum[i] + g[i] * g[i];
    sum[i] = total;
    theta[i] -= rate * g[i] / (__builtin_elementwise_sqrt(total) + floor);
  }
}

FS_KERNEL void KERNEL(sgd)(REAL *theta, const REAL *g, REAL *velocity, ptrdiff_t n,
                           const fs_sgd_parameters *parameters) {
  const REAL rate = (REAL)parameters->learning_rate;
  const REAL decay = (REAL)parameters->weight_decay;
  if (parameters->momentum == 0) {
    FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) {
      theta[i] -= rate * (g[i] + decay * theta[i]);
    }
    return;
  }
  const int first = parameters->first_step;
  const int nesterov = parameters->nesterov;
  const REAL momentum = (REAL)parameters->momentum;
  FS_INDEPENDENT for (ptrdiff_t i = 0; i < n; i++) {
    const REAL gradient = g[i] + decay * theta[i];
    const REAL v = first ? gradient : momentum * velocity[i] + gradient;
    velocity[i] = v;
    theta[i] -= rate * (nesterov ? gradient + momentum * v : v);
  }
}

#endif
