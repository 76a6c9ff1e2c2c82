// The kernels by element type and function. The contracts are in kernel_table.h.
#include "kernel_table.h"

#include "arithmetic.h"
#include "dispatch.h"
#include "elementwise.h"
#include "layout.h"
#include "likelihoods.h"
#include "normalization.h"
#include "packed_gemm.h"
#include "pooling.h"
#include "reductions.h"
#include "softmax.h"

void fs_unary(fs_scalar type, fs_unary_function function, const void *x, void *y, ptrdiff_t n) {
  switch (function) {
  case FS_EXP:
    FS_CALL(type, exp, x, y, n);
    break;
  case FS_LOG:
    FS_CALL(type, log, x, y, n);
    break;
  case FS_SQRT:
    FS_CALL(type, sqrt, x, y, n);
    break;
  case FS_TANH:
    FS_CALL(type, tanh, x, y, n);
    break;
  case FS_SIGMOID:
    FS_CALL(type, sigmoid, x, y, n);
    break;
  case FS_RELU:
    FS_CALL(type, relu, x, y, n);
    break;
  case FS_SOFTPLUS:
    FS_CALL(type, softplus, x, y, n);
    break;
  case FS_NEGATE:
    FS_CALL(type, negate, x, y, n);
    break;
  case FS_ABS:
    FS_CALL(type, abs, x, y, n);
    break;
  case FS_SIGN:
    FS_CALL(type, sign, x, y, n);
    break;
  case FS_SQUARE:
    FS_CALL(type, square, x, y, n);
    break;
  case FS_RECIPROCAL:
    FS_CALL(type, reciprocal, x, y, n);
    break;
  case FS_SIN:
    FS_CALL(type, sin, x, y, n);
    break;
  case FS_COS:
    FS_CALL(type, cos, x, y, n);
    break;
  case FS_FLOOR:
    FS_CALL(type, floor, x, y, n);
    break;
  }
}

void fs_unary_backward(fs_scalar type, fs_unary_backward_function function, const void *y,
                       const void *dy, void *dx, ptrdiff_t n) {
  switch (function) {
  case FS_TANH_BACKWARD:
    FS_CALL(type, tanh_backward, y, dy, dx, n);
    break;
  case FS_SIGMOID_BACKWARD:
    FS_CALL(type, sigmoid_backward, y, dy, dx, n);
    break;
  case FS_RELU_BACKWARD:
    FS_CALL(type, relu_backward, y, dy, dx, n);
    break;
  }
}

