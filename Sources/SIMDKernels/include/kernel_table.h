// The kernels by element type and function, for callers that have both only as values.
//
// Each function calls the kernel of the same name with the suffix of the type. The contracts are
// those of the other headers. The elements of arrays, and the numbers behind alpha, beta and value,
// have the given type.
#ifndef FORESIGHT_KERNEL_TABLE_H
#define FORESIGHT_KERNEL_TABLE_H

#include <stddef.h>

#include "optimizers.h"
#include "packed_gemm.h"
#include "pooling.h"
#include "scalar.h"

typedef enum {
  FS_EXP,
  FS_LOG,
  FS_SQRT,
  FS_TANH,
  FS_SIGMOID,
  FS_RELU,
  FS_SOFTPLUS,
  FS_NEGATE,
  FS_ABS,
  FS_SIGN,
  FS_SQUARE,
  FS_RECIPROCAL,
  FS_SIN,
  FS_COS,
  FS_FLOOR,
} fs_unary_function;

void fs_unary(fs_scalar type, fs_unary_function function, const void *x, void *y, ptrdiff_t n);

// The functions whose derivative is computed from their result.
typedef enum { FS_TANH_BACKWARD, FS_SIGMOID_BACKWARD, FS_RELU_BACKWARD } fs_unary_backward_function;

void fs_unary_backward(fs_scalar type, fs_unary_backward_function function, const void *y,
                       const void *dy, void *dx, ptrdiff_t n);

typedef enum {
  FS_ADD,
  FS_SUBTRACT,
  FS_MULTIPLY,
  FS_DIVIDE,
  FS_MAXIMUM,
  FS_MINIMUM,
  FS_POWER,
  FS_EQUAL,
  FS_NOT_EQUAL,
  FS_LESS,
  FS_LESS_EQUAL,
} fs_binary_function;

typedef enum { FS_VECTOR_VECTOR, FS_VECTOR_SCALAR, FS_SCALAR_VECTOR } fs_operand_form;

void fs_binary(fs_scalar type, fs_binary_function function, fs_operand_form form, const void *a,
               const void *b, void *z, ptrdiff_t n);

void fs_select(fs_scalar type, const void *mask, const void *a, const void *b, void *z,
               ptrdiff_t n);
void fs_fill(fs_scalar type, const void *value, void *y, ptrdiff_t n);
void fs_axpy(fs_scalar type, const void *alpha, const void *x, void *y, ptrdiff_t n);
void fs_scale_shift(fs_scalar type, const void *alpha, const void *beta, const void *x, void *y,
                    ptrdiff_t n);
void fs_bias_activation(fs_scalar type, const void *bias, void *z, ptrdiff_t rows,
                        ptrdiff_t columns, int activation);

typedef enum { FS_SUM, FS_PRODUCT, FS_MAX, FS_MIN } fs_reduction;

void fs_reduce(fs_scalar type, fs_reduction reduction, const void *x, void *y, ptrdiff_t outer,
               ptrdiff_t count, ptrdiff_t inner);
void fs_argmax(fs_scalar type, const void *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,
               ptrdiff_t inner);
void fs_argmin(fs_scalar type, const void *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,
               ptrdiff_t inner);
double fs_dot(fs_scalar type, const void *x, const void *y, ptrdiff_t n);
void fs_cumulative_sum(fs_scalar type, const void *x, void *y, ptrdiff_t outer, ptrdiff_t count,
                       ptrdiff_t inner);

void fs_softmax(fs_scalar type, const void *x, void *y, ptrdiff_t rows, ptrdiff_t columns);
void fs_softmax_backward(fs_scalar type, const void *y, const void *dy, void *dx, ptrdiff_t rows,
                         ptrdiff_t columns);
void fs_log_softmax(fs_scalar type, const void *x, void *y, ptrdiff_t rows, ptrdiff_t columns);
void fs_log_softmax_backward(fs_scalar type, const void *y, const void *dy, void *dx,
                             ptrdiff_t rows, ptrdiff_t columns);

