/**
 * Matrices with few bits a value: how they are made, stored and multiplied. Only weights are kept
 * so; the products, and what they are multiplied with, have the model's type. Within a product of 8
 * bits on an x86-64 CPU, what the matrix is multiplied with is rounded as well, each row with a
 * scale of its own: to 8 bits, or to 7 where the processor has no VNNI.
 */
package io.sa2va.torch.quant;
