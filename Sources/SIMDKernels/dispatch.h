// Compilation of kernels for every instruction set. The best one is chosen when the program is
// loaded.
#ifndef FORESIGHT_DISPATCH_H
#define FORESIGHT_DISPATCH_H

#include <string.h> // defines __GLIBC__ if the C library is glibc

#include "scalar.h"

// This needs an ELF loader with indirect functions, which glibc has. (The name "avx2" alone would
// not include FMA; the levels of the x86-64 psABI do.)
#if defined(__x86_64__) && defined(__linux__) && defined(__GLIBC__) && !defined(FS_NO_DISPATCH)
#define FS_HAS_DISPATCH 1
#define FS_KERNEL __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define FS_HAS_DISPATCH 0
#define FS_KERNEL
#endif

// A helper of kernels, always inlined, so that it is compiled for its caller's instruction set.
#define FS_INLINE static inline __attribute__((always_inline))

// Marks a loop whose iterations are independent. An output may be the same array as an input, since
// an iteration reads its element before it writes it. Without the mark, the compiler would test for
// overlap and take the scalar path whenever a kernel works in place.
#define FS_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

// Marks an independent loop that is often short, such as one over channels. Without the second mark,
// the compiler would compute several vectors at a time, and leave what is less to scalar code.
#define FS_INDEPENDENT_SHORT                                                                     \
  _Pragma("clang loop vectorize(assume_safety) interleave_count(1)")

// Calls fs_name_f32 or fs_name_f64.
#define FS_CALL(type, name, ...)                                                                \
  do {                                                                                          \
    if ((type) == FS_FLOAT) {                                                                   \
      fs_##name##_f32(__VA_ARGS__);                                                             \
    } else {                                                                                    \
      fs_##name##_f64(__VA_ARGS__);                                                             \
    }                                                                                           \
  } while (0)

#endif
