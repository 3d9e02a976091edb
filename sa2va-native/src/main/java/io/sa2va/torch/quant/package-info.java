/**
 * Matrices with few bits a value: how they are made, stored and multiplied. Only weights are kept
 * so; what they are multiplied with, and the products, stay in the model's type.
 */
package io.sa2va.torch.quant;
