/** What an implementation of Sa2VA provides; callers have no need of it. */
package io.sa2va.spi;