// The three forms of a function of two variables.
#define FORMS(name)                                \
  switch (form) {                                  \
  case FS_VECTOR_VECTOR:                           \
    FS_CALL(type, name##_vv, a, b, z, n);          \
    break;                                         \
  case FS_VECTOR_SCALAR:                           \
    FS_CALL(type, name##_vs, a, b, z, n);          \
    break;                                         \
  case FS_SCALAR_VECTOR:                           \
    FS_CALL(type, name##_sv, a, b, z, n);          \
    break;                                         \
  }

void fs_binary(fs_scalar type, fs_binary_function function, fs_operand_form form, const void *a,
               const void *b, void *z, ptrdiff_t n) {
  switch (function) {
  case FS_ADD:
    FORMS(add)
    break;
  case FS_SUBTRACT:
    FORMS(subtract)
    break;
  case FS_MULTIPLY:
    FORMS(multiply)
    break;
  case FS_DIVIDE:
    FORMS(divide)
    break;
  case FS_MAXIMUM:
    FORMS(maximum)
    break;
  case FS_MINIMUM:
    FORMS(minimum)
    break;
  case FS_POWER:
    FORMS(power)
    break;
  case FS_EQUAL:
    FORMS(equal)
    break;
  case FS_NOT_EQUAL:
    FORMS(not_equal)
    break;
  case FS_LESS:
    FORMS(less)
    break;
  case FS_LESS_EQUAL:
    FORMS(less_equal)
    break;
  }
}

void fs_select(fs_scalar type, const void *mask, const void *a, const void *b, void *z,
               ptrdiff_t n) {
  FS_CALL(type, select, mask, a, b, z, n);
}

void fs_fill(fs_scalar type, const void *value, void *y, ptrdiff_t n) {
  if (type == FS_FLOAT) {
    fs_fill_f32(*(const float *)value, y, n);
  } else {
    fs_fill_f64(*(const double *)value, y, n);
  }
}

void fs_axpy(fs_scalar type, const void *alpha, const void *x, void *y, ptrdiff_t n) {
  if (type == FS_FLOAT) {
    fs_axpy_f32(*(const float *)alpha, x, y, n);
  } else {
    fs_axpy_f64(*(const double *)alpha, x, y, n);
  }
}

void fs_scale_shift(fs_scalar type, const void *alpha, const void *beta, const void *x, void *y,
                    ptrdiff_t n) {
  if (type == FS_FLOAT) {
    fs_scale_shift_f32(*(const float *)alpha, *(const float *)beta, x, y, n);
  } else {
    fs_scale_shift_f64(*(const double *)alpha, *(const double *)beta, x, y, n);
  }
}

void fs_bias_activation(fs_scalar type, const void *bias, void *z, ptrdiff_t rows,
                        ptrdiff_t columns, int activation) {
  FS_CALL(type, bias_activation, bias, z, rows, columns, activation);
}

void fs_reduce(fs_scalar type, fs_reduction reduction, const void *x, void *y, ptrdiff_t outer,
               ptrdiff_t count, ptrdiff_t inner) {
  switch (reduction) {
  case FS_SUM:
    FS_CALL(type, reduce_sum, x, y, outer, count, inner);
    break;
  case FS_PRODUCT:
    FS_CALL(type, reduce_product, x, y, outer, count, inner);
    break;
  case FS_MAX:
    FS_CALL(type, reduce_max, x, y, outer, count, inner);
    break;
  case FS_MIN:
    FS_CALL(type, reduce_min, x, y, outer, count, inner);
    break;
  }
}

void fs_argmax(fs_scalar type, const void *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,
               ptrdiff_t inner) {
  FS_CALL(type, argmax, x, y, outer, count, inner);
}

void fs_argmin(fs_scalar type, const void *x, ptrdiff_t *y, ptrdiff_t outer, ptrdiff_t count,
               ptrdiff_t inner) {
  FS_CALL(type, argmin, x, y, outer, count, inner);
}

double fs_dot(fs_scalar type, const void *x, const void *y, ptrdiff_t n) {
  return type == FS_FLOAT ? fs_dot_f32(x, y, n) : fs_dot_f64(x, y, n);
}

void fs_cumulative_sum(fs_scalar type, const void *x, void *y, ptrdiff_t outer, ptrdiff_t count,
                       ptrdiff_t inner) {
  FS_CALL(type, cumulative_sum, x, y, outer, count, inner);
}

void fs_softmax(fs_scalar type, const void *x, void *y, ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, softmax, x, y, rows, columns);
}

void fs_softmax_backward(fs_scalar type, const void *y, const void *dy, void *dx, ptrdiff_t rows,
                         ptrdiff_t columns) {
  FS_CALL(type, softmax_backward, y, dy, dx, rows, columns);
}

void fs_log_softmax(fs_scalar type, const void *x, void *y, ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, log_softmax, x, y, rows, columns);
}

void fs_log_softmax_backward(fs_scalar type, const void *y, const void *dy, void *dx,
                             ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, log_softmax_backward, y, dy, dx, rows, columns);
}

void fs_attention_weights(fs_scalar type, void *x, double scale, const void *ignored, int causal,
                          ptrdiff_t first, ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, attention_weights, x, scale, ignored, causal, first, rows, columns);
}

void fs_layer_norm(fs_scalar type, const void *x, const void *weight, const void *bias,
                   double epsilon, void *y, void *statistics, ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, layer_norm, x, weight, bias, epsilon, y, statistics, rows, columns);
}

void fs_layer_norm_backward(fs_scalar type, const void *x, const void *weight,
                            const void *statistics, const void *dy, void *dx, void *d_weight,
                            void *d_bias, ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, layer_norm_backward, x, weight, statistics, dy, dx, d_weight, d_bias, rows,
          columns);
}

void fs_column_moments(fs_scalar type, const void *x, double *mean, double *squares,
                       ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, column_moments, x, mean, squares, rows, columns);
}

void fs_normalize_columns(fs_scalar type, const void *x, const void *mean, const void *scale,
                          const void *bias, void *y, ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, normalize_columns, x, mean, scale, bias, y, rows, columns);
}

void fs_column_slopes(fs_scalar type, const void *x, const void *mean, const void *factor,
                      const void *dy, double *d_scale, double *d_bias, ptrdiff_t rows,
                      ptrdiff_t columns) {
  FS_CALL(type, column_slopes, x, mean, factor, dy, d_scale, d_bias, rows, columns);
}

