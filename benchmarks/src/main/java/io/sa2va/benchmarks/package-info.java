/** What takes how long, and checkpoints of any size to measure it with. */
@NullMarked
package io.sa2va.benchmarks;

import org.jspecify.annotations.NullMarked;
