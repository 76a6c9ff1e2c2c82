// The time step of a recurrent layer: the memory that the kernels of all cells share.
//
// A cell has gates of two kinds. A joint gate has one sum for each hidden unit,
// W_h h + W_x x + b_h + b_x. A split gate has two, W_h h + b_h and W_x x + b_x, which the cell combines
// itself. In parameters the joint gates come first. In rows of sums, the joint gates come first, then
// the split gates' sums of h, then their sums of x.
//
// Extents: B rows (batch), H hidden units, K elements of a row [h | x]. All arrays have elements of the
// type that a kernel is called with.
#ifndef FORESIGHT_RECURRENT_H
#define FORESIGHT_RECURRENT_H

#include <stddef.h>

#include "scalar.h"

// A step forward.
typedef struct {
  ptrdiff_t B, H, K;
  // [h | x], [B, K], with a row stride.
  const void *rows;
  ptrdiff_t rows_stride;
  // Three parts, one behind another, each as fs_recurrent_pack leaves it: the joint gates' weights of
  // [h | x], the split gates' of h, and the split gates' of x. So are the biases.
  const void *weights, *bias;
  // Out what the way back needs, a cell's number of elements for each unit, [B, count * H] with a row
  // stride; NULL if it is not wanted.
  void *kept;
  ptrdiff_t kept_stride;
  // The hidden state before the step, [B, H] with a row stride. It differs from that in rows where a
  // mask is applied to the latter. Only cells that use it outside of their sums read it.
  const void *h_prev;
  ptrdiff_t h_prev_stride;
  // The cell's other states before and after the step, each [B, H]. They may be the same array.
  const void *states_prev;
  void *states;
  // Out the hidden state, [B, H] with a row stride. It must not overlap rows.
  void *h;
  ptrdiff_t h_stride;
  // 1 to compute the last units first, 0 the first. The result is the same.
  int reversed;
} fs_recurrent_step;

// A step back, up to the gradients of the sums.
typedef struct {
  ptrdiff_t B, H;
  // As forward left it.
  const void *kept;
  ptrdiff_t kept_stride;
  // Out the gradients of the sums, [B, count * H] with a row stride. They may be the same array as kept
  // if the strides are equal.
  void *d_sums;
  ptrdiff_t d_sums_stride;
  // As in the step forward.
  const void *h_prev;
  ptrdiff_t h_prev_stride;
  const void *states_prev, *states;
  // In the gradient of h from the step after, [B, H]. A cell that reads h_prev outside of its sums
  // leaves the part of its gradient that does not come through the sums.
  void *dh;
  // The gradient of h from above, [B, H] with a row stride; NULL for none.
  const void *dy;
  ptrdiff_t dy_stride;
  // In the gradients of the states from the step after, out those of states_prev.
  void *d_states;
} fs_recurrent_backward_step;

// Packs W [gates * H, K], with a row stride, as rows first ... first + K - 1 of a packed
// [depth, gates * H], whose columns are in the order in which a step computes them. A bias is a W
// [gates * H, 1]. The numbers of elements are those of fs_packed_count.
void fs_recurrent_pack(fs_scalar type, const void *weight, ptrdiff_t stride, ptrdiff_t H,
                       ptrdiff_t K, ptrdiff_t gates, void *packed, ptrdiff_t first,
                       ptrdiff_t depth);

#endif
