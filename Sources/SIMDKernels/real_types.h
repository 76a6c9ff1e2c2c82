// Includes the file FS_TEMPLATE twice: with REAL = float and with REAL = double.
//
// A kernel file is its own template: it includes this file, which includes it back with REAL set.
// There KERNEL(exp) is fs_exp_f32 or fs_exp_f64, and HELPER(exp) is exp_f32 or exp_f64.
#include <float.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <tgmath.h>

#include "dispatch.h"
#include "scalar.h"
#include "simd_math.h"

#define FS_CONCATENATE_TOKENS(a, b) a##b
#define FS_CONCATENATE(a, b) FS_CONCATENATE_TOKENS(a, b)
#define KERNEL(name) FS_CONCATENATE(fs_##name, REAL_SUFFIX)
#define HELPER(name) FS_CONCATENATE(name, REAL_SUFFIX)

// INDEPENDENT_MATH precedes a loop over exp_f32, tanh_f32, ..., which are inlined and vectorized.
// For double it is empty, since the calls of the C library behind exp_f64, ... cannot be
// vectorized.
#define REAL float
#define REAL_SUFFIX _f32
#define INDEPENDENT_MATH FS_INDEPENDENT
#include FS_TEMPLATE
#undef REAL
#undef REAL_SUFFIX
#undef INDEPENDENT_MATH

#define REAL double
#define REAL_SUFFIX _f64
#define INDEPENDENT_MATH
#include FS_TEMPLATE
#undef REAL
#undef REAL_SUFFIX
#undef INDEPENDENT_MATH
