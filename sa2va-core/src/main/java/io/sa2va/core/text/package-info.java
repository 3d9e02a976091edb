/** Text to token ids and back, as the checkpoints' own tokenizers do it. No tensors in here. */
@NullMarked
package io.sa2va.core.text;

import org.jspecify.annotations.NullMarked;
