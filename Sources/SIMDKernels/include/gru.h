// One time step of a gated recurrent unit.
//
//   r, z = sigmoid(a_r), sigmoid(a_z);   n = tanh(a_nx + r * a_nh)
//   h = (1 - z) * n + z * h_prev
//
// Cho et al. 2014 in the form of PyTorch's nn.GRU (and cuDNN's), which applies r after the product:
// a_nh = W_hn h + b_hn. The gates r and z are joint, and n is split. h is the only state. The kept
// values are r, z, n and a_nh. The memory is described in recurrent.h.
#ifndef FORESIGHT_GRU_H
#define FORESIGHT_GRU_H

#include "recurrent.h"

void fs_gru_forward(fs_scalar type, const fs_recurrent_step *step);
void fs_gru_backward(fs_scalar type, const fs_recurrent_backward_step *step);

#endif
