// The time step of a recurrent layer: the memory that the kernels of all cells share.
//
// A cell has two kinds of gates. A joint gate has one sum for each hidden unit, W_h h + W_x x + b_h
// + b_x. A split gate has two sums, W_h h + b_h and W_x x + b_x, which the cell itself combines. In
// the parameters, the joint gates come first. In rows of sums, the joint gates come first, followed
// by the split gates' sums over h and then their sums over x.
//
// Extents: B rows (batch), H hidden units, K elements of a row [h | x]. All arrays have elements of
// the type that is passed to the kernel.
#ifndef FORESIGHT_RECURRENT_H
#define FORESIGHT_RECURRENT_H

#include <stddef.h>

#include "scalar.h"

// A forward step.
typedef struct {
  ptrdiff_t B, H, K;
  // The rows [h | x], [B, K], with a row stride.
  const void *rows;
  ptrdiff_t rows_stride;
  // Three consecutive parts, each packed by fs_recurrent_pack: the joint gates' weights for
  // [h | x], the split gates' for h, and the split gates' for x. The biases have the same parts.
  const void *weights, *bias;
  // Output: the values that the backward step needs, a fixed number of elements for each unit,
  // [B, count * H] with a row stride; NULL if they are not wanted.
  void *kept;
  ptrdiff_t kept_stride;
  // The hidden state before the step, [B, H] with a row stride. It differs from the state in rows
  // if a mask is applied to the latter. Only cells that use it outside of their sums read it.
  const void *h_prev;
  ptrdiff_t h_prev_stride;
  // The cell's other states before and after the step, each [B, H]. They may be the same array.
  const void *states_prev;
  void *states;
  // Output: the hidden state, [B, H] with a row stride. It must not overlap rows.
  void *h;
  ptrdiff_t h_stride;
  // 1 to compute the last units first, 0 to compute the first units first. The result is the same.
  int reversed;
} fs_recurrent_step;

// A backward step, up to the gradients of the sums.
typedef struct {
  ptrdiff_t B, H;
  // The values that the forward step kept.
  const void *kept;
  ptrdiff_t kept_stride;
  // Output: the gradients of the sums, [B, count * H] with a row stride. They may be the same array
  // as kept if the strides are equal.
  void *d_sums;
  ptrdiff_t d_sums_stride;
  // As in the forward step.
  const void *h_prev;
  ptrdiff_t h_prev_stride;
  const void *states_prev, *states;
  // Input: the gradient of h from the next step, [B, H]. A cell that reads h_prev outside of its
  // sums leaves here the part of h_prev's gradient that does not pass through the sums.
  void *dh;
  // The gradient of h from the output, [B, H] with a row stride; NULL for none.
  const void *dy;
  ptrdiff_t dy_stride;
  // Input: the gradients of the states from the next step. Output: the gradients of states_prev.
  void *d_states;
} fs_recurrent_backward_step;

// Packs W [gates * H, K], with a row stride, as rows first ... first + K - 1 of a packed
// [depth, gates * H], whose columns are in the order in which a step computes them. A bias is a W
// [gates * H, 1]. fs_packed_count returns the number of elements.
void fs_recurrent_pack(fs_scalar type, const void *weight, ptrdiff_t stride, ptrdiff_t H,
                       ptrdiff_t K, ptrdiff_t gates, void *packed, ptrdiff_t first,
                       ptrdiff_t depth);

#endif
