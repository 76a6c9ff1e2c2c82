// The accelerated kernels of Foresight, one header and one source file a family.
//
// Conventions, for all of them:
// - a kernel exists for float and for double: it takes the type, or its name has a suffix, _f32 or
//   _f64;
// - arrays are dense and row-major; extents are ptrdiff_t and may be 0;
// - an output may be the same array as an input of the same extent, but may not overlap it partly;
// - the order in which a kernel adds depends on the extents alone;
// - each kernel is defined by its twin in the Swift module ReferenceKernels.
#ifndef FORESIGHT_SIMD_KERNELS_H
#define FORESIGHT_SIMD_KERNELS_H

#include "arithmetic.h"
#include "elementwise.h"
#include "gru.h"
#include "kernel_table.h"
#include "layout.h"
#include "likelihoods.h"
#include "lstm.h"
#include "optimizers.h"
#include "packed_gemm.h"
#include "recurrent.h"
#include "reductions.h"
#include "rnn.h"
#include "scalar.h"
#include "softmax.h"
#include "threads.h"

// The instruction set that the kernels run on: "x86-64-v4", "x86-64-v3" or "baseline".
const char *fs_instruction_set(void);

// Whether the kernels were compiled with optimizations, as in a release build: without them a product
// here takes many times as long as that of a BLAS.
int fs_is_optimized(void);

#endif