void fs_attention_weights(fs_scalar type, void *x, double scale, const void *ignored, int causal,
                          ptrdiff_t first, ptrdiff_t rows, ptrdiff_t columns);

void fs_layer_norm(fs_scalar type, const void *x, const void *weight, const void *bias,
                   double epsilon, void *y, void *statistics, ptrdiff_t rows, ptrdiff_t columns);
void fs_layer_norm_backward(fs_scalar type, const void *x, const void *weight,
                            const void *statistics, const void *dy, void *dx, void *d_weight,
                            void *d_bias, ptrdiff_t rows, ptrdiff_t columns);

void fs_column_moments(fs_scalar type, const void *x, double *mean, double *squares,
                       ptrdiff_t rows, ptrdiff_t columns);
void fs_normalize_columns(fs_scalar type, const void *x, const void *mean, const void *scale,
                          const void *bias, void *y, ptrdiff_t rows, ptrdiff_t columns);
void fs_column_slopes(fs_scalar type, const void *x, const void *mean, const void *factor,
                      const void *dy, double *d_scale, double *d_bias, ptrdiff_t rows,
                      ptrdiff_t columns);
void fs_column_gradients(fs_scalar type, const void *x, const void *mean, const void *scale,
                         const void *dy, const void *shift, const void *slope, void *dx,
                         ptrdiff_t rows, ptrdiff_t columns);

void fs_max_pool(fs_scalar type, const void *x, void *y, const fs_pool_extents *extents);
void fs_max_pool_backward(fs_scalar type, const void *x, const void *y, const void *dy, void *dx,
                          const fs_pool_extents *extents);
void fs_average_pool(fs_scalar type, const void *x, void *y, int counts_padding,
                     const fs_pool_extents *extents);
void fs_average_pool_backward(fs_scalar type, const void *dy, void *dx, int counts_padding,
                              const fs_pool_extents *extents);

void fs_tweedie_loss(fs_scalar type, const void *eta, const void *y, const void *w, double power,
                     void *loss, void *slope, ptrdiff_t n);

void fs_transpose(fs_scalar type, const void *x, void *y, ptrdiff_t batch, ptrdiff_t rows,
                  ptrdiff_t columns);
void fs_gather_strided(fs_scalar type, const void *x, const ptrdiff_t *strides,
                       const ptrdiff_t *shape, int rank, void *y);
void fs_scatter_strided(fs_scalar type, const void *x, const ptrdiff_t *strides,
                        const ptrdiff_t *shape, int rank, int accumulate, void *y);

ptrdiff_t fs_packed_count(fs_scalar type, ptrdiff_t K, ptrdiff_t N);
void fs_pack(fs_scalar type, const void *b, ptrdiff_t stride, int transposed, ptrdiff_t K,
             ptrdiff_t N, void *packed, ptrdiff_t first, ptrdiff_t column, ptrdiff_t depth);
void fs_copy_rows(fs_scalar type, const void *a, ptrdiff_t stride, int transposed, ptrdiff_t M,
                  ptrdiff_t K, void *rows, ptrdiff_t rows_stride);
void fs_packed_gemm(fs_scalar type, const void *a, ptrdiff_t a_stride, const void *packed,
                    const void *bias, int accumulate, void *c, ptrdiff_t c_stride, ptrdiff_t M,
                    ptrdiff_t N, ptrdiff_t K);
void fs_packed_gemm_of_pieces(fs_scalar type, const void *a, const fs_pieces *rows,
                              const void *packed, const void *bias, int accumulate, void *c,
                              ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N);

void fs_adam(fs_scalar type, void *theta, const void *g, void *m, void *v, ptrdiff_t n,
             const fs_adam_parameters *parameters);
void fs_sgd(fs_scalar type, void *theta, const void *g, void *velocity, ptrdiff_t n,
            const fs_sgd_parameters *parameters);

#endif
