// The accelerated kernels of Foresight, with one header and one source file per family.
//
// Conventions for all kernels:
// - A kernel exists for float and for double. It takes the type as an argument, or its name has a
//   suffix, _f32 or _f64.
// - Arrays are dense and row-major. Extents are ptrdiff_t and may be 0.
// - An output may be the same array as an input of the same extent, but must not overlap it partly.
// - The order in which a kernel adds depends on the extents alone.
// - Each kernel is defined by its twin in the Swift module ReferenceKernels.
#ifndef FORESIGHT_SIMD_KERNELS_H
#define FORESIGHT_SIMD_KERNELS_H

#include "arithmetic.h"
#include "elementwise.h"
#include "exponential_smoothing.h"
#include "factorization.h"
#include "gru.h"
#include "kernel_table.h"
#include "layout.h"
#include "likelihoods.h"
#include "lstm.h"
#include "normalization.h"
#include "optimizers.h"
#include "packed_gemm.h"
#include "pooling.h"
#include "recurrent.h"
#include "reductions.h"
#include "rnn.h"
#include "scalar.h"
#include "softmax.h"
#include "threads.h"

// Returns the instruction set that the kernels use: "x86-64-v4", "x86-64-v3" or "baseline".
const char *fs_instruction_set(void);

// Returns 1 if the kernels were compiled with optimization, as in a release build. Without
// optimization, a product takes many times as long as that of a BLAS.
int fs_is_optimized(void);

#endif
