/**
 * Language models: one decoder-only transformer for all families, which differ in configuration and
 * in the names of their weights, and the caches that their requests own.
 */
package io.sa2va.core.llm;
