/**
 * How Sa2VA-Nano is made: a complete Sa2VA, small enough to come with the library, trained from
 * random weights on the scenes of {@link io.sa2va.core.scenes}.
 */
package io.sa2va.core.train.nano;
