/**
 * Everything that can go wrong, by kind. All are unchecked and share the root {@link
 * io.sa2va.error.Sa2VAException}; each message says what went wrong, where, and what to do.
 */
package io.sa2va.error;
