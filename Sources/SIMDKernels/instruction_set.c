#include "SIMDKernels.h"
#include "dispatch.h"

// Makes the same checks as the resolvers of target_clones, in their order.
const char *fs_instruction_set(void) {
#if FS_HAS_DISPATCH
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return "x86-64-v4";
  if (__builtin_cpu_supports("x86-64-v3")) return "x86-64-v3";
#endif
  return "baseline";
}

int fs_is_optimized(void) {
#ifdef __OPTIMIZE__
  return 1;
#else
  return 0;
#endif
}
