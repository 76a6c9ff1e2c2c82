// exp, expm1, tanh, sigmoid, softplus and log of one float without branches or tables, so that a
// loop over them is vectorized. The functions of the same names for double call the C library.
//
// The polynomials are minimax fits of relative error on these intervals, found by linear
// programming on 2000 Chebyshev points and rounded to float. NaN and infinities need no branch: the
// comparisons below pass NaN through, and the clamps map infinities to arguments where the result
// is exact.
#ifndef FORESIGHT_SIMD_MATH_H
#define FORESIGHT_SIMD_MATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "dispatch.h"

FS_INLINE float float_from_bits(uint32_t bits) {
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

FS_INLINE uint32_t bits_from_float(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

// 2^n for n in -126 ... 127.
FS_INLINE float power_of_two_f32(int32_t n) { return float_from_bits((uint32_t)(n + 127) << 23); }

// ln 2 in two parts. The first part has 15 significant bits, so that its product with an exponent
// is exact.
#define FS_LN2_HIGH 0x1.62e4p-1f
#define FS_LN2_LOW 0x1.7f7d1cp-20f

// x = n ln 2 + r with |r| <= ln(2) / 2: returns exp(r) - 1 and sets n. |x| must be below 2^22.
FS_INLINE float reduced_expm1_f32(float x, int32_t *n) {
  // Adding 1.5 * 2^23 rounds to the nearest integer and leaves it in the low bits of the sum.
  const float rounder = 0x1.8p23f;
  const float shifted = x * 0x1.715476p+0f + rounder;
  const float whole = shifted - rounder;
  *n = (int32_t)(bits_from_float(shifted) - bits_from_float(rounder));
  float r = x - whole * FS_LN2_HIGH;
  r = r - whole * FS_LN2_LOW;
  // (exp(r) - 1 - r) / r^2, to 1.3e-8 of exp(r) - 1
  float q = 0x1.6bebdp-10f;
  q = q * r + 0x1.1227f6p-7f;
  q = q * r + 0x1.555674p-5f;
  q = q * r + 0x1.5554bp-3f;
  q = q * r + 0x1.fffffep-2f;
  return (r * r) * q + r;
}

FS_INLINE float exp_f32(float x) {
  x = x > 89.0f ? 89.0f : x;     // exp(89) exceeds the largest float
  x = x < -104.5f ? -104.5f : x; // exp(-104.5) is less than half of the smallest float
  int32_t n;
  const float p = 1.0f + reduced_expm1_f32(x, &n);
  // 2^n in two factors: n is in -151 ... 128. A subnormal result is rounded once, at the end.
  const int32_t half = n >> 1;
  return p * power_of_two_f32(half) * power_of_two_f32(n - half);
}

FS_INLINE float tanh_f32(float x) {
  // With e = exp(2|x|) - 1, tanh|x| = e / (e + 2), which keeps the relative accuracy of small
  // arguments. From |x| = 10 on, e + 2 equals e, and the quotient is 1.
  float a = fabsf(x);
  a = a > 10.0f ? 10.0f : a;
  int32_t n;
  const float p = reduced_expm1_f32(2.0f * a, &n);
  const float scale = power_of_two_f32(n);
  const float e = scale * p + (scale - 1.0f);
  return copysignf(e / (e + 2.0f), x);
}

FS_INLINE float sigmoid_f32(float x) {
  // exp(-|x|) cannot overflow, and it keeps the relative accuracy for negative x.
  const float e = exp_f32(-fabsf(x));
  return (x < 0.0f ? e : 1.0f) / (1.0f + e);
}

// 2^n (exp(r) - 1) and 2^n, where n ln 2 + r is x clamped to -87 ... 87, where both are normal.
FS_INLINE float scaled_expm1_f32(float x, float *power) {
  x = x > 87.0f ? 87.0f : x;
  x = x < -87.0f ? -87.0f : x;
  int32_t n;
  const float p = reduced_expm1_f32(x, &n);
  *power = power_of_two_f32(n);
  return *power * p;
}

// The activations of a gate: a sigmoid with a minimum of 1e-38, and a tanh. They take two thirds of
// the time of sigmoid and tanh, which are accurate for the smallest numbers too, and are accurate
// to 3 ulp.
FS_INLINE float gate_sigmoid_f32(float x) {
  float power;
  const float e = scaled_expm1_f32(-x, &power);
  return 1.0f / (e + (power + 1.0f));
}

FS_INLINE float gate_tanh_f32(float x) {
  float power;
  const float e = scaled_expm1_f32(2.0f * x, &power) + (power - 1.0f);
  return e / (e + 2.0f);
}

FS_INLINE float log_f32(float x) {
  // x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)). Subnormals are scaled up first.
  const int subnormal = x < 0x1p-126f;
  const float scaled = subnormal ? x * 0x1p23f : x;
  const uint32_t sqrt_half = 0x3f3504f3u;
  const uint32_t offset = bits_from_float(scaled) - sqrt_half;
  const float k = (float)(((int32_t)offset >> 23) - (subnormal ? 23 : 0));
  const float f = float_from_bits((offset & 0x007fffffu) + sqrt_half) - 1.0f;
  // (log(1 + f) - f + f^2 / 2) / f^3, to 5.8e-9 of log(1 + f)
  float q = -0x1.38b59cp-4f;
  q = q * f + 0x1.055b7p-3f;
  q = q * f + -0x1.0d853ep-3f;
  q = q * f + 0x1.22da1cp-3f;
  q = q * f + -0x1.547244p-3f;
  q = q * f + 0x1.99a008p-3f;
  q = q * f + -0x1.000226p-2f;
  q = q * f + 0x1.555554p-2f;
  const float square = f * f;
  float correction = (q * f) * square + k * FS_LN2_LOW;
  correction = correction - 0.5f * square;
  float y = k * FS_LN2_HIGH + (f + correction);
  y = x < INFINITY ? y : x; // infinity and NaN are their own logarithms
  y = x == 0.0f ? -INFINITY : y;
  return x < 0.0f ? NAN : y;
}

// max(x, 0) + log(1 + exp(-|x|)): exp cannot overflow, and negative x keeps full relative accuracy.
FS_INLINE float softplus_f32(float x) {
  const float e = exp_f32(-fabsf(x));
  const float sum = 1.0f + e;
  // Adds the rounding error of the sum back to first order. For small e this is the whole result.
  return (x < 0.0f ? 0.0f : x) + (log_f32(sum) + (e - (sum - 1.0f)) / sum);
}

FS_INLINE double exp_f64(double x) { return exp(x); }
FS_INLINE double tanh_f64(double x) { return tanh(x); }
FS_INLINE double log_f64(double x) { return log(x); }

FS_INLINE double sigmoid_f64(double x) {
  const double e = exp(-fabs(x));
  return (x < 0.0 ? e : 1.0) / (1.0 + e);
}

FS_INLINE double softplus_f64(double x) { return (x < 0.0 ? 0.0 : x) + log1p(exp(-fabs(x))); }

FS_INLINE double gate_sigmoid_f64(double x) { return sigmoid_f64(x); }
FS_INLINE double gate_tanh_f64(double x) { return tanh(x); }

#endif