void fs_column_gradients(fs_scalar type, const void *x, const void *mean, const void *scale,
                         const void *dy, const void *shift, const void *slope, void *dx,
                         ptrdiff_t rows, ptrdiff_t columns) {
  FS_CALL(type, column_gradients, x, mean, scale, dy, shift, slope, dx, rows, columns);
}

void fs_max_pool(fs_scalar type, const void *x, void *y, const fs_pool_extents *extents) {
  FS_CALL(type, max_pool, x, y, extents);
}

void fs_max_pool_backward(fs_scalar type, const void *x, const void *y, const void *dy, void *dx,
                          const fs_pool_extents *extents) {
  FS_CALL(type, max_pool_backward, x, y, dy, dx, extents);
}

void fs_average_pool(fs_scalar type, const void *x, void *y, int counts_padding,
                     const fs_pool_extents *extents) {
  FS_CALL(type, average_pool, x, y, counts_padding, extents);
}

void fs_average_pool_backward(fs_scalar type, const void *dy, void *dx, int counts_padding,
                              const fs_pool_extents *extents) {
  FS_CALL(type, average_pool_backward, dy, dx, counts_padding, extents);
}

void fs_tweedie_loss(fs_scalar type, const void *eta, const void *y, const void *w, double power,
                     void *loss, void *slope, ptrdiff_t n) {
  FS_CALL(type, tweedie_loss, eta, y, w, power, loss, slope, n);
}

void fs_transpose(fs_scalar type, const void *x, void *y, ptrdiff_t batch, ptrdiff_t rows,
                  ptrdiff_t columns) {
  FS_CALL(type, transpose, x, y, batch, rows, columns);
}

void fs_gather_strided(fs_scalar type, const void *x, const ptrdiff_t *strides,
                       const ptrdiff_t *shape, int rank, void *y) {
  FS_CALL(type, gather_strided, x, strides, shape, rank, y);
}

void fs_scatter_strided(fs_scalar type, const void *x, const ptrdiff_t *strides,
                        const ptrdiff_t *shape, int rank, int accumulate, void *y) {
  FS_CALL(type, scatter_strided, x, strides, shape, rank, accumulate, y);
}

ptrdiff_t fs_packed_count(fs_scalar type, ptrdiff_t K, ptrdiff_t N) {
  return type == FS_FLOAT ? fs_packed_count_f32(K, N) : fs_packed_count_f64(K, N);
}

void fs_pack(fs_scalar type, const void *b, ptrdiff_t stride, int transposed, ptrdiff_t K,
             ptrdiff_t N, void *packed, ptrdiff_t first, ptrdiff_t column, ptrdiff_t depth) {
  FS_CALL(type, pack, b, stride, transposed, K, N, packed, first, column, depth);
}

void fs_copy_rows(fs_scalar type, const void *a, ptrdiff_t stride, int transposed, ptrdiff_t M,
                  ptrdiff_t K, void *rows, ptrdiff_t rows_stride) {
  FS_CALL(type, copy_rows, a, stride, transposed, M, K, rows, rows_stride);
}

void fs_packed_gemm(fs_scalar type, const void *a, ptrdiff_t a_stride, const void *packed,
                    const void *bias, int accumulate, void *c, ptrdiff_t c_stride, ptrdiff_t M,
                    ptrdiff_t N, ptrdiff_t K) {
  FS_CALL(type, packed_gemm, a, a_stride, packed, bias, accumulate, c, c_stride, M, N, K);
}

void fs_packed_gemm_of_pieces(fs_scalar type, const void *a, const fs_pieces *rows,
                              const void *packed, const void *bias, int accumulate, void *c,
                              ptrdiff_t c_stride, ptrdiff_t M, ptrdiff_t N) {
  FS_CALL(type, packed_gemm_of_pieces, a, rows, packed, bias, accumulate, c, c_stride, M, N);
}

void fs_adam(fs_scalar type, void *theta, const void *g, void *m, void *v, ptrdiff_t n,
             const fs_adam_parameters *parameters) {
  FS_CALL(type, adam, theta, g, m, v, n, parameters);
}

void fs_sgd(fs_scalar type, void *theta, const void *g, void *velocity, ptrdiff_t n,
            const fs_sgd_parameters *parameters) {
  FS_CALL(type, sgd, theta, g, velocity, n, parameters);
}
