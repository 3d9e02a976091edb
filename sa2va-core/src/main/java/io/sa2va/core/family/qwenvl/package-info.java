/** Qwen-VL: pictures keep their own resolution, and their tokens their place in it. */
package io.sa2va.core.family.qwenvl;
