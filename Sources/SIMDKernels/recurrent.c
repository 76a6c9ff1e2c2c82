// Packing of the weights of recurrent cells. The layouts are in recurrent.h.
#ifndef REAL
#include "recurrent.h"

#define FS_TEMPLATE "recurrent.c"
#include "real_types.h"

void fs_recurrent_pack(fs_scalar type, const void *weight, ptrdiff_t stride, ptrdiff_t H,
                       ptrdiff_t K, ptrdiff_t gates, void *packed, ptrdiff_t first,
                       ptrdiff_t depth) {
  FS_CALL(type, recurrent_pack, weight, stride, H, K, gates, packed, first, depth);
}

#else
#include "recurrent_step.h"

// The columns of W are those of UNITS units at a time, gate after gate, without gaps: a product
// includes all gates of its units, and only the very last panel is padded. If each gate had its own
// panels, 24 units of an LSTM would need as many products as 32: a forward pass of B1024 T14 D40
// H24 took 1.25 times as long.
static void KERNEL(recurrent_pack)(const REAL *weight, ptrdiff_t stride, ptrdiff_t H, ptrdiff_t K,
                                   ptrdiff_t gates, REAL *packed, ptrdiff_t first,
                                   ptrdiff_t depth) {
  for (ptrdiff_t unit = 0; unit < H; unit += UNITS) {
    const ptrdiff_t units = H - unit < UNITS ? H - unit : UNITS;
    for (ptrdiff_t g = 0; g < gates; g++) {
      KERNEL(pack)
      (weight + (g * H + unit) * stride, stride, 1, K, units, packed, first,
       gates * unit + g * units, depth);
    }
  }
}

#endif
