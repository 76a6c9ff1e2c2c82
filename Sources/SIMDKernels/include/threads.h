// The instruction that tells the processor that a thread waits in a loop.
#ifndef FORESIGHT_THREADS_H
#define FORESIGHT_THREADS_H

static inline void fs_spin_hint(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
