// The updates of AdaGrad (Duchi, Hazan & Singer 2011), Adam (Kingma & Ba 2015), AdamW (Loshchilov &
// Hutter 2019) and SGD with momentum, in place and in one pass, as PyTorch's torch.optim defines them.
#ifndef FORESIGHT_OPTIMIZERS_H
#define FORESIGHT_OPTIMIZERS_H

#include <stddef.h>

typedef struct {
  double learning_rate;
  double beta1;
  double beta2;
  double epsilon;
  double weight_decay;        // L2: added to the gradient; decoupled: theta *= 1 - lr * decay first
  int decoupled_weight_decay; // 0: Adam, 1: AdamW
  double correction1;         // 1 - beta1^t
  double correction2;         // 1 - beta2^t
} fs_adam_parameters;

// m = beta1 m + (1 - beta1) g;  v = beta2 v + (1 - beta2) g^2
// theta -= lr / correction1 * m / (sqrt(v) / sqrt(correction2) + epsilon)
void fs_adam_f32(float *theta, const float *g, float *m, float *v, ptrdiff_t n,
                 const fs_adam_parameters *parameters);
void fs_adam_f64(double *theta, const double *g, double *m, double *v, ptrdiff_t n,
                 const fs_adam_parameters *parameters);

// sum += g^2;  theta -= learning_rate * g / (sqrt(sum) + epsilon)
void fs_adagrad_f32(float *theta, const float *g, float *sum, ptrdiff_t n, double learning_rate,
                    double epsilon);
void fs_adagrad_f64(double *theta, const double *g, double *sum, ptrdiff_t n, double learning_rate,
                    double epsilon);

typedef struct {
  double learning_rate;
  double momentum;
  double weight_decay;
  int nesterov;
  int first_step; // 1: the velocity is initialized with the gradient
} fs_sgd_parameters;

// g += decay * theta;  v = first_step ? g : momentum v + g;  d = nesterov ? g + momentum v : v
// theta -= lr * d. velocity may be NULL if momentum is 0 (d = g).
void fs_sgd_f32(float *theta, const float *g, float *velocity, ptrdiff_t n,
                const fs_sgd_parameters *parameters);
void fs_sgd_f64(double *theta, const double *g, double *velocity, ptrdiff_t n,
                const fs_sgd_parameters *parameters);

#endif
